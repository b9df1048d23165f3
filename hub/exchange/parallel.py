"""Do the texts of both languages run parallel, segment by segment?

wagtail-localize puts translated strings into the German structure. What would come out
of it differently than it stands in the file is a problem of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail.models import Locale

from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.segments.ingest import ingest_segments

from .pairs import SOURCE, TARGET, PairColumn
from .refs import References

Complaint = tuple[str, str]
Strings = dict[str, list[StringSegmentValue]]


def parallel_problems(
    model: type[Any], pairs: Mapping[str, PairColumn], values: Mapping[str, Any]
) -> list[Complaint]:
    """Field and reason wherever English does not fit into the German structure."""
    german = strings_by_path(extract_segments(_page(model, pairs, values, SOURCE)))
    english = strings_by_path(extract_segments(_page(model, pairs, values, TARGET)))
    found = list(_count_problems(german, english))
    if not found:
        found = list(_double_problems(german, english))
    if not found:
        found = list(_structure_problems(model, pairs, values, english))
    return found


def _page(
    model: type[Any],
    pairs: Mapping[str, PairColumn],
    values: Mapping[str, Any],
    code: str,
) -> Any:
    page = model()
    for name, column in pairs.items():
        column.place(page, values[name], code)
    return page


def strings_by_path(segments: list[Any]) -> Strings:
    """Translatable strings by their place, in order."""
    found: Strings = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment)
    return found


def _count_problems(german: Strings, english: Strings) -> Iterator[Complaint]:
    for path in dict.fromkeys([*german, *english]):
        there, here = len(german.get(path, [])), len(english.get(path, []))
        if there != here:
            yield (
                path,
                f"{there} Textstücke auf Deutsch, {here} auf Englisch",
            )


def _double_problems(german: Strings, english: Strings) -> Iterator[Complaint]:
    """The same German string can have one translation per place only."""
    for path, segments in german.items():
        seen: dict[str, str] = {}
        for source, target in zip(segments, english[path], strict=True):
            text = target.string.data
            if seen.setdefault(source.string.data, text) != text:
                yield path, "derselbe deutsche Satz ist zweimal verschieden übersetzt"


def _structure_problems(
    model: type[Any],
    pairs: Mapping[str, PairColumn],
    values: Mapping[str, Any],
    english: Strings,
) -> Iterator[Complaint]:
    """Build the English page as wagtail-localize will, and compare."""
    source = _page(model, pairs, values, SOURCE)
    target = _page(model, pairs, values, SOURCE)
    segments = _with_english(extract_segments(source), english)
    locale = Locale(language_code=TARGET)
    ingest_segments(source, target, locale, locale, segments)
    for name, column in pairs.items():
        if column.inner.dump(target, _NOTHING) != values[name][TARGET]:
            yield name, "Aufbau weicht vom deutschen Text ab"


def _with_english(segments: list[Any], english: Strings) -> list[Any]:
    """The German segments, their strings and link addresses replaced."""
    waiting = {path: iter(strings) for path, strings in english.items()}
    addresses = other_addresses(strings_by_path(segments), english)
    made = []
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            other = next(waiting[segment.path])
            segment = StringSegmentValue(
                segment.path, other.string, attrs=segment.attrs, order=segment.order
            )
        if isinstance(segment, StringSegmentValue | TemplateSegmentValue):
            made.append(segment)
        elif segment.path in addresses:
            made.append(
                OverridableSegmentValue(
                    segment.path, addresses[segment.path], order=segment.order
                )
            )
    return made


def other_addresses(german: Strings, english: Strings) -> dict[str, str]:
    """Links in texts that lead elsewhere in English, by the place of their segment."""
    found = {}
    for path, segments in german.items():
        for source, target in zip(segments, english.get(path, []), strict=False):
            for name, attributes in (source.attrs or {}).items():
                there = (target.attrs or {}).get(name, {}).get("href")
                here = attributes.get("href")
                if here and there and here != there:
                    found[f"{path}.{quote_path_component(here)}"] = there
    return found


#: Links stay as they stand in the file.
_NOTHING = References(set())
