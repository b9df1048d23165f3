"""What the form of a person in the admin checks beyond its fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.forms import RecordForm


class WillForm(RecordForm):
    """Consents are checked with what was typed beside them; namesakes are told apart."""

    is_namesake = forms.BooleanField(
        label=_("Namensgleich: Das ist eine andere Person"),
        required=False,
        help_text=_(
            "Nur ankreuzen, wenn die Meldung kommt, dass diese Person nicht wieder "
            "eingetragen werden darf, und es jemand anderes ist."
        ),
    )

    def _post_clean(self) -> None:
        self.instance.is_namesake = self.cleaned_data.get("is_namesake", False)
        super()._post_clean()
        formset = self.formsets.get("consents")
        for form in formset.forms if formset else ():
            form.instance.person = self.instance
