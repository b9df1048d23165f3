"""Forms about one's own entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.contact.forms import LineField, MessageField, TrappedForm, email_field
from hub.models import TargetGroup, Topic
from network.choices import FieldGroup, SpokenLanguage
from network.models import District, Person
from network.privacy import wishes, wording

TEXT_MAX, NOTE_MAX = 2000, 2000
_INPUT = {"class": "input"}


def _line(name: str, length: int, **options: Any) -> LineField:
    return LineField(
        label=wishes.LABELS[name],
        max_length=length,
        required=options.pop("required", False),
        widget=forms.TextInput(attrs=_INPUT | options),
    )


def _text(name: str, **options: Any) -> MessageField:
    return MessageField(
        label=wishes.LABELS[name],
        max_length=TEXT_MAX,
        required=False,
        widget=forms.Textarea(attrs=_INPUT | {"rows": 4} | options),
    )


def _boxes(name: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=wishes.LABELS[name],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class EntryForm(forms.Form):
    """What an entry says, to be corrected by whom it is about."""

    name = _line("name", 120, required=True, autocomplete="name")
    degrees = _line("degrees", 60)
    bio_de = _text("bio_de")
    bio_en = _text("bio_en", lang="en")
    availability_de = _line("availability_de", 160)
    availability_en = _line("availability_en", 160, lang="en")
    topics = _boxes("topics")
    target_groups = _boxes("target_groups")
    districts = _boxes("districts")
    languages = _boxes("languages")
    website = forms.URLField(
        label=wishes.LABELS["website"],
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs=_INPUT),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        kwargs.setdefault("initial", wishes.present(person))
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = _choices(Topic.objects.all())
        self.fields["target_groups"].choices = _choices(TargetGroup.objects.all())
        self.fields["districts"].choices = [
            (str(row.number), row.label) for row in District.objects.all()
        ]
        self.fields["languages"].choices = SpokenLanguage.choices

    def wished(self) -> dict[str, Any]:
        """What was typed, as plain values."""
        values = {name: self.cleaned_data[name] for name in wishes.present(self.person)}
        return values | {
            name: sorted(values[name]) for name in wishes.RELATIONS if name in values
        }


def _choices(rows: Any) -> list[tuple[str, str]]:
    return [(row.code, str(row)) for row in rows]


class CorrectionForm(EntryForm):
    """Corrections of an entry that is there; somebody looks at them first."""

    note = MessageField(
        label=wishes.LABELS[wishes.NOTE],
        help_text=_("Zum Beispiel Ihre Funktion oder Ihre Organisation."),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.Textarea(attrs=_INPUT | {"rows": 3}),
    )

    def wished(self) -> dict[str, Any]:
        return super().wished() | {wishes.NOTE: self.cleaned_data[wishes.NOTE]}


class ConsentFields(forms.Form):
    """A box per group of data; one for being of age; one for a sensitive affiliation."""

    def add_boxes(self, given: set[str], *, is_adult: bool, explicit: Any) -> None:
        """``explicit`` is ``None`` where no affiliation is sensitive."""
        for group, sentence in wording.CONSENTS.items():
            self.fields[f"agree_{group}"] = _box(sentence, group in given)
        if explicit is not None:
            self.fields["explicit"] = _box(wording.EXPLICIT, explicit)
        self.fields["adult"] = _box(wording.ADULT, is_adult)

    def boxes(self) -> Iterator[tuple[str, Any]]:
        for group in FieldGroup.values:
            yield group, self[f"agree_{group}"]

    @property
    def agreed(self) -> list[str]:
        """The groups that were agreed to."""
        return [
            group
            for group in FieldGroup.values
            if self.cleaned_data.get(f"agree_{group}")
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        agreed = self.agreed
        if agreed and FieldGroup.FUNCTION not in agreed:
            self.add_error(
                f"agree_{FieldGroup.FUNCTION}",
                _("Ohne Ihren Namen kann auch nichts anderes gezeigt werden."),
            )
        if agreed and not cleaned.get("adult"):
            self.add_error(
                "adult", _("Zeigen dürfen wir nur, wer mindestens 18 Jahre alt ist.")
            )
        return cleaned


def _box(label: Any, initial: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label=label,
        required=False,
        initial=initial,
    )


class ConsentForm(ConsentFields):
    """What is shown of an entry; acts at once."""

    def __init__(
        self, *args: Any, person: Person, explicit: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_boxes(
            person.allowed_groups(), is_adult=person.is_adult, explicit=explicit
        )


class InvitationForm(ConsentFields, EntryForm):
    """The answer to an invitation: texts and decisions. Nothing is ticked before."""

    def __init__(self, *args: Any, explicit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_boxes(set(), is_adult=False, explicit=explicit)


class LinkForm(TrappedForm):
    """Asks for the link to one's own data, with the traps against machines."""

    email = email_field(help_text=_("Die Adresse, die Sie dem Büro gegeben haben."))


class EraseForm(forms.Form):
    """Erasing cannot be undone: it takes a second yes."""

    sure = forms.BooleanField(
        label=_("Ja, ich möchte alles löschen. Ich weiß, dass das endgültig ist."),
        error_messages={
            "required": _("Kreuzen Sie das Feld an, wenn Sie sicher sind.")
        },
    )
