"""The page of a list: what its address names, as page, Word file or Markdown.

It only reads, and keeps nothing. Whose list it is, only the browser knows.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub import exports
from hub.addresses import short_code
from hub.context import SiteContext
from hub.noted.markdown_file import markdown
from hub.noted.reading import MOST, NOTED, NotedList, query_of, read, reference_at
from hub.noted.report import Contact, Report, report
from hub.noted.word_file import CONTENT_TYPE, word
from hub.references import read_references

#: Parameter with the address of a page to put on the list: for lists without a script.
ADD = "dazu"

#: What ``als`` may ask for: ending, content type, writer.
FORMS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "docx": (CONTENT_TYPE, word),
    "md": ("text/markdown; charset=utf-8", lambda found: markdown(found).encode()),
}


@require_safe
@transaction.non_atomic_requests
def noted(request: HttpRequest) -> HttpResponse:
    """The list that the address names."""
    values, wish = request.GET.getlist(NOTED), request.GET.get(ADD, "")
    added = reference_at(wish) if wish else None
    if added:
        given, _unreadable = read_references([*values, str(added)])
        return _private(HttpResponseRedirect(f"{request.path}?{query_of(given)}"))
    found = read(values, short_code())
    form = request.GET.get(exports.OUTPUT, "")
    if form in FORMS and found.entries:
        return _private(_file(request, found, form))
    return _private(_page(request, found, wish))


def _page(request: HttpRequest, found: NotedList, wish: str) -> HttpResponse:
    context = {
        "noted": found,
        "most": MOST,
        "url": _full_url(request, found),
        "wish": wish,
        "robots": "noindex, nofollow",
    }
    return render(request, "noted/list.html", context)


def _full_url(request: HttpRequest, found: NotedList) -> str:
    path = f"{request.path}?{found.query}" if found.query else request.path
    return request.build_absolute_uri(path)


def _file(request: HttpRequest, found: NotedList, form: str) -> HttpResponse:
    site = SiteContext(request)
    ask = request.build_absolute_uri(site.ask["url"]) if site.ask else ""
    contact = Contact(ask, site.office.office_phone)
    content = report(found, _full_url(request, found), contact, short_code())
    content_type, write = FORMS[form]
    response = HttpResponse(write(content), content_type=content_type)
    name = quote(f"{content.name}.{form}")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """There may be people on a list, and a consent may end at any time: no cache keeps
    it, and no search engine."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
