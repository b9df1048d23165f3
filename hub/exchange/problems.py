"""What can be wrong with a row, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True)
class Problem:
    """One thing that keeps an import from happening."""

    file: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.row, self.field) if part)
        return f"{place}: {self.reason}"


class ExchangeError(Exception):
    """Nothing was imported; ``problems`` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


class WrongValue(ValueError):
    """A value that a column cannot take; ``path`` names the place inside it.

    ``more`` holds what else is wrong with the same value.
    """

    def __init__(
        self, reason: str, path: str = "", more: Iterable[WrongValue] = ()
    ) -> None:
        self.reason = reason
        self.path = path
        self.more = list(more)
        super().__init__(f"{path}: {reason}" if path else reason)

    def all_under(self, part: str) -> Iterator[tuple[str, str]]:
        """Place and reason of everything that is wrong, seen from further out."""
        for wrong in (self, *self.more):
            yield ".".join(filter(None, (part, wrong.path))), wrong.reason


def reasons(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Field and sentence for everything a model complains about."""
    if not hasattr(error, "error_dict"):
        yield "", " ".join(error.messages)
        return
    for field, messages in error.message_dict.items():
        name = "" if field == NON_FIELD_ERRORS else field
        yield name, " ".join(messages)
