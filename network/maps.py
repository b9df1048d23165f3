"""Positions on the earth as places in a drawing: lines of a graticule, dots and names.

An equal-spaced cylindrical projection with one standard parallel. No coastline: one
drawn by hand would claim a precision it has not, and the dots carry the message.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Frame:
    """A part of the earth: edges in degrees, standard parallel, width of the drawing."""

    west: float
    east: float
    south: float
    north: float
    parallel: float
    width: float
    step: int

    @property
    def scale(self) -> float:
        """Drawing units per degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """A degree of latitude is longer than one of longitude away from the equator."""
        return self.scale / math.cos(math.radians(self.parallel))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.stretch

    def contains(self, latitude: float, longitude: float) -> bool:
        return (
            self.west <= longitude <= self.east and self.south <= latitude <= self.north
        )

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (
            (longitude - self.west) * self.scale,
            (self.north - latitude) * self.stretch,
        )


EUROPE = Frame(-24, 33, 35.5, 65.5, parallel=50, width=720, step=10)
WORLD = Frame(-130, 160, -45, 67, parallel=20, width=640, step=30)


@dataclass(frozen=True)
class Dot:
    """A place on the map. Numbers are text: templates would localise them."""

    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str
    name: str
    url: str
    chosen: bool = True
    shows_name: bool = True


@dataclass(frozen=True)
class Line:
    """One line of the graticule with its degrees."""

    d: str
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Map:
    """A drawing: its size, lines and dots."""

    width: str
    height: str
    lines: Sequence[Line]
    dots: Sequence[Dot]


def _number(value: float) -> str:
    return f"{value:.1f}"


def _steps(low: float, high: float, step: int) -> Iterable[int]:
    return range(math.ceil(low / step) * step, math.floor(high / step) * step + 1, step)


def degrees(value: int, positive: str, negative: str) -> str:
    """ "10° O", "30° W", "0°"."""
    if value == 0:
        return "0°"
    return f"{abs(value)}° {positive if value > 0 else negative}"


def graticule(frame: Frame, letters: Sequence[str]) -> list[Line]:
    """Meridians and parallels; ``letters`` for north, south, east, west."""
    north, south, east, west = letters
    lines = []
    for longitude in _steps(frame.west, frame.east, frame.step):
        x, _y = frame.place(0, longitude)
        lines.append(
            Line(
                f"M{_number(x)} 0V{_number(frame.height)}",
                _number(x + 3),
                _number(frame.height - 4),
                degrees(longitude, east, west),
            )
        )
    for latitude in _steps(frame.south, frame.north, frame.step):
        _x, y = frame.place(latitude, 0)
        lines.append(
            Line(
                f"M0 {_number(y)}H{_number(frame.width)}",
                "3",
                _number(y - 3),
                degrees(latitude, north, south),
            )
        )
    return lines


#: A name's height and the width of a letter, in drawing units at 12 units a line.
LINE = 13.0
LETTER = 6.1
DOT = 6.0
Box = tuple[float, float, float, float]


def _overlaps(box: Box, others: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    return any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in others
    )


def _name_places(x: float, y: float, name: str) -> list[tuple[float, float, str, Box]]:
    """Where a name may stand: right, left, below, above, or at a corner."""
    wide = len(name) * LETTER
    candidates = [
        (x + DOT + 3, y + 4, "start", x + DOT),
        (x - DOT - 3, y + 4, "end", x - DOT - 3 - wide),
        (x, y + DOT + LINE - 2, "middle", x - wide / 2),
        (x, y - DOT - 4, "middle", x - wide / 2),
        (x + DOT - 1, y + DOT + LINE - 3, "start", x + DOT - 1),
        (x - DOT + 1, y + DOT + LINE - 3, "end", x - DOT + 1 - wide),
        (x + DOT - 1, y - DOT - 3, "start", x + DOT - 1),
        (x - DOT + 1, y - DOT - 3, "end", x - DOT + 1 - wide),
    ]
    return [
        (tx, ty, anchor, (left, ty - LINE + 3, left + wide + 3, ty + 3))
        for tx, ty, anchor, left in candidates
    ]


@dataclass(frozen=True)
class Place:
    """Something with a position."""

    latitude: float
    longitude: float
    name: str
    url: str
    chosen: bool = True


def dots(frame: Frame, places: Iterable[Place]) -> list[Dot]:
    """Dots of the places inside the frame; a name shows where it has room."""
    inside = [p for p in places if frame.contains(p.latitude, p.longitude)]
    spots = [(place, *frame.place(place.latitude, place.longitude)) for place in inside]
    taken: list[Box] = [(x - DOT, y - DOT, x + DOT, y + DOT) for _p, x, y in spots]
    found = []
    for index, (place, x, y) in enumerate(spots):
        others = taken[:index] + taken[index + 1 :]
        spot = _free_spot(frame, x, y, place.name, others) if place.chosen else None
        if spot:
            taken.append(spot[3])
        tx, ty, anchor = spot[:3] if spot else (x, y, "start")
        found.append(
            Dot(
                x=_number(x),
                y=_number(y),
                label_x=_number(tx),
                label_y=_number(ty),
                anchor=anchor,
                name=place.name,
                url=place.url,
                chosen=place.chosen,
                shows_name=spot is not None,
            )
        )
    return found


def _free_spot(
    frame: Frame, x: float, y: float, name: str, taken: Sequence[Box]
) -> tuple[float, float, str, Box] | None:
    for spot in _name_places(x, y, name):
        left, top, right, bottom = spot[3]
        fits = (
            left >= 0 and top >= 0 and right <= frame.width and bottom <= frame.height
        )
        if fits and not _overlaps(spot[3], taken):
            return spot
    return None


def draw(frame: Frame, places: Iterable[Any], letters: Sequence[str]) -> Map:
    """The drawing of one part of the earth."""
    return Map(
        width=_number(frame.width),
        height=_number(frame.height),
        lines=graticule(frame, letters),
        dots=dots(frame, places),
    )


#: Vienna, the place all the others are seen from.
VIENNA = (48.2082, 16.3738)


def home(*frames: Frame) -> list[tuple[str, str]]:
    """Where Vienna is in each drawing."""
    return [
        (_number(x), _number(y)) for x, y in (frame.place(*VIENNA) for frame in frames)
    ]
