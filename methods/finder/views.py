"""The finder: questions, results, and how it reckons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hub.addresses import section_address
from methods.addresses import compare_address, crumb, in_every_language
from methods.models import MethodIndexPage
from network.addresses import answers_address
from search.parsing import clean

from . import how
from .addresses import finder_address, how_address
from .answers import Answers, Criterion
from .asking import CHANGE, OPEN, TOLD, Asked, read
from .form import questions
from .reading import read_plan
from .results import Results, results
from .scoring import opening
from .short_notice import short_notice
from .vocabulary import Vocabulary, vocabulary
from .wording import NAMES, amount

QUESTIONS_TEMPLATE = "pages/methods/finder_page.html"
RESULTS_TEMPLATE = "pages/methods/finder_results_page.html"
HOW_TEMPLATE = "pages/methods/finder_how_page.html"
#: So many ways to more methods are named.
MOST_OPENING = 3


def show(page: MethodIndexPage, request: HttpRequest) -> HttpResponse:
    """The questions, or what fits the answers in the address."""
    words = vocabulary(page.language)
    asked = read(request.GET, words)
    told = clean(request.GET.get(TOLD, ""))
    if told and not asked.submitted:
        answers = read_plan(told, page.language)
        if answers:
            return redirect(finder_address(answers, page.language, **{TOLD: told}))
    opened = request.GET.getlist(OPEN)
    shared = page.get_context(request) | {
        "crumbs": [crumb(page)],
        "finder_url": finder_address(None, page.language),
        "how_url": how_address(page.language),
        "asked": asked,
        "told": told,
        "alternates": in_every_language(
            lambda code: finder_address(asked.answers, code)
        ),
        "canonical": _full(page, finder_address(None, page.language)),
    }
    if not asked.answers or CHANGE in request.GET:
        context = shared | {
            "questions": questions(asked, words, opened),
            "told_unread": told and not asked.answers,
            "reset_url": shared["finder_url"] if asked.submitted else "",
            "robots": "noindex, follow" if request.GET else "",
        }
        return TemplateResponse(request, QUESTIONS_TEMPLATE, context)
    found = results(asked.answers, page.language, words)
    # With everything that stands in the address, also what could not be read.
    change = request.GET.copy()
    change[CHANGE] = "1"
    context = shared | _context(page, asked, found, words)
    context["change_url"] = f"{shared['finder_url']}?{change.urlencode()}"
    return TemplateResponse(request, RESULTS_TEMPLATE, context)


def explain(page: MethodIndexPage, request: HttpRequest) -> HttpResponse:
    """How the finder reckons, in plain words."""
    address = finder_address(None, page.language)
    context = page.get_context(request) | {
        "crumbs": [
            crumb(page),
            {"title": _("Vorhaben planen"), "url": address},
        ],
        "finder_url": address,
        "criteria": how.criteria(),
        "canonical": _full(page, how_address(page.language)),
        "alternates": in_every_language(how_address),
    }
    return TemplateResponse(request, HOW_TEMPLATE, context)


def _full(page: MethodIndexPage, path: str) -> str:
    section = section_address(MethodIndexPage._meta.label, page.language)
    return section.full.removesuffix(section.path) + path if section.full else path


def _context(
    page: MethodIndexPage, asked: Asked, found: Results, words: Vocabulary
) -> dict[str, Any]:
    answers, language = asked.answers, page.language
    address = finder_address(answers, language)
    return {
        "found": found,
        "answered": answered(answers, words),
        "remarks": [
            {"name": str(NAMES[criterion]), "text": text}
            for criterion, text in asked.remarks.items()
        ],
        "left_open": [
            str(NAMES[one]) for one in Criterion if one not in set(answers.given())
        ],
        "more": _more(answers, found, language),
        "short": short_notice(answers, found.assessments, language),
        "finder_full_url": _full(page, address),
        "compare_url": compare_address([], language),
        "answers_url": answers_address(_question(answers, words), language),
        "robots": "noindex, follow",
    }


def answered(answers: Answers, words: Vocabulary) -> list[dict[str, str]]:
    """The answers in words."""
    found = []
    for criterion in answers.given():
        value = getattr(answers, criterion)
        if isinstance(value, int):
            text = amount(criterion, value)
        else:
            codes = value if isinstance(value, tuple) else (value,)
            text = ", ".join(words[criterion][code] for code in codes)
        found.append({"term": str(NAMES[criterion]), "text": text})
    return found


def _more(answers: Answers, found: Results, language: str) -> list[dict[str, Any]]:
    """Which answers, left open, would let more methods come into question."""
    return [
        {
            "name": str(NAMES[criterion]),
            "count": count,
            "url": finder_address(answers.without(criterion), language),
        }
        for criterion, count in opening(answers, found.assessments)[:MOST_OPENING]
    ]


def _question(answers: Answers, words: Vocabulary) -> str:
    """The plan as a question to people: goals and groups in words."""
    named = [
        words[criterion][code]
        for criterion in (Criterion.GROUPS, Criterion.GOALS)
        for code in getattr(answers, criterion)
    ]
    return " ".join(named) or _("Beteiligung planen")
