"""What an import did, in numbers and in what it left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Difference:
    """A field or row that was left alone, and why."""

    subject: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.subject}/{self.row} {self.field}".rstrip() + f": {self.reason}"


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Report:
    """Counts per subject in load order, and every difference left alone."""

    counts: dict[str, Count] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    seconds: float = 0.0
    dry_run: bool = False

    def count(self, subject: str) -> Count:
        return self.counts.setdefault(subject, Count())

    def leave(self, subject: str, row: str, field_name: str, reason: str) -> None:
        self.differences.append(Difference(subject, row, field_name, reason))

    @property
    def total(self) -> Count:
        counts = self.counts.values()
        return Count(
            sum(count.created for count in counts),
            sum(count.updated for count in counts),
            sum(count.unchanged for count in counts),
        )

    def lines(self) -> Iterator[str]:
        """The report as text."""
        yield f"{'':<16}{'neu':>8}{'geändert':>10}{'gleich':>8}"
        for name, count in [*self.counts.items(), ("zusammen", self.total)]:
            yield f"{name:<16}{count.created:>8}{count.updated:>10}{count.unchanged:>8}"
        if self.differences:
            yield ""
            yield "Unterschiede, die so geblieben sind:"
            yield from (f"  {difference}" for difference in self.differences)
        yield ""
        note = "Probelauf: nichts gespeichert. " if self.dry_run else ""
        yield f"{note}{self.seconds:.1f} Sekunden."
