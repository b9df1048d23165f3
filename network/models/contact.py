"""Messages that the hub carries between people who do not see each other's address.

Contents live in ``ContactRequest`` until their time is over; what stays for good are
the numbers in ``ContactCount``. Rows about a person go with the person (CASCADE).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.fields import ChoiceListField
from network.choices import ContactPurpose

if TYPE_CHECKING:
    from network.models import Organisation, Person


class Addressed(models.Model):
    """A row about a person or an organisation; about neither: the office."""

    person = models.ForeignKey(
        "network.Person",
        verbose_name=_("Person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def party(self) -> Person | Organisation | None:
        return self.person or self.organisation


def _at_most_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(person__isnull=True) | Q(organisation__isnull=True), name=name
    )


class ContactPreference(Addressed):
    """What somebody wants to be asked, how often, and when not."""

    language = models.CharField(
        _("Sprache der E-Mails"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    purposes = ChoiceListField(
        ContactPurpose,
        verbose_name=_("angenommene Anliegen"),
        help_text=_("Nichts angekreuzt: alle."),
    )
    topics = models.ManyToManyField(
        "hub.Topic",
        verbose_name=_("angenommene Themen"),
        blank=True,
        related_name="+",
        help_text=_("Nichts angekreuzt: alle."),
    )
    weekly_maximum = models.PositiveSmallIntegerField(
        _("höchstens so viele Nachrichten in einer Woche"),
        null=True,
        blank=True,
        help_text=_("Leer: keine Grenze."),
    )
    paused_until = models.DateField(
        _("Pause bis"),
        null=True,
        blank=True,
        help_text=_("Bis zu diesem Tag kommt keine Nachricht an."),
    )

    class Meta:
        verbose_name = _("Wunsch zu Nachrichten")
        verbose_name_plural = _("Wünsche zu Nachrichten")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
                name="network_contactpreference_party",
                violation_error_message=_("Wählen Sie eine Person oder eine Stelle."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="network_contactpreference_person",
                violation_error_message=_("Dafür gibt es schon einen Eintrag."),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                name="network_contactpreference_organisation",
                violation_error_message=_("Dafür gibt es schon einen Eintrag."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def is_paused(self) -> bool:
        return bool(self.paused_until and self.paused_until >= timezone.localdate())


class ContactRequest(Addressed):
    """A message to somebody, from the form to its end."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        OPEN = "open", _("zugestellt")
        ANSWERED = "answered", _("beantwortet")
        UNANSWERED = "unanswered", _("ohne Antwort")
        STOPPED = "stopped", _("nicht zugestellt")

    sender_name = models.CharField(_("Name"), max_length=120)
    sender_email = models.EmailField(_("E-Mail-Adresse"))
    purpose = models.CharField(
        _("Anliegen"), max_length=20, choices=ContactPurpose.choices
    )
    topic = models.ForeignKey(
        "hub.Topic",
        verbose_name=_("Thema"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    subject = models.CharField(_("Betreff"), max_length=160)
    message = models.TextField(_("Nachricht"))
    page_url = models.CharField(_("gefragt auf Seite"), max_length=500, blank=True)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    state = models.CharField(
        _("Stand"), max_length=20, choices=State.choices, default=State.UNCONFIRMED
    )
    created_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True, blank=True)
    answer = models.TextField(_("Antwort"), blank=True)
    shares_address = models.BooleanField(_("mit Adresse beantwortet"), default=False)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    #: Only then does the time count as that of the organisation.
    is_answered_by_addressee = models.BooleanField(
        _("von der gefragten Stelle beantwortet"), default=False
    )

    class Meta:
        verbose_name = _("Nachricht über das Formular")
        verbose_name_plural = _("Nachrichten über das Formular")
        ordering = ["-pk"]
        constraints = [_at_most_one("network_contactrequest_party")]
        indexes = [
            models.Index(fields=["state", "created_at"], name="network_contact_state")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def party_kind(self) -> str:
        """Whom it is for, as editors see it: of people no more than that."""
        return str(self.organisation or _("Person"))


class ContactMail(Addressed):
    """A mail that is due or was sent; kept until the mail server took it.

    Its text is made when it is sent, so that no address and no token stands here.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Bestätigung")
        DELIVERY = "delivery", _("Zustellung")
        ANSWER = "answer", _("Antwort")
        SETTINGS = "settings", _("Einstellungen")

    request = models.ForeignKey(
        ContactRequest,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(_("erstellt am"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(_("gesendet am"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)

    class Meta:
        verbose_name = _("E-Mail einer Nachricht")
        verbose_name_plural = _("E-Mails von Nachrichten")
        ordering = ["pk"]
        constraints = [_at_most_one("network_contactmail_party")]
        indexes = [
            models.Index(fields=["mailed_at", "attempts"], name="network_contact_due")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ContactBlock(Addressed):
    """Somebody whose messages one recipient, or nobody, gets. The address is a hash."""

    sender = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("gesperrte*r Absender*in")
        verbose_name_plural = _("gesperrte Absender*innen")
        constraints = [_at_most_one("network_contactblock_party")]
        indexes = [models.Index(fields=["sender"], name="network_contact_block")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ContactReport(models.Model):
    """A message that its recipient reported: the only ones that editors may read."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Werbung oder Spam")
        INSULT = "insult", _("Beleidigung")
        THREAT = "threat", _("Drohung")
        OTHER = "other", _("Etwas anderes")

    class State(models.TextChoices):
        NEW = "new", _("neu")
        DONE = "done", _("erledigt")

    request = models.OneToOneField(
        ContactRequest,
        verbose_name=_("Nachricht"),
        on_delete=models.CASCADE,
        related_name="report",
    )
    reason = models.CharField(_("Grund"), max_length=20, choices=Reason.choices)
    note = models.TextField(_("Anmerkung"), blank=True)
    state = models.CharField(
        _("Stand"), max_length=10, choices=State.choices, default=State.NEW
    )
    is_blocked_everywhere = models.BooleanField(
        _("Absender*in für alle sperren"),
        default=False,
        help_text=_("Keine Nachricht von dieser Adresse kommt mehr bei jemandem an."),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in Arbeit bei"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    office_note = models.TextField(_("Notiz für das Büro"), blank=True)
    created_at = models.DateTimeField(_("gemeldet am"), auto_now_add=True)

    class Meta:
        verbose_name = _("gemeldete Nachricht")
        verbose_name_plural = _("gemeldete Nachrichten")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.pk})"


class ContactCount(models.Model):
    """What remains of messages: how many, without whom and what."""

    month = models.DateField(_("Monat"))
    #: Empty: messages to people, which are counted together.
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    purpose = models.CharField(
        _("Anliegen"), max_length=20, choices=ContactPurpose.choices
    )
    outcome = models.CharField(
        _("Ausgang"), max_length=20, choices=ContactRequest.State.choices
    )
    #: Days until the organisation itself answered; empty: others did, or nobody.
    answer_days = models.PositiveSmallIntegerField(
        _("Tage bis zur Antwort"), null=True, blank=True
    )
    number = models.PositiveIntegerField(_("Anzahl"), default=0)

    class Meta:
        verbose_name = _("Zahl der Nachrichten")
        verbose_name_plural = _("Zahlen der Nachrichten")
        ordering = ["-month", "purpose"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.number}"
