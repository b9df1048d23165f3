"""The form "Frage an das Büro", and what it shares with other forms for everybody."""

from __future__ import annotations

import re
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from hub import formats
from hub.contact import traps
from hub.contact.origin import PARAMETER, own_path
from hub.models import Enquiry

MESSAGE_MAX = 5000
#: Everything that could end a line of a mail's header, or is not to be seen at all.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e]+")


def one_line(text: str) -> str:
    """``text`` in one line, without control characters."""
    return " ".join(_INVISIBLE.sub(" ", text).split())


class LineField(forms.CharField):
    """One line of text; what would break a line becomes a space."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class MessageField(forms.CharField):
    """Text of several lines. Its length counts as people see it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = (value or "").replace("\x00", "").replace("\r\n", "\n")
        return super().to_python(text)


def email_field(needed: Any = "", **options: Any) -> forms.EmailField:
    """The address of whoever writes; ``needed`` says what for when it is missing."""
    options = {
        "label": _("Ihre E-Mail-Adresse"),
        "help_text": _("Nur für die Antwort."),
        **options,
    }
    return forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
        error_messages={
            "required": needed
            or _("Geben Sie Ihre E-Mail-Adresse an, damit wir antworten."),
            "invalid": _(
                "Diese E-Mail-Adresse ist nicht vollständig. "
                "Sie sieht zum Beispiel so aus: name@beispiel.at"
            ),
        },
        **options,
    )


def subject_field() -> LineField:
    """What it is about, in a few words."""
    return LineField(
        label=_("Worum geht es?"),
        help_text=_("Ein paar Wörter genügen."),
        max_length=160,
        widget=forms.TextInput(attrs={"class": "input"}),
        error_messages={
            "required": _("Sagen Sie in ein paar Wörtern, worum es geht."),
        },
    )


class TrappedForm(forms.Form):
    """A form that anybody may send, with the traps against machines. Whoever adds
    fields called ``subject``, ``name`` and ``message`` gets their checks, too."""

    seite = forms.CharField(required=False, widget=forms.HiddenInput)
    # Not "website" or "url": some browsers fill these in by themselves.
    homepage = forms.CharField(
        label=_("Dieses Feld bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    geoeffnet = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["geoeffnet"].initial = traps.stamp

    @property
    def opened(self) -> str:
        """The stamp of this form: the same when the browser sends it twice."""
        return str(self.data.get("geoeffnet", ""))

    def clean_email(self) -> str:
        return one_line(self.cleaned_data["email"])

    def clean_name(self) -> str:
        return self._without_links("name")

    def clean_subject(self) -> str:
        return self._without_links("subject")

    def _without_links(self, name: str) -> str:
        text = self.cleaned_data[name]
        if traps.links_in(text):
            raise forms.ValidationError(
                _("Links schreiben Sie bitte in das Feld „%(field)s“."),
                params={"field": self.fields["message"].label},
            )
        return text

    def clean_message(self) -> str:
        return checked_text(self.cleaned_data["message"])

    def clean_seite(self) -> str:
        return own_path(self.cleaned_data[PARAMETER])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("homepage"):
            self.add_error(
                None,
                _(
                    "Ein verstecktes Feld ist ausgefüllt. Das tun meist nur Programme. "
                    "Senden Sie das Formular bitte noch einmal ab."
                ),
            )
        opened = traps.read_stamp(self.opened)
        if not opened.is_valid:
            self.add_error(
                None,
                _(
                    "Das Formular war sehr lange offen. "
                    "Senden Sie es bitte in ein paar Sekunden noch einmal ab."
                ),
            )
        if opened.is_too_fast:
            self.add_error(
                None,
                _(
                    "Das ging sehr schnell. Prüfen Sie Ihre Angaben noch einmal "
                    "und senden Sie das Formular dann ab."
                ),
            )
        return self.cleaned_data

    def ready_to_send_again(self) -> Self:
        """What was typed stays; what only traps machines starts anew."""
        self.data = self.data.copy()
        self.data["homepage"] = ""
        if not traps.read_stamp(self.opened).is_valid:
            self.data["geoeffnet"] = traps.stamp()
        return self


def checked_text(text: str) -> str:
    """A long text, neither too long nor full of links."""
    if len(text) > MESSAGE_MAX:
        raise forms.ValidationError(
            _(
                "Dieser Text ist zu lang: %(count)s Zeichen. "
                "Höchstens %(most)s sind möglich."
            )
            % {
                "count": formats.number(len(text)),
                "most": formats.number(MESSAGE_MAX),
            }
        )
    if traps.links_in(text) > traps.LINKS_MAX:
        raise forms.ValidationError(
            _("Schreiben Sie bitte höchstens %(most)s Links in diesen Text."),
            params={"most": traps.LINKS_MAX},
        )
    return text


class EnquiryForm(TrappedForm, forms.ModelForm):
    """A question to the office."""

    name = LineField(
        label=_("Ihr Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    email = email_field()
    subject = subject_field()
    message = MessageField(
        label=_("Ihre Frage"),
        help_text=_("Höchstens 5.000 Zeichen."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
        error_messages={"required": _("Schreiben Sie Ihre Frage in dieses Feld.")},
    )
    #: As on the page, so that the summary of errors goes from top to bottom.
    field_order = ("subject", "message", "email", "name")

    class Meta:
        model = Enquiry
        fields = ("name", "email", "subject", "message")

    def save(self, commit: bool = True) -> Enquiry:
        self.instance.page_url = self.cleaned_data["seite"]
        return super().save(commit)
