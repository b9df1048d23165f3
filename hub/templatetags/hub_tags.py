"""How things are shown: icons, numbers, ranges, dates, languages. Never a query of their own."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hub import formats
from hub.components import (
    check_boxes,
    expert,
    facet_options,
    finder_lines,
    icon,
    initials,
    kind,
    kind_icon,
    level,
    level_icon,
    meta_line,
    reason,
    remarks,
    select_options,
    shy,
    tag,
)

register = template.Library()

SOFT_HYPHEN = "\u00ad"
JSON_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&"}


# Components ------------------------------------------------------------------

for component in (
    icon,
    level_icon,
    kind,
    tag,
    level,
    meta_line,
    reason,
    remarks,
    check_boxes,
    select_options,
    facet_options,
    expert,
    finder_lines,
):
    register.simple_tag(component)
register.filter(initials)
register.filter(kind_icon)
register.filter(shy)


# Numbers, ranges, dates ------------------------------------------------------


register.filter("number", formats.number)
register.filter("long_date", formats.long_date)
register.filter("month_year", formats.month_year)
register.simple_tag(formats.range_text)
register.simple_tag(formats.people_text)
register.simple_tag(formats.minutes_text)
register.simple_tag(formats.weeks_text)
register.simple_tag(formats.months_hint)
register.simple_tag(formats.hours_text)
register.simple_tag(formats.euros_text)
register.simple_tag(formats.years_text)


@register.simple_tag
def today() -> str:
    """The date of this answer, for printed pages."""
    return formats.long_date(timezone.localdate())


@register.inclusion_tag("components/scale.html")
def scale(low: int | None, high: int | None, mini: bool = False) -> dict[str, Any]:
    """A range on a logarithmic line from 1 to 1,000; the value stands beside it."""
    return {
        "bar": formats.scale_bar(low, high),
        "mini": mini,
        "ticks": [
            {"x": x, "label": formats.number(10**step), "anchor": anchor}
            for step, (x, anchor) in enumerate(
                [("4", "start"), ("50", "middle"), ("96", "middle"), ("142", "end")]
            )
        ],
    }


@register.inclusion_tag("components/turntable.html")
def turntable(stock: Any) -> dict[str, Any]:
    """The turntable of the first page: one tick per entry; decoration."""
    rings = [formats.ring(entry.kind, entry.count) for entry in stock]
    return {"rings": [ring for ring in rings if ring]}


# Texts -------------------------------------------------------------------------


class Text(NamedTuple):
    """A text and the language it is in, when that is not the page's."""

    text: str
    lang: str


@register.simple_tag
def text_in_language(record: Any, field: str) -> Text:
    """The text of ``field`` in the active language, else in any, with its language."""
    active = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    codes = [code for code, _name in settings.LANGUAGES]
    for code in sorted(codes, key=lambda code: code != active):
        text = getattr(record, f"{field}_{code}", None)
        if text:
            return Text(text, "" if code == active else code)
    return Text("", "")


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Paragraphs separated by an empty line, as ``<p>``."""
    parts = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n"))
    return format_html_join(
        "\n",
        "<p>{}</p>",
        ((part.strip(),) for part in parts if part.strip()),
    )


@register.filter
def text_lines(text: str | None) -> list[str]:
    """The non-empty lines of a text that holds one entry per line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


@register.filter
def plain(text: str | None) -> str:
    """Without soft hyphens: for titles of windows, addresses and data."""
    return str(text or "").replace(SOFT_HYPHEN, "")


@register.filter
def lower_first(text: str) -> str:
    """First letter small: a label inside a sentence."""
    text = str(text)
    return text[:1].lower() + text[1:]


# Language ------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def page_in_languages(context: template.Context) -> list[dict[str, object]]:
    """This page in every language. A view that shows a part of a page brings its own
    list; the others are not even looked for."""
    if own := context.get("alternates"):
        return list(own)
    for name in ("page", "site"):
        if found := getattr(context.get(name), "alternates", None):
            return list(found)
    return []


class LanguageLink(NamedTuple):
    """One entry of the language switch."""

    code: str
    name: str
    url: str
    current: bool
    translated: bool
    same_page: bool


@register.simple_tag
def language_links(alternates: Any, homes: Any) -> list[LanguageLink]:
    """This page in every language; the first page where it does not exist."""
    found = {entry["language"]: entry for entry in alternates or []}
    active = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    links = []
    for code, _name in settings.LANGUAGES:
        entry = found.get(code)
        url = entry["url"] if entry else (homes or {}).get(code, f"/{code}/")
        links.append(
            LanguageLink(
                code=code,
                name=translation.get_language_info(code)["name_local"],
                url=str(url or ""),
                current=code == active,
                translated=entry.get("translated", True) if entry else True,
                same_page=entry is not None or code == active,
            )
        )
    return links


@register.filter
def html_lang(code: str) -> str:
    """The language tag of the page: Austrian German, British English."""
    return {"de": "de-AT", "en": "en-GB"}.get((code or "de").split("-")[0], code)


# Data ------------------------------------------------------------------------------


class _Encoder(json.JSONEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, Promise):
            return str(value)
        return super().default(value)


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """A JSON-LD block. A data block is no script, so it needs no nonce."""
    if not data:
        return mark_safe("")
    text = json.dumps(
        {"@context": "https://schema.org", **data}, cls=_Encoder, ensure_ascii=False
    ).translate(JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - escaped just above
    )
