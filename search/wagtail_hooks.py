"""What the search adds to Wagtail's admin."""

from wagtail import hooks

from . import changes_views, report_views

hooks.register("register_admin_urls", report_views.admin_urls)
hooks.register("register_admin_urls", changes_views.admin_urls)
