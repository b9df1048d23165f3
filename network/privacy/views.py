"""One's own data: ask for a link, open it, see, correct, hide, take along, erase."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hub import ratelimit, signed_links
from hub.models import SignedLink
from network.models import Person
from network.privacy import (
    consents,
    erasure,
    keys,
    letters,
    parts,
    takeout,
    wishes,
    wording,
)
from network.privacy.addresses import notice
from network.privacy.forms import ConsentForm, CorrectionForm, EraseForm, LinkForm

ROBOTS = "noindex, nofollow"


def render(
    page: Any, request: HttpRequest, name: str, status: int = 200, **extra: Any
) -> HttpResponse:
    """A page about one's own data: kept by no cache, told to no other page."""
    context = {
        **page.get_context(request),
        "robots": ROBOTS,
        "canonical": request.build_absolute_uri(page.route_url("own_data")),
        "alternates": page.route_alternates("own_data"),
        "ask_url": page.route_url("own_data"),
        "entry_url": page.route_url("own_data_entry"),
        "notice": _notice(page),
        **extra,
    }
    template = f"pages/network/{name}.html"
    response = TemplateResponse(request, template, context, status=status)
    return signed_links.guarded(response)


def _notice(page: Any) -> dict[str, str] | None:
    found = notice(page)
    return {"url": found.get_url(), "title": found.title} if found else None


def _to(page: Any, route: str) -> HttpResponse:
    return HttpResponseRedirect(page.route_url(route), status=303)


# A link --------------------------------------------------------------------------------------


def ask(page: Any, request: HttpRequest) -> HttpResponse:
    """Ask for the link. Whether somebody has an entry, nobody is told but they."""
    if request.method != "POST":
        return render(page, request, "own_data_ask", form=LinkForm())
    form = LinkForm(request.POST)
    valid = form.is_valid()
    seconds = _too_often(request, form.cleaned_data["email"]) if valid else 0
    if not valid or seconds:
        return render(
            page,
            request,
            "own_data_ask",
            status=429 if seconds else 200,
            form=form.ready_to_send_again(),
            minutes=-(-seconds // 60),
        )
    address, language = form.cleaned_data["email"], page.language
    transaction.on_commit(lambda: _send(address, language), robust=True)
    return render(page, request, "own_data_ask", is_sent=True)


def _too_often(request: HttpRequest, address: str) -> int:
    return ratelimit.spend_by(request, "own_data") or ratelimit.spend(
        "own_data_mail", address.casefold()
    )


def _send(address: str, language: str) -> None:
    """A mail goes out in both cases: neither page nor time tell who has an entry."""
    people = list(Person.objects.filter(private_email__iexact=address))
    for person in people:
        letters.deliver(lambda who=person: letters.own_data(who, language), language)
    if not people:
        letters.deliver(lambda: letters.nobody(address, language), language)


def opening(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens: a button. Programs that look into mails press none."""
    if request.method == "POST":
        with transaction.atomic():
            link = signed_links.consume(letters.OWN_DATA, token)
        person = person_named(link)
        if person is not None:
            keys.open_for(request, person)
            return signed_links.guarded(_to(page, "own_data_entry"))
        return closed(page, request, letters.OWN_DATA, token)
    if person_named(signed_links.peek(letters.OWN_DATA, token)) is None:
        return closed(page, request, letters.OWN_DATA, token)
    return render(page, request, "own_data_open")


def person_named(link: SignedLink | None) -> Person | None:
    """The person a link is about, if there is one."""
    label, _colon, pk = (link.subject if link else "").rpartition(":")
    if label != Person._meta.label_lower:
        return None
    return Person.objects.filter(pk=pk).first()


def closed(page: Any, request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """Why a link cannot be used, and how to get another one."""
    why = signed_links.state(purpose, token) or "used"
    status = 404 if why == "unknown" else 410
    return render(page, request, "own_data_closed", status, why=why)


# The entry -------------------------------------------------------------------------------------


def entry(page: Any, request: HttpRequest) -> HttpResponse:
    """See everything and act on it."""
    person = keys.person_of(request)
    if person is None:
        return render(page, request, "own_data_closed", 403, why="closed")
    if request.method == "POST":
        act = _ACTIONS.get(request.POST.get("tun", ""))
        return act(page, request, person) if act else _to(page, "own_data_entry")
    if request.GET.get("als") == "json":
        return _json(person)
    return _show(page, request, person)


def _forms(person: Person, data: Any = None) -> dict[str, Any]:
    explicit = _explicit(person)
    return {
        "consents": ConsentForm(data, person=person, explicit=explicit),
        "correction": CorrectionForm(person=person),
    }


def _explicit(person: Person) -> bool | None:
    """Whether there is explicit consent; ``None`` where none is needed."""
    if not parts.is_sensitive(person):
        return None
    valid = person.consents.all().valid().filter(is_explicit=True)
    return bool(valid.exists())


def _show(
    page: Any, request: HttpRequest, person: Person, **forms: Any
) -> HttpResponse:
    shown = _forms(person) | forms
    visible = Person.objects.visible().filter(pk=person.pk).exists()
    wish = getattr(person, "change_request", None)
    return render(
        page,
        request,
        "own_data",
        person=person,
        parts=parts.parts(person, shown["consents"]),
        corrections=parts.parts(person, None, shown["correction"]),
        profile_url=person.get_url(page.language) if visible else "",
        differences=wishes.differences(wish) if wish else [],
        print_url=page.route_url("own_data_print"),
        erase_url=page.route_url("own_data_erase"),
        **shown,
    )


def _json(person: Person) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(takeout.data(person), json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return signed_links.guarded(response)


def _consents(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    form = ConsentForm(request.POST, person=person, explicit=_explicit(person))
    if not form.is_valid():
        return _show(page, request, person, consents=form)
    agree(
        person,
        form.agreed,
        way=wording.BY_OWN_PAGE,
        explicit=bool(form.cleaned_data.get("explicit")),
    )
    messages.success(request, _("Gespeichert. Es gilt ab sofort."))
    return _to(page, "own_data_entry")


def agree(person: Person, groups: list[str], *, way: str, explicit: bool) -> None:
    """What is agreed to holds at once; of age is who says so."""
    if groups and not person.is_adult:
        consents.mark_adult(person)
    consents.set_consents(person, groups, way=way, explicit=explicit)


def _correct(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    form = CorrectionForm(request.POST, person=person)
    if not form.is_valid():
        return _show(page, request, person, correction=form)
    if wishes.ask(person, form.wished(), page.language):
        messages.success(request, _("Danke. Das Büro prüft Ihre Änderungen."))
    else:
        messages.info(request, _("Sie haben nichts geändert."))
    return _to(page, "own_data_entry")


def _hide(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    consents.hide(person)
    messages.success(request, _("Ihr Eintrag ist ab sofort verborgen."))
    return _to(page, "own_data_entry")


def _unhide(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    consents.show_again(person)
    messages.success(request, _("Ihr Eintrag ist nicht mehr verborgen."))
    return _to(page, "own_data_entry")


def _object(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    consents.object_to(person)
    messages.success(
        request,
        _("Ihr Widerspruch gilt ab sofort. Das Büro sucht auch in den Texten."),
    )
    return _to(page, "own_data_entry")


def _finish(page: Any, request: HttpRequest, person: Person) -> HttpResponse:
    keys.close(request)
    return _to(page, "own_data")


_ACTIONS = {
    "zustimmen": _consents,
    "berichtigen": _correct,
    "verbergen": _hide,
    "zeigen": _unhide,
    "widersprechen": _object,
    "fertig": _finish,
}


def everything(page: Any, request: HttpRequest) -> HttpResponse:
    """All that is kept, on one page to print."""
    person = keys.person_of(request)
    if person is None:
        return render(page, request, "own_data_closed", 403, why="closed")
    tables = takeout.tables(person)
    return render(
        page,
        request,
        "own_data_print",
        person=person,
        tables=tables,
        today=timezone.localdate(),
    )


def erase(page: Any, request: HttpRequest) -> HttpResponse:
    """Erase the entry, after a second yes."""
    person = keys.person_of(request)
    if person is None:
        return render(page, request, "own_data_closed", 403, why="closed")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(page, request, "own_data_erase", person=person, form=form)
    keys.close(request)
    erasure.erase(person)
    return _to(page, "own_data_gone")


def gone(page: Any, request: HttpRequest) -> HttpResponse:
    """What was done; knows nobody any more."""
    return render(page, request, "own_data_gone")
