"""The page a link in a reminder leads to. A GET shows it, however often, since scanners
of mail open every link; a POST acts, once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hub import signed_links
from hub.models import BasePage, ChangeRequest
from hub.models.signed_link import SignedLink
from hub.reviews import dates

TEMPLATE = "pages/hub/review.html"
LONGEST = 4000


class ChangeForm(forms.Form):
    """What is no longer right, in the words of who keeps the entry."""

    text = forms.CharField(
        label=_("Was soll geändert werden?"),
        help_text=_("Zum Beispiel „Die Telefonnummer ist neu“. Ein Satz genügt."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Schreiben Sie bitte, was sich geändert hat."),
            "max_length": _("Der Text ist zu lang."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Show an entry and ask whether it is still right, or take the answer."""
    link = signed_links.peek(dates.PURPOSE, token)
    entry = entry_of(link) if link else None
    if entry is None:
        return _nothing(request, signed_links.state(dates.PURPOSE, token))
    if request.method != "POST":
        return _show(request, entry, ChangeForm())
    if request.POST.get("antwort") == "stimmt":
        return _confirmed(request, entry, token)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _show(request, entry, form)
    return _asked(request, entry, token, form.cleaned_data["text"])


def entry_of(link: SignedLink) -> Any:
    """The entry of a link, if everyone may see it now; else nothing is told of it."""
    label, _colon, key = link.subject.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if model not in dates.freshness_models() or not model.is_reviewed_by_mail:
        return None
    rows = model._default_manager.all()
    rows = rows.visible() if hasattr(rows, "visible") else rows
    return rows.filter(pk=key).first()


def _confirmed(request: HttpRequest, entry: Any, token: str) -> HttpResponse:
    with transaction.atomic():
        if signed_links.consume(dates.PURPOSE, token) is None:
            return _nothing(request, "used")
        due = dates.confirm(entry, entry.content_owner)
    return _render(request, {"entry": entry, "url": _url(entry), "due": due})


def _asked(request: HttpRequest, entry: Any, token: str, text: str) -> HttpResponse:
    with transaction.atomic():
        if signed_links.consume(dates.PURPOSE, token) is None:
            return _nothing(request, "used")
        ChangeRequest.objects.create(
            content_type=ContentType.objects.get_for_model(type(entry)),
            object_id=entry.pk,
            title=str(entry)[:255],
            text=text,
            asked_by=entry.content_owner,
        )
    return _render(request, {"entry": entry, "url": _url(entry), "asked": text})


def _url(entry: Any) -> str:
    if isinstance(entry, BasePage):
        return entry.get_url() or ""
    return entry.get_absolute_url() if hasattr(entry, "get_absolute_url") else ""


def _show(request: HttpRequest, entry: Any, form: ChangeForm) -> HttpResponse:
    return _render(request, {"entry": entry, "url": _url(entry), "form": form})


def _nothing(request: HttpRequest, state: str) -> HttpResponse:
    """The link cannot be used: why, and what one can do instead."""
    status = 404 if state in ("", "unknown") else 410
    return _render(request, {"entry": None, "state": state}, status=status)


def _render(
    request: HttpRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    entry = context["entry"]
    shown = {
        "kind": entry._meta.verbose_name if entry else "",
        "robots": "noindex, nofollow",
    }
    response = TemplateResponse(request, TEMPLATE, context | shown, status=status)
    return signed_links.guarded(response)
