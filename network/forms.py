"""Forms of the network: what those who keep just their own people may change of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from network.privacy.form import WillForm


class PersonForm(WillForm):
    """A person, edited by the office, or by an editor of the person's organisation."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.has_role and self._touches_others():
            self.add_error(
                None,
                _(
                    "Sie können Funktionen nur in Ihrer eigenen Organisation ändern. "
                    "Für andere wenden Sie sich an das Büro für Mitwirkung."
                ),
            )
        return cleaned

    def _touches_others(self) -> bool:
        """Whether a function elsewhere is added, changed or taken away."""
        from network.permissions import organisations_of  # which needs the models

        own = set(organisations_of(self.for_user).values_list("pk", flat=True))
        return any(
            not _organisations(form) <= own
            for form in self.formsets["memberships"].forms
            if form.has_changed() or form.data.get(form.add_prefix("DELETE"))
        )


def _organisations(form: Any) -> set[int]:
    """The organisation of a row as it was and as it shall be."""
    chosen = form.data.get(form.add_prefix("organisation")) or ""
    wanted = {int(chosen)} if str(chosen).isdigit() else set()
    before = form.instance.organisation_id if form.instance.pk else None
    return wanted | ({before} if before else set())
