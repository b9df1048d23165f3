"""What the form of a person says about invitation and wishes, with the ways to act."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from hub.panels import OptionalInlinePanel
from network.privacy.admin import PERMISSION


class WillPanel(Panel):
    """State of the invitation, and links: invite, decide on wishes, look for the name."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "network_admin/will_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            person = self.instance
            may = self.request.user.has_perm(PERMISSION)
            is_kept = bool(person.pk and may)
            return context | {
                "states": self._states() if is_kept else [],
                "links": self._links() if is_kept else [],
                "is_new": not person.pk,
            }

        def _states(self) -> list[str]:
            """What the person did and what was done, in sentences."""
            person = self.instance
            row = person.invitations.first()
            found = []
            if person.objected_on:
                found.append(_("Hat widersprochen. Nichts wird gezeigt."))
            elif person.hidden_since:
                found.append(_("Hat den Eintrag selbst verborgen."))
            if row and row.answered_at:
                found.append(_("Hat die Einladung beantwortet."))
            elif row and row.sent_at:
                found.append(_("Ist eingeladen und hat noch nicht geantwortet."))
            elif row:
                found.append(_("Die Einladung konnte noch nicht gesendet werden."))
            return found

        def _links(self) -> list[tuple[str, str]]:
            person = self.instance
            links = [
                (_("Einladen"), reverse("network_invite", args=[person.pk])),
                (
                    _("Wo die Person vorkommt"),
                    f"{reverse('network_occurrences')}?person={person.pk}",
                ),
            ]
            wish = getattr(person, "change_request", None)
            if wish:
                url = reverse("network_wish", args=[wish.pk])
                links.insert(0, (_("Gewünschte Änderungen ansehen"), url))
            return links


def consent_panels() -> list[Panel]:
    """The tab on what the person agreed to."""
    return [
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("is_adult")]),
        WillPanel(heading=gettext_lazy("Einladung und Wünsche")),
        OptionalInlinePanel(
            "consents",
            [
                FieldRowPanel([FieldPanel("field_group"), FieldPanel("legal_basis")]),
                FieldRowPanel([FieldPanel("granted_on"), FieldPanel("expires_on")]),
                FieldRowPanel([FieldPanel("wording_version"), FieldPanel("way")]),
                FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("is_explicit")]),
            ],
            heading=gettext_lazy("Ohne Einwilligung ist nichts öffentlich"),
            label=gettext_lazy("Einwilligung"),
        ),
        FieldPanel("private_email"),
        FieldPanel("is_namesake"),
    ]
