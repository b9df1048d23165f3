"""The corpora of the search benchmark: texts, and real cases in the database.

The first 20,000 texts are as they are: contributions of an online dialogue, then sections
of laws. Above that, sentences and headings of the sections are put together anew with a
fixed seed: such texts say nothing about quality and serve for times only.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from wagtail.models import Page

from casestudies.choices import CaseStatus
from casestudies.models import CaseIndexPage, CaseStudyPage
from hub.models import TargetGroup, Topic
from network.models import District

SEED = 20_261_125
#: So many texts are real; what is above is made of them.
REAL = 20_000
SLUG = "messung-"
_BATCH = 500
_RELATIONS = ("topics", "target_groups", "districts")
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")


class Text(NamedTuple):
    """A text of the corpus."""

    title: str
    text: str


def texts(folder: Path) -> Iterator[Text]:
    """Texts without end: the real ones, then those made of them."""
    laws = [_text(line) for line in _lines(folder / "laws_dev.jsonl.gz")]
    dialogue = [_text(line) for line in _lines(folder / "contributions_dev.jsonl")]
    yield from islice((*dialogue, *laws), REAL)
    yield from _recombined(laws)


def _lines(path: Path) -> list[str]:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).decode().splitlines()
    return path.read_text().splitlines()


def _text(line: str) -> Text:
    record = json.loads(line)
    return Text(record["title"], record["text"])


def _recombined(laws: Sequence[Text]) -> Iterator[Text]:
    """A heading of one section, the law of another, sentences of many."""
    chance = random.Random(SEED)
    sentences = [s for law in laws for s in _SENTENCE.split(law.text)]
    each = len(sentences) / len(laws)
    while True:
        heading = chance.choice(laws).title.partition(" – ")[0]
        law = chance.choice(laws).title.rpartition(" – ")[2]
        number = max(1, round(chance.expovariate(1 / each)))
        text = " ".join(chance.choices(sentences, k=min(number, 60)))
        yield Text(f"{heading} – {law}", text)


# ---- into the database -----------------------------------------------------------------


def clear() -> None:
    """Remove every case that a benchmark made, below all models: there are many."""
    made = Page.objects.filter(slug__startswith=SLUG).values("pk")
    with transaction.atomic():
        for name in _RELATIONS:
            through = CaseStudyPage._meta.get_field(name).remote_field.through
            rows = through.objects.filter(casestudypage__in=made)
            rows._raw_delete(rows.db)
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM casestudies_casestudypage WHERE page_ptr_id IN"
                " (SELECT id FROM wagtailcore_page WHERE slug LIKE %s)",
                [f"{SLUG}%"],
            )
        pages = Page.objects.filter(slug__startswith=SLUG)
        pages._raw_delete(pages.db)


def path_of(number: int) -> str:
    """The place of a case in Wagtail's tree; later cases stand behind it."""
    return Page.objects.values_list("path", flat=True).get(slug=f"{SLUG}{number}")


def fill(folder: Path, begin: int, end: int) -> None:
    """The cases from one number to another.

    Rows are written in bulk: no signals, no revisions, nothing queued for the search.
    """
    filler = _Filler()
    corpus = islice(texts(folder), begin, end)
    for start in range(begin, end, _BATCH):
        batch = list(islice(corpus, min(_BATCH, end - start)))
        filler.write(start, batch)
    filler.finish()


class _Filler:
    """Writes cases below the German list of cases."""

    def __init__(self) -> None:
        language = {"locale__language_code": "de"}
        self.root = CaseIndexPage.objects.get(**language)
        self.own = CaseStudyPage.objects.filter(**language)
        self.first = self._first_step()
        self.kind = ContentType.objects.get_for_model(CaseStudyPage)
        self.topics = list(Topic.objects.order_by("pk"))
        self.groups = list(TargetGroup.objects.order_by("pk"))
        self.districts = list(District.objects.order_by("pk"))

    def _first_step(self) -> int:
        """The first free place below the list in Wagtail's tree."""
        paths = self.own.exclude(slug__startswith=SLUG).values_list("path", flat=True)
        return max((Page._str2int(path[-Page.steplen :]) for path in paths), default=0)

    def write(self, start: int, batch: Sequence[Text]) -> None:
        """One batch in one transaction."""
        numbers = range(start + 1, start + 1 + len(batch))
        pairs = list(zip(numbers, batch, strict=True))
        with transaction.atomic():
            pages = [self._page(number, text) for number, text in pairs]
            Page.objects.bulk_create(pages)
            ids = dict(
                Page.objects.filter(path__in=[p.path for p in pages]).values_list(
                    "path", "pk"
                )
            )
            cases = [
                self._case(ids[page.path], number, text)
                for page, (number, text) in zip(pages, pairs, strict=True)
            ]
            _insert(CaseStudyPage, cases)
            self._link(numbers, [case.page_ptr_id for case in cases])

    def _page(self, number: int, text: Text) -> Page:
        slug = f"{SLUG}{number}"
        moment = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        title = text.title[:255]
        return Page(
            path=Page._get_path(
                self.root.path, self.root.depth + 1, self.first + number
            ),
            depth=self.root.depth + 1,
            numchild=0,
            translation_key=uuid.uuid5(uuid.NAMESPACE_OID, slug),
            locale_id=self.root.locale_id,
            live=True,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{self.root.url_path}{slug}/",
            content_type=self.kind,
            first_published_at=moment,
            last_published_at=moment,
        )

    def _case(self, pk: int, number: int, text: Text) -> CaseStudyPage:
        sentences = _SENTENCE.split(text.text)
        summary, rest = sentences[0][:300], " ".join(sentences[1:])
        story = [{"type": "paragraph", "value": f"<p>{escape(rest)}</p>"}]
        statuses = CaseStatus.values
        return CaseStudyPage(
            page_ptr_id=pk,
            summary=summary,
            story=json.dumps(story),
            year_from=2005 + number % 20,
            status=statuses[number % len(statuses)],
            reviewed_at=date(2021, 1, 1),
        )

    def _link(self, numbers: Sequence[int], ids: Sequence[int]) -> None:
        """Topics, target groups and districts: enough values for full facets."""
        chance = random.Random(SEED + numbers[0])
        wanted: list[tuple[str, Sequence[Any], int]] = [
            ("topics", self.topics, 2),
            ("target_groups", self.groups, 1),
            ("districts", self.districts, 1),
        ]
        for name, entries, most in wanted:
            field = CaseStudyPage._meta.get_field(name)
            through = field.remote_field.through
            case, entry = field.m2m_column_name(), field.m2m_reverse_name()
            through.objects.bulk_create(
                through(**{case: pk, entry: chosen.pk})
                for pk in ids
                for chosen in chance.sample(entries, min(most, len(entries)))
            )

    def finish(self) -> None:
        """Tell the tree how many pages stand below the list."""
        children = self.own.count()
        Page.objects.filter(pk=self.root.pk).update(numchild=children)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def _insert(model: type[Model], objects: Sequence[Model]) -> None:
    """The rows of a child table alone; Django's own bulk_create refuses those."""
    fields = model._meta.local_concrete_fields
    model._default_manager.all()._insert(objects, fields=fields, using="default")
