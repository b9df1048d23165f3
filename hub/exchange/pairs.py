"""Texts of pages: one value per language, kept and compared as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .columns import Column
from .problems import WrongValue
from .refs import References

SOURCE, TARGET = "de", "en"


class PairColumn(Column):
    """A text in German and English.

    Both are one value: when an editor changed one of them, an import leaves the other
    alone, too, or the two would no longer say the same.
    """

    def __init__(self, inner: Column) -> None:
        self.inner = inner
        self.name = inner.name
        self.is_link = inner.is_link
        self.is_required = inner.is_required

    @property
    def field(self) -> Any:  # type: ignore[override]
        return self.inner.field

    @property
    def is_unique(self) -> bool:
        return False

    @property
    def default(self) -> dict[str, Any]:
        return {SOURCE: self.inner.default, TARGET: self.inner.default}

    def is_empty(self, value: Any) -> bool:
        return self.inner.is_empty(value[SOURCE])

    def load(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or set(value) - {SOURCE, TARGET}:
            raise WrongValue('muss {"de": …, "en": …} sein')
        loaded, wrong = self.default, []
        for language, text in value.items():
            try:
                loaded[language] = self.inner.load(text)
            except WrongValue as error:
                wrong += [
                    WrongValue(reason, path)
                    for path, reason in error.all_under(language)
                ]
        if wrong:
            raise WrongValue(wrong[0].reason, wrong[0].path, wrong[1:])
        return loaded

    def gaps(self, value: Mapping[str, Any]) -> Iterator[str]:
        """What is missing in a row that does have English text."""
        german = self.inner.is_empty(value[SOURCE])
        english = self.inner.is_empty(value[TARGET])
        if english and not german:
            yield "fehlt auf Englisch"
        elif german and not english:
            yield "fehlt auf Deutsch"

    def for_file(self, value: Any) -> Any:
        return {
            language: self.inner.for_file(text)
            for language, text in value.items()
            if not self.inner.is_empty(text)
        }

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        for text in value.values():
            yield from self.inner.references(text)

    def dump_pairs(
        self, objects: Sequence[Any], others: Mapping[int, Any], refs: References
    ) -> dict[int, dict[str, Any]]:
        """Values of German pages and of their translations, by German key."""
        found = {}
        for page in objects:
            other = others.get(page.pk)
            found[page.pk] = {
                SOURCE: self.inner.dump(page, refs),
                TARGET: self.inner.dump(other, refs) if other else self.inner.default,
            }
        return found

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        self.inner.assign(obj, value[SOURCE], refs)

    def assign_target(self, obj: Any, value: Any, refs: References) -> None:
        """Write the English text into an English page."""
        self.inner.assign(obj, value[TARGET], refs)

    def place(self, obj: Any, value: Any, language: str) -> None:
        """Write a text as it stands in the file, links unresolved."""
        inner: Any = self.inner
        if hasattr(inner, "place"):
            inner.place(obj, value[language])
        else:
            inner.assign(obj, value[language], References(set()))
