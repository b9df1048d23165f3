"""How things are shown: icons, numbers, ranges, dates, languages. Never a query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import npgettext

from hub import formats

register = template.Library()

SOFT_HYPHEN = "\u00ad"
KIND_ICONS = {
    "method": "method",
    "case": "case",
    "round": "case",
    "person": "person",
    "organisation": "organisation",
    "city": "city",
    "district": "pin",
    "programme": "flag",
    "guide": "book",
    "easy": "book",
    "term": "info",
}
JSON_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&"}


# Icons ---------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; always decoration, the word stands beside it. Made once in
    the life of a process: a page has dozens of them."""
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        static("hub/icons.svg"),
        name,
    )


@register.simple_tag
def level_icon(number: int | None) -> SafeString:
    """The ring of a level of participation, 1 to 5; nothing for any other number."""
    return icon(f"level-{number}") if number in range(1, 6) else mark_safe("")


# The smallest components: a list has dozens of them, and a template included for each
# took longer than what it says.


@register.simple_tag
def kind(kind: str, label: str, large: bool = False) -> SafeString:
    """Kind of content: icon, word and hue."""
    return format_html(
        '<span class="kind{}" data-kind="{}"><span class="disc">{}</span>{}</span>',
        " kind--lg" if large else "",
        kind,
        icon(kind_icon(kind)),
        label,
    )


@register.simple_tag
def tag(label: str, variant: str = "", icon_name: str = "") -> SafeString:
    """A small state. ``variant``: line, example, done or work."""
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" tag--{variant}" if variant else "",
        icon(icon_name) if icon_name else "",
        label,
    )


@register.simple_tag
def level(number: int | None, label: str, strong: bool = False) -> SafeString:
    """Level of participation: ring and word; ``strong`` in the box of facts."""
    return format_html(
        '<{0} class="level">{1}<span>{2}</span></{0}>',
        mark_safe("b" if strong else "span"),  # noqa: S308 (our own words)
        level_icon(number),
        label,
    )


@register.simple_tag
def meta_line(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Facts under a hit, each with its ``text`` and an ``icon`` or a ``level``."""
    facts = (
        level(item["level"], item["text"])
        if item.get("level")
        else f"<span>{icon(item['icon']) if item.get('icon') else ''}"
        f"{escape(str(item['text']))}</span>"
        for item in items
    )
    return mark_safe(f'<p class="meta mt-s">{"".join(facts)}</p>')  # noqa: S308 (escaped)


@register.simple_tag
def facet_options(facet: Any, options: Iterable[Any]) -> SafeString:
    """Options of a facet. A page has a hundred of them: as a template included for each
    they took as long as all the rest of the page."""
    before = format_html(
        '<label class="check"><input type="{}" name="{}" value="',
        "radio" if facet.single else "checkbox",
        facet.name,
    )
    one, many = (escape(npgettext("Anzahl", "Treffer", "Treffer", n)) for n in (1, 2))
    # Joined by hand: format_html for each took as long as the list of hits, and Django's
    # escape() twice as long as Python's.
    labels = (
        f'{before}{escape(str(option.code))}"{" checked" if option.selected else ""}>'
        f'<span>{escape(str(option.label))}</span><span class="n">'
        f'{formats.number(option.count)}<span class="vh"> '
        f"{one if option.count == 1 else many}</span></span></label>"
        for option in options
    )
    return mark_safe("\n".join(labels))  # noqa: S308 (every value is escaped)


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of content."""
    return KIND_ICONS.get(kind, "info")


@register.filter
def initials(name: str) -> str:
    """Up to two initials for the disc of a person."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


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
def shy(text: str | None) -> SafeString:
    """Soft hyphens at the joints of long compounds, for headings on narrow screens."""
    return mark_safe(formats.soften(str(conditional_escape(text or ""))))  # noqa: S308


@register.filter
def lower_first(text: str) -> str:
    """First letter small: a label inside a sentence."""
    text = str(text)
    return text[:1].lower() + text[1:]


# Language ------------------------------------------------------------------------


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
