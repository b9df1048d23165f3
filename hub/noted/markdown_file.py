"""A list as Markdown (CommonMark). Every text is escaped: what looks like a heading or
a link in a title stays what it is, text."""

from __future__ import annotations

import re

from hub.noted.report import Line, Report, Section, Words

_ANYWHERE = re.compile(r"([\\`*_\[\]<>#|~&])")
#: At the start of a line these begin a list or underline a heading.
_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[-+=]))")
_SPACES = re.compile(r"\s+")


def escape(text: str) -> str:
    """A text within a line that no reader of Markdown takes for anything else."""
    return _ANYWHERE.sub(r"\\\1", _SPACES.sub(" ", text))


def target(url: str) -> str:
    """An address as the target of a link: nothing in it ends the link."""
    quoted = {"<": "%3C", ">": "%3E", "\\": "%5C"}
    return "<" + "".join(quoted.get(c, c) for c in "".join(url.split())) + ">"


def _words(words: Words) -> str:
    if words.url and words.url == words.text:
        return target(words.url)
    text = escape(words.text)
    return f"[{text}]({target(words.url)})" if words.url else text


def line_of(line: Line) -> str:
    """A paragraph in one line, and never the start of a list."""
    text = "".join(map(_words, line)).strip()
    return _START.sub(lambda found: f"{found[1] or ''}\\", text)


def _section(section: Section) -> str:
    title = _words(section.title).strip()
    parts = [f"## {title}", *map(line_of, section.lines)]
    if section.points:
        parts.append(f"### {escape(section.points_title)}")
        parts.append("\n".join(f"- {line_of(point)}" for point in section.points))
    return "\n\n".join(parts)


def markdown(report: Report) -> str:
    """The whole file."""
    head = [f"# {escape(report.title)}", *map(line_of, report.lines)]
    return "\n\n".join([*head, *map(_section, report.sections)]) + "\n"
