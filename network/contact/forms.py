"""The forms of messages: writing one, answering, reporting, and what one wants to get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.contact.forms import (
    LineField,
    MessageField,
    TrappedForm,
    checked_text,
    email_field,
    one_line,
    subject_field,
)
from hub.models import Topic
from network.choices import ContactPurpose
from network.contact.parties import Reach
from network.models import ContactPreference, ContactReport, ContactRequest

SELECT = {"class": "input"}
#: More would be no limit any more.
WEEKLY_MOST = 500


class ContactForm(TrappedForm):
    """A message to somebody. Offered is only what they want to be asked."""

    purpose = forms.ChoiceField(
        label=_("Ihr Anliegen"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": _("Wählen Sie, worum Sie bitten.")},
    )
    topic = forms.ModelChoiceField(
        label=_("Thema"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("kein bestimmtes Thema"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": _("Wählen Sie ein Thema aus der Liste.")},
    )
    subject = subject_field()
    message = MessageField(
        label=_("Ihre Nachricht"),
        help_text=_("Höchstens 5.000 Zeichen."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
        error_messages={"required": _("Schreiben Sie Ihre Nachricht in dieses Feld.")},
    )
    name = LineField(
        label=_("Ihr Name"),
        help_text=_("Damit man weiß, wer fragt."),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
        error_messages={"required": _("Sagen Sie, wer Sie sind.")},
    )
    email = email_field(
        help_text=_(
            "Nur für die Bestätigung und die Antwort. Wird nicht weitergegeben."
        )
    )
    field_order = ("purpose", "topic", "subject", "message", "name", "email")

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["purpose"].choices = [("", _("bitte wählen"))] + [
            choice for choice in ContactPurpose.choices if choice[0] in reach.purposes
        ]
        topics = Topic.objects.active()
        if reach.topics:
            topics = topics.filter(pk__in=reach.topics)
            fields["topic"].required = True
            fields["topic"].empty_label = _("bitte wählen")
        fields["topic"].queryset = topics

    def message_to(self, party: dict[str, Any], language: str) -> ContactRequest:
        """What was typed, as a row that is not saved yet."""
        typed = self.cleaned_data
        return ContactRequest(
            **party,
            sender_name=typed["name"],
            sender_email=typed["email"],
            purpose=typed["purpose"],
            topic=typed["topic"],
            subject=typed["subject"],
            message=typed["message"],
            page_url=typed["seite"],
            language=language,
        )


class AnswerForm(forms.Form):
    """An answer; the address goes along only after a warning."""

    answer = MessageField(
        label=_("Ihre Antwort"),
        help_text=_("Höchstens 5.000 Zeichen. Die Antwort geht ohne Ihre Adresse."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
        error_messages={"required": _("Schreiben Sie Ihre Antwort in dieses Feld.")},
    )
    shares = forms.BooleanField(
        label=_("Meine E-Mail-Adresse mitschicken"), required=False
    )

    def clean_answer(self) -> str:
        return checked_text(self.cleaned_data["answer"])


class ReportForm(forms.ModelForm):
    """Tell the office about a message."""

    note = MessageField(
        label=_("Was sollen wir wissen?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
    blocks = forms.BooleanField(
        label=_("Von dieser Adresse nichts mehr bekommen"), required=False, initial=True
    )

    class Meta:
        model = ContactReport
        fields = ("reason", "note")
        widgets = {"reason": forms.Select(attrs=SELECT)}
        labels = {"reason": _("Warum melden Sie diese Nachricht?")}
        error_messages = {"reason": {"required": _("Wählen Sie einen Grund.")}}


class WishesForm(forms.ModelForm):
    """What a recipient wants to be asked, how often, and when not."""

    weekly_maximum = forms.IntegerField(
        label=_("Höchstens so viele Nachrichten in einer Woche"),
        help_text=_("Leer lassen: keine Grenze. Darüber hinaus hilft das Büro weiter."),
        required=False,
        min_value=1,
        max_value=WEEKLY_MOST,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    paused_until = forms.DateField(
        label=_("Pause bis"),
        help_text=_(
            "Bis zu diesem Tag bekommen Sie keine neuen Nachrichten. Leer: keine Pause."
        ),
        required=False,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "input", "type": "date"}
        ),
        error_messages={
            "invalid": _("Das ist kein Datum, zum Beispiel %(day)s.")
            % {"day": "31.12.2027"}
        },
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Zu welchen Themen?"),
        help_text=_("Nichts angekreuzt: zu allen."),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ContactPreference
        fields = ("purposes", "topics", "weekly_maximum", "paused_until", "language")
        widgets = {"language": forms.Select(attrs=SELECT)}
        labels = {"language": _("In welcher Sprache schreiben wir Ihnen?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        topics.queryset = Topic.objects.active()
        purposes = self.fields["purposes"]
        purposes.label = _("Mit welchen Anliegen darf man Ihnen schreiben?")
        languages: Any = self.fields["language"]
        languages.choices = ContactPreference._meta.get_field("language").choices

    def clean_paused_until(self) -> Any:
        day = self.cleaned_data["paused_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(
                _("Dieser Tag ist schon vorbei. Wählen Sie einen späteren.")
            )
        return day


class WishesLinkForm(forms.Form):
    """Ask for the link to one's own settings."""

    email = email_field(
        label=_("E-Mail-Adresse, an die Ihre Nachrichten gehen"),
        help_text="",
        needed=_("Geben Sie Ihre E-Mail-Adresse an."),
    )

    def clean_email(self) -> str:
        return one_line(self.cleaned_data["email"])
