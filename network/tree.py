"""Where an organisation stands: what it belongs to, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from network.models import Organisation
from network.services import ORGANISATION_COLUMNS


@dataclass
class TreeNode:
    """An organisation with what belongs to it."""

    organisation: Organisation
    children: list[TreeNode] = field(default_factory=list)
    is_current: bool = False

    @property
    def label(self) -> str:
        return self.organisation.label

    @property
    def url(self) -> str:
        return self.organisation.get_url()


def nested(organisations: Iterable[Organisation]) -> list[TreeNode]:
    """Nested nodes; one whose parent is not among them stands at the root. No query."""
    nodes = {record.pk: TreeNode(record) for record in organisations}
    roots: list[TreeNode] = []
    for node in nodes.values():
        parent = nodes.get(node.organisation.parent_id or 0)
        (parent.children if parent else roots).append(node)
    return roots


@dataclass(frozen=True)
class Surroundings:
    """Where an organisation stands: its tree, and what became of it and others."""

    tree: list[TreeNode]
    predecessors: list[Organisation]
    #: What it is today, after every merger; nothing while it is still itself.
    successor: Organisation | None


def surroundings(organisation: Organisation) -> Surroundings:
    """The way from the root to an organisation and its children, and mergers: one query.

    One node per level as a nested list shows it; siblings are on the full list.
    """
    everyone = Organisation.objects.visible().only(*ORGANISATION_COLUMNS)
    records = {record.pk: record for record in everyone}
    current = [record for record in records.values() if not record.successor_id]
    return Surroundings(
        _chain(organisation, current),
        [r for r in records.values() if r.successor_id == organisation.pk],
        _last_successor(organisation, records),
    )


def _last_successor(
    organisation: Organisation, records: Mapping[int, Organisation]
) -> Organisation | None:
    """The end of the chain as far as everyone may see it; a circle ends it, too."""
    found = None
    seen = {organisation.pk}
    following = records.get(organisation.successor_id or 0)
    while following is not None and following.pk not in seen:
        seen.add(following.pk)
        found = following
        following = records.get(following.successor_id or 0)
    return found


def _chain(
    organisation: Organisation, others: Iterable[Organisation]
) -> list[TreeNode]:
    records = {record.pk: record for record in others}
    by_parent: dict[int | None, list[Organisation]] = defaultdict(list)
    for record in records.values():
        by_parent[record.parent_id].append(record)
    current = TreeNode(organisation, is_current=True)
    current.children = [TreeNode(record) for record in by_parent[organisation.pk]]
    top = current
    parent = records.get(organisation.parent_id or 0)
    seen = {organisation.pk}
    while parent is not None and parent.pk not in seen:
        seen.add(parent.pk)
        top = TreeNode(parent, children=[top])
        parent = records.get(parent.parent_id or 0)
    return [top] if top is not current or current.children else []
