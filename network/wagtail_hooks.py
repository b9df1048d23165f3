from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from hub.worklists import Report, register_report

from .contact.viewsets import ContactGroup, register_work_list
from .gaps import views as gap_views
from .models import Consent, Person
from .privacy import admin as privacy_admin
from .privacy.consents import ask_again_days
from .viewsets import NetworkGroup

#: How long before the end of a consent the person is asked again.
ASK_AGAIN = timedelta(days=60)

register_snippet(NetworkGroup)
register_snippet(ContactGroup)
register_work_list()


def expiring(model):
    """People one of whose consents ends soon."""
    soon = timezone.localdate() + timedelta(days=ask_again_days())
    ending = Consent.objects.valid().filter(expires_on__lte=soon)
    return model._default_manager.filter(pk__in=ending.values("person"))


register_report(
    "einwilligung-laeuft-ab",
    Report(_("Einwilligung läuft bald ab"), lambda: [Person], expiring),
    20,
)

hooks.register("register_admin_urls", privacy_admin.admin_urls)
hooks.register("after_create_page", privacy_admin.warn)
hooks.register("after_edit_page", privacy_admin.warn)
privacy_admin.register_work_lists()

hooks.register("register_admin_urls", gap_views.admin_urls)
gap_views.register_work_lists()
