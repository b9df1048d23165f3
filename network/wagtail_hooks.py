from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.snippets.models import register_snippet

from hub.worklists import Report, register_report

from .models import Consent, Person
from .viewsets import NetworkGroup

#: How long before the end of a consent the person is asked again.
ASK_AGAIN = timedelta(days=60)

register_snippet(NetworkGroup)


def expiring(model):
    """People one of whose consents ends soon."""
    soon = timezone.localdate() + ASK_AGAIN
    ending = Consent.objects.valid().filter(expires_on__lte=soon)
    return model._default_manager.filter(pk__in=ending.values("person"))


register_report(
    "einwilligung-laeuft-ab",
    Report(_("Einwilligung läuft bald ab"), lambda: [Person], expiring),
    20,
)
