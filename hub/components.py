"""The smallest components, as functions that templates call by tags: a list has dozens
of them, and a template included for each took longer than what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext_lazy as _

from hub import formats

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


def level_icon(number: int | None) -> SafeString:
    """The ring of a level of participation, 1 to 5; nothing for any other number."""
    return icon(f"level-{number}") if number in range(1, 6) else mark_safe("")


def kind(kind: str, label: str, large: bool = False) -> SafeString:
    """Kind of content: icon, word and hue."""
    return format_html(
        '<span class="kind{}" data-kind="{}"><span class="disc">{}</span>{}</span>',
        " kind--lg" if large else "",
        kind,
        icon(kind_icon(kind)),
        label,
    )


def tag(label: str, variant: str = "", icon_name: str = "") -> SafeString:
    """A small state. ``variant``: line, example, done or work."""
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" tag--{variant}" if variant else "",
        icon(icon_name) if icon_name else "",
        label,
    )


def level(number: int | None, label: str, strong: bool = False) -> SafeString:
    """Level of participation: ring and word; ``strong`` in the box of facts."""
    return format_html(
        '<{0} class="level">{1}<span>{2}</span></{0}>',
        mark_safe("b" if strong else "span"),  # noqa: S308 (our own words)
        level_icon(number),
        label,
    )


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


@lru_cache(maxsize=8)
def _counted_words(_language: str | None) -> tuple[str, str]:
    """What one match and several are called in the active language."""
    one, many = (npgettext("Anzahl", "Treffer", "Treffer", n) for n in (1, 2))
    return escape(one), escape(many)


#: How a reason looks, by what it rests on; everything else is editorial.
_REASONS = {
    "source": ("evidence", _("Beleg:")),
    "confirmed": ("evidence", _("Bestätigt:")),
    "self": ("self", _("Selbstauskunft:")),
    "responsibility": ("duty", _("Zuständig für:")),
}


def reason(
    basis: str, text: str, url: str = "", url_text: str = "", after: str = ""
) -> SafeString:
    """Why somebody is named, in words. Without ``url_text``, ``text`` is the link; with
    it, ``text`` and ``after`` stand around it."""
    look, label = _REASONS.get(basis, ("editorial", _("Redaktionell:")))
    if url and not url_text:
        words = format_html('<a href="{}">{}</a>', url, text)
    elif url:
        words = format_html('{}<a href="{}">{}</a>', text, url, shy(url_text))
    else:
        words = conditional_escape(text)
    return format_html(
        '<li class="reason--{}">{}<span><b>{}</b> {}{}</span></li>',
        look,
        icon(look),
        label,
        words,
        after,
    )


def check_boxes(name: str, options: Iterable[Any]) -> SafeString:
    """Boxes of one name, each with ``value``, ``label`` and ``chosen``."""
    return mark_safe(  # noqa: S308 (escaped)
        "".join(
            f'<label class="check"><input type="checkbox" name="{escape(name)}" '
            f'value="{escape(one.value)}"{" checked" if one.chosen else ""}>'
            f"<span>{escape(one.label)}</span></label>"
            for one in options
        )
    )


def select_options(options: Iterable[Any]) -> SafeString:
    """Options of a select, each with ``value``, ``label`` and ``chosen``."""
    return mark_safe(  # noqa: S308 (escaped)
        "".join(
            f'<option value="{escape(one.value)}"{" selected" if one.chosen else ""}>'
            f"{escape(one.label)}</option>"
            for one in options
        )
    )


def remarks(items: Iterable[Any]) -> SafeString:
    """Reasons for and against something, each with ``mark``, ``icon``, ``word`` and
    ``text``. A page of the finder has hundreds of them."""
    listed = "".join(
        f'<li class="crit crit--{one.mark}">{icon(one.icon)}<span>'
        f'<span class="vh">{escape(one.word)} </span>{escape(one.text)}</span></li>'
        for one in items
    )
    return mark_safe(f'<ul class="criteria-list">{listed}</ul>')  # noqa: S308


def finder_lines(lines: Iterable[Any]) -> SafeString:
    """Methods in one line each, with what speaks against them: title, address, language
    where it is another one, and reasons."""
    return mark_safe(  # noqa: S308 (escaped)
        "\n".join(
            f"<li{_lang(one.lang)}><h3>"
            f'<a href="{escape(one.url)}">{shy(one.title)}</a></h3>'
            f"{remarks(one.remarks) if one.remarks else ''}</li>"
            for one in lines
        )
    )


def _lang(code: str) -> str:
    return f' lang="{escape(code)}"' if code else ""


def expert(who: Any) -> SafeString:
    """Somebody who can help, with the reasons. A page of answers has two dozen: as a
    template included for each they took a tenth of its time."""
    hit, details = who.hit, who.details
    is_person = hit.is_person
    role = details.get("role") if is_person else ""
    tags = [tag(language) for language in details.get("languages") or ()]
    if details.get("demo"):
        tags.insert(0, tag(str(_("Beispiel, erfunden")), "example"))
    facts = []
    if details.get("area"):
        facts.append(format_html("<span>{}{}</span>", icon("pin"), details["area"]))
    if details.get("availability"):
        label, when = _("Erreichbar:"), details["availability"]
        facts.append(format_html("<span>{}{} {}</span>", icon("clock"), label, when))
    return format_html(
        '<article class="expert"><div><div class="who"><span class="face{}" '
        'aria-hidden="true">{}</span><h3><a href="{}">{}</a></h3>{}{}{}</div></div>'
        '<div><h4 class="why">{}</h4><ul class="reasons">{}</ul></div></article>',
        " face--person" if is_person else "",
        initials(hit.title) if is_person else icon("organisation"),
        hit.url,
        shy(hit.title),
        format_html('<p class="role">{}</p>', role) if role else "",
        format_html("<p>{}</p>", _joined(tags, " ")) if tags else "",
        format_html('<p class="meta">{}</p>', _joined(facts)) if facts else "",
        _("Warum hier"),
        _joined(
            reason(one.basis, one.text, one.url, one.url_text, one.after)
            for one in who.reasons
        ),
    )


def initials(name: str) -> str:
    """Up to two initials for the disc of a person."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


def _joined(parts: Iterable[SafeString], between: str = "") -> SafeString:
    return mark_safe(between.join(parts))  # noqa: S308 (each is safe)


def shy(text: str | None) -> SafeString:
    """Soft hyphens at the joints of long compounds, for headings on narrow screens."""
    return mark_safe(formats.soften(str(conditional_escape(text or ""))))  # noqa: S308


def facet_options(facet: Any, options: Iterable[Any]) -> SafeString:
    """Options of a facet. A page has a hundred of them: as a template included for each
    they took as long as all the rest of the page."""
    before = format_html(
        '<label class="check"><input type="{}" name="{}" value="',
        "radio" if facet.single else "checkbox",
        facet.name,
    )
    one, many = _counted_words(get_language())
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


def kind_icon(kind: str) -> str:
    """The icon of a kind of content."""
    return KIND_ICONS.get(kind, "info")
