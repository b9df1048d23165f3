"""The decided matrix (decision 0014): who may be shown on what basis, for how long.

It stands in ``settings.HUB_PRIVACY["MATRIX"]``, one row per capacity of a person. What
it does not allow cannot be saved: neither in the admin nor by an import.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from network.choices import FieldGroup, LegalBasis

#: In place of groups of data: all there are.
ANYTHING = "*"
#: Days of a month, as far as law and calendars need it here.
_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Row:
    """What holds for one capacity."""

    #: Legal basis → groups of data that may be shown on it.
    bases: Mapping[str, Collection[str]]
    #: A consent lasts at most so long, then it is asked for again.
    consent_months: int
    #: Within so many days of being entered somebody must know of it (Art. 14).
    notice_days: int
    #: After the last basis ended, the entry is erased after so many days.
    keep_days: int

    def last_day(self, granted_on: date) -> date:
        """The last day of a consent given on a day."""
        return granted_on + timedelta(days=round(self.consent_months * _MONTH))


def row(capacity: str) -> Row:
    """The row of a capacity; of the strictest one if nobody knows it."""
    matrix = settings.HUB_PRIVACY["MATRIX"]
    return Row(**matrix.get(capacity) or matrix["volunteer"])


def check(person: Any, consent: Any) -> None:
    """Raise what stands against a basis; fill in the day on which a consent ends."""
    if consent.legal_basis == LegalBasis.DEMO or person.is_demo:
        return _check_demo(person, consent)
    found = row(person.capacity)
    groups = found.bases.get(consent.legal_basis, ())
    if not {consent.field_group, ANYTHING} & set(groups):
        raise ValidationError({"legal_basis": _not_allowed(person, consent, groups)})
    if consent.legal_basis == LegalBasis.OFFICE:
        return _check_office(person)
    return _check_consent(person, consent, found)


def _check_demo(person: Any, consent: Any) -> None:
    if consent.legal_basis == LegalBasis.DEMO and not person.is_demo:
        raise ValidationError(
            {"legal_basis": _("Diese Person ist nicht als erfunden gekennzeichnet.")}
        )


def _not_allowed(person: Any, consent: Any, groups: Collection[str]) -> str:
    labels = dict(FieldGroup.choices)
    values = {
        "basis": consent.get_legal_basis_display(),
        "capacity": person.get_capacity_display(),
        "groups": ", ".join(str(labels[code]) for code in groups),
    }
    if not groups:
        text = _("„%(basis)s“ ist keine Grundlage für: %(capacity)s.")
    else:
        text = _(
            "„%(basis)s“ erlaubt für „%(capacity)s“ nur: %(groups)s. "
            "Für alles andere braucht es eine Einwilligung."
        )
    return text % values


def _check_office(person: Any) -> None:
    if person.objected_on:
        raise ValidationError(
            {
                "legal_basis": _(
                    "Diese Person hat widersprochen. Zeigen dürfen Sie sie nur mit "
                    "ihrer Einwilligung."
                )
            }
        )


def _check_consent(person: Any, consent: Any, found: Row) -> None:
    if not person.is_adult:
        raise ValidationError(
            {
                "legal_basis": _(
                    "Einwilligen kann hier nur, wer mindestens 18 Jahre alt ist. "
                    "Bestätigen Sie das bei der Person."
                )
            }
        )
    if not consent.granted_on:
        return
    last = found.last_day(consent.granted_on)
    if consent.expires_on is None:
        consent.expires_on = last
    if consent.expires_on > last:
        raise ValidationError(
            {
                "expires_on": _(
                    "Eine Einwilligung gilt hier höchstens %(months)s Monate, also bis "
                    "%(day)s. Fragen Sie die Person dann noch einmal."
                )
                % {"months": found.consent_months, "day": f"{last:%d.%m.%Y}"}
            }
        )
