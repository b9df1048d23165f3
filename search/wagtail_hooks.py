"""What the search adds to Wagtail's admin."""

from wagtail import hooks

from . import report_views

hooks.register("register_admin_urls", report_views.admin_urls)
