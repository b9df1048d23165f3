"""Pages that mailed links open. A GET shows and uses nothing up, a POST acts, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from hub import ratelimit, signed_links
from hub.models import SignedLink
from network.contact import letters, services
from network.contact.addresses import relay_alternates
from network.contact.forms import AnswerForm, ReportForm, WishesForm, WishesLinkForm
from network.contact.letters import name_of
from network.contact.parties import Party, party_address
from network.models import (
    ContactMail,
    ContactPreference,
    ContactRequest,
    Organisation,
    Person,
)

ROBOTS = "noindex, nofollow"
#: What can be done with a message, by the name of the button.
ANSWER, PASS_ON, REPORT = "answer", "pass", "report"
#: What the last page may say, by the word in its address.
DONE = ("sent", "confirmed", "answered", "passed", "reported", "wishes", "link")


def _render(
    page: Any, request: HttpRequest, template: str, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {**page.get_context(request), "robots": ROBOTS, **extra}
    path = f"pages/network/{template}.html"
    return TemplateResponse(request, path, context, status=status)


def _done(page: Any, what: str) -> HttpResponse:
    return HttpResponseRedirect(page.route_url("contact_done", what=what), status=303)


def done(page: Any, request: HttpRequest, what: str) -> HttpResponse:
    """What has just happened; knows nobody, so that it may be read again."""
    if what not in DONE:
        raise Http404
    return _render(
        page,
        request,
        "contact_done",
        what=what,
        hours=settings.HUB_CONTACT_CONFIRM_DAYS * 24,
        days=settings.HUB_CONTACT_FORWARD_DAYS,
        alternates=relay_alternates("contact_done", what=what),
    )


def _opened(
    page: Any,
    request: HttpRequest,
    purpose: str,
    token: str,
    show: Callable[[str], HttpResponse | None],
) -> HttpResponse:
    """Show what a token is for, or why it cannot be used."""
    link = signed_links.peek(purpose, token)
    response = show(link.subject) if link else None
    if response is None:
        why = signed_links.state(purpose, token) or "used"
        status = 404 if why == "unknown" else 410
        response = _render(page, request, "contact_closed", status, why=why)
    return signed_links.guarded(response)


def _row(model: type[Any], subject: str) -> Any:
    """The row that a link names, if it is still there."""
    label, _, pk = subject.rpartition(":")
    if label != model._meta.label_lower:
        return None
    return model.objects.filter(pk=pk).first()


# The sender confirms -----------------------------------------------------------------------


def confirm(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """The sender sees what was written in their name, and confirms it."""

    def show(subject: str) -> HttpResponse | None:
        message = _row(ContactRequest, subject)
        if message is None or message.state != ContactRequest.State.UNCONFIRMED:
            return None
        if request.method == "POST":
            return _confirmed(page, token, message)
        return _render(
            page,
            request,
            "contact_confirm",
            message=message,
            name=name_of(message.party),
            days=settings.HUB_CONTACT_FORWARD_DAYS,
            alternates=relay_alternates("contact_confirm", token=token),
        )

    return _opened(page, request, letters.CONFIRM, token, show)


@transaction.atomic
def _confirmed(page: Any, token: str, message: ContactRequest) -> HttpResponse | None:
    link: SignedLink | None = signed_links.consume(letters.CONFIRM, token)
    if link is None:
        return None
    services.confirm(message)
    return _done(page, "confirmed")


# The recipient answers, passes on, reports --------------------------------------------------


def message(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """The recipient reads the message and decides."""

    def show(subject: str) -> HttpResponse | None:
        mail = _row(ContactMail, subject)
        if mail is None or mail.request is None:
            return None
        act = _message_post if request.method == "POST" else _message_page
        return act(page, request, token, mail)

    return _opened(page, request, letters.MESSAGE, token, show)


def _message_page(
    page: Any,
    request: HttpRequest,
    token: str,
    mail: ContactMail,
    answering: AnswerForm | None = None,
    reporting: ReportForm | None = None,
    warns: bool = False,
) -> HttpResponse:
    asked: Any = mail.request
    # Two forms on one page: their fields need names of their own.
    return _render(
        page,
        request,
        "contact_message",
        message=asked,
        is_open=asked.state == ContactRequest.State.OPEN,
        name=name_of(asked.party),
        is_forwarded=mail.party != asked.party,
        answering=answering or AnswerForm(auto_id="antwort_%s"),
        reporting=reporting or ReportForm(auto_id="meldung_%s"),
        reports_wrong=bool(reporting),
        own_address=party_address(mail.party) if warns else "",
        can_block=mail.party is not None,
        alternates=relay_alternates("contact_message", token=token),
    )


def _message_post(
    page: Any, request: HttpRequest, token: str, mail: ContactMail
) -> HttpResponse | None:
    act = ACTIONS.get(request.POST.get("aktion", ""))
    return (act or _message_page)(page, request, token, mail)


def _answer(
    page: Any, request: HttpRequest, token: str, mail: ContactMail
) -> HttpResponse | None:
    """The address goes along only when the warning was on the page before."""
    form = AnswerForm(request.POST, auto_id="antwort_%s")
    if not form.is_valid():
        return _message_page(page, request, token, mail, answering=form)
    how = request.POST.get("adresse", "")
    if form.cleaned_data["shares"] and how not in ("mit", "ohne"):
        return _message_page(page, request, token, mail, answering=form, warns=True)
    shares = form.cleaned_data["shares"] and how == "mit"
    with transaction.atomic():
        if not signed_links.consume(letters.MESSAGE, token):
            return None
        text = form.cleaned_data["answer"]
        worked = services.answer(mail, text, shares_address=shares)
    return _done(page, "answered") if worked else None


def _pass_on(
    page: Any, request: HttpRequest, token: str, mail: ContactMail
) -> HttpResponse | None:
    with transaction.atomic():
        if not signed_links.consume(letters.MESSAGE, token):
            return None
        services.decline(mail)
    return _done(page, "passed")


def _report(
    page: Any, request: HttpRequest, token: str, mail: ContactMail
) -> HttpResponse | None:
    """Report to the office, or only get nothing more from this sender."""
    only_block = "nur_sperren" in request.POST
    form = ReportForm(request.POST, auto_id="meldung_%s")
    if not only_block and not form.is_valid():
        return _message_page(page, request, token, mail, reporting=form)
    with transaction.atomic():
        if not signed_links.consume(letters.MESSAGE, token):
            return None
        if only_block:
            services.stop(mail)
        else:
            typed = form.cleaned_data
            services.report(
                mail, typed["reason"], typed["note"], blocks=typed["blocks"]
            )
    return _done(page, "reported")


ACTIONS: dict[str, Callable[..., HttpResponse | None]] = {
    ANSWER: _answer,
    PASS_ON: _pass_on,
    REPORT: _report,
}


# What recipients want to get -------------------------------------------------------------------


def wishes(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """A recipient says what may be asked, how often, and when not."""

    def show(subject: str) -> HttpResponse | None:
        party = _row(Person, subject) or _row(Organisation, subject)
        return _wishes(page, request, token, party) if party else None

    return _opened(page, request, letters.SETTINGS, token, show)


def _wishes(
    page: Any, request: HttpRequest, token: str, party: Party
) -> HttpResponse | None:
    column = {"person" if isinstance(party, Person) else "organisation": party}
    row = ContactPreference.objects.filter(**column).first()
    row = row or ContactPreference(**column)
    form = WishesForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if not signed_links.consume(letters.SETTINGS, token):
                return None
            form.save()
        return _done(page, "wishes")
    return _render(
        page,
        request,
        "contact_wishes",
        form=form,
        name=name_of(party),
        alternates=relay_alternates("contact_wishes", token=token),
    )


def wishes_link(page: Any, request: HttpRequest) -> HttpResponse:
    """Ask for the link to one's settings. The answer is the same for every address."""
    form = WishesLinkForm(request.POST or None)
    seconds = 0
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        seconds = ratelimit.spend_by(request, "contact_wishes")
        if not seconds:
            if not ratelimit.spend("contact_wishes_mail", email.casefold()):
                services.ask_for_wishes(email)
            return _done(page, "link")
    return _render(
        page,
        request,
        "contact_wishes_link",
        status=429 if seconds else 200,
        form=form,
        minutes=-(-seconds // 60),
        alternates=page.route_alternates("contact_wishes_link"),
    )
