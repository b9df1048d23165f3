"""Which methods an address names, and all that is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from hub.addresses import easy_path
from hub.models import EasyText
from hub.references import read_references
from hub.sorting import collation_key
from hub.templatetags.hub_tags import plain
from methods import practice
from methods.addresses import KIND, METHOD, method_reference
from methods.compare.table import Compared
from methods.models import MethodPage

MOST = 4
#: Longer addresses are nobody's choice: what comes behind is not even looked up.
MOST_READ = 40

#: Parameter and value that leave out what is the same.
ONLY, DIFFERENCES = "nur", "unterschiede"


@dataclass(frozen=True)
class Choice:
    """A method that can be compared."""

    pk: int
    title: str
    key: Any
    #: The language of its title, when that is not the page's.
    lang: str = ""

    @property
    def reference(self) -> str:
        return method_reference(self.pk)


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as far as it can be shown."""

    chosen: list[Choice]
    missing: int = 0
    repeated: int = 0
    left_out: int = 0
    only_differences: bool = False


def choices(language: str) -> dict[int, Choice]:
    """All methods everyone may see in this language, by German page: two queries."""
    sources = dict(MethodPage.objects.sources().values_list("translation_key", "pk"))
    rows = (
        MethodPage.objects.visible()
        .in_language(language)
        .values_list("translation_key", "title", "alias_of__locale__language_code")
    )
    found = [
        Choice(sources[key], plain(title), key, _other(shown, language))
        for key, title, shown in rows
        if key in sources
    ]
    found.sort(key=lambda choice: collation_key(choice.title))
    return {choice.pk: choice for choice in found}


def _other(shown: str | None, language: str) -> str:
    """The language of a text, where it has to be said."""
    return shown if shown and shown != language else ""


def read(params: QueryDict, known: Mapping[int, Choice]) -> Asked:
    """Read an address. An empty field of the form asks for nothing."""
    values = [value for value in params.getlist(METHOD) if value.strip()]
    references, unreadable = read_references(values)
    looked_up = references[:MOST_READ]
    found = [
        known[reference.pk]
        for reference in looked_up
        if reference.kind == KIND and reference.pk in known
    ]
    return Asked(
        chosen=found[:MOST],
        missing=unreadable + len(looked_up) - len(found),
        repeated=len(values) - unreadable - len(references),
        left_out=len(found[MOST:]) + len(references[MOST_READ:]),
        only_differences=params.get(ONLY) == DIFFERENCES,
    )


def _names(field: str, pages: Collection[int]) -> dict[int, list[str]]:
    """Names of a many-to-many field by page, in the order of the vocabulary: a query."""
    through = getattr(MethodPage, field).through
    target = getattr(MethodPage, field).rel.model._meta.model_name
    rows = through.objects.filter(methodpage__in=pages).select_related(target)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by(f"{target}__sort_order", "pk"):
        found[row.methodpage_id].append(str(getattr(row, target)))
    return found


def _easy_texts(pks: Collection[int], language: str) -> dict[int, EasyText]:
    texts = EasyText.objects.visible().in_language(language).filter(page_id__in=pks)
    return {text.page_id: text for text in texts}


def compared(
    chosen: Sequence[Choice], request: HttpRequest, language: str
) -> list[Compared]:
    """The chosen methods with all that is said of them: as many queries for one as for
    four."""
    pages = {
        page.translation_key: page
        for page in MethodPage.objects.visible()
        .in_language(language)
        .filter(translation_key__in=[choice.key for choice in chosen])
        .select_related("locale", "alias_of__locale")
    }
    pks = [choice.pk for choice in chosen]
    own = [page.pk for page in pages.values()]
    cases, easy = practice.counts(pks), _easy_texts(pks, language)
    goals, groups, measures = (
        _names(field, own) for field in ("goals", "target_groups", "inclusion_measures")
    )
    found = []
    for choice in chosen:
        page, text = pages.get(choice.key), easy.get(choice.pk)
        if page is None:  # hidden just now
            continue
        url = page.get_url(request) or ""
        found.append(
            Compared(
                pk=choice.pk,
                page=page,
                title=page.title,
                url=url,
                lang=choice.lang,
                cases=cases.get(choice.pk, 0),
                goals=goals[page.pk],
                target_groups=groups[page.pk],
                measures=measures[page.pk],
                easy_url=easy_path(url, language) if text else "",
                easy_checked=bool(text and text.is_checked),
            )
        )
    return found
