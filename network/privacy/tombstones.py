"""Hashes of those who must not come back: in the database, and in a file beside it.

A restored backup knows nothing of later erasures; the file does. It holds one line of
JSON per hash and nothing else, so it may be kept where backups are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from network.privacy.choices import Why

ROW, MAIL, NAME = "row", "mail", "name"


def digest(of: str, text: str) -> str:
    """A hash under a key: without it nobody can try names out."""
    return salted_hmac(
        f"network.tombstone.{of}",
        text,
        secret=settings.HUB_TOMBSTONE_KEY or None,
        algorithm="sha256",
    ).hexdigest()


def of_row(person: Any) -> str:
    """Of one row with this name: a number alone may be given to somebody else."""
    return digest(ROW, f"{person.pk}:{_plain(person.name)}")


def of_mail(address: str) -> str:
    return digest(MAIL, address.strip().casefold())


def of_name(name: str) -> str:
    return digest(NAME, _plain(name))


def _plain(name: str) -> str:
    """A name whatever the order of its words: "Beispiel, Anna" is "Anna Beispiel"."""
    return " ".join(sorted(name.casefold().replace(",", " ").split()))


def digests_of(person: Any) -> dict[str, str]:
    """Everything by which somebody would be known again."""
    found = {of_row(person): ROW, of_name(person.name): NAME}
    if person.private_email:
        found[of_mail(person.private_email)] = MAIL
    return found


def put(person: Any, why: str) -> None:
    """Leave hashes of somebody who is about to be deleted."""
    from network.models import Tombstone

    # Who let a consent run out has not said no for ever; only the row must not return.
    known_again = why != Why.EXPIRED
    rows = [
        Tombstone(digest=value, of=of, why=why)
        for value, of in digests_of(person).items()
        if known_again or of == ROW
    ]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True)
    lines = [{"digest": row.digest, "of": row.of, "why": row.why} for row in rows]
    transaction.on_commit(lambda: _append(lines))


def refuse(person: Any) -> None:
    """Raise when somebody is entered who does not want to be here. An address always
    counts; a name only of new entries, and namesakes may be told apart by hand."""
    if person.private_email and _known(of_mail(person.private_email)):
        raise ValidationError({"private_email": _message()})
    if person.pk or getattr(person, "is_namesake", False) or person.is_demo:
        return
    if _known(of_name(person.name)):
        raise ValidationError({"name": _message()})


def _message() -> str:
    return _(
        "Diese Person darf nicht wieder eingetragen werden: Sie wurde auf Wunsch "
        "gelöscht, hat abgelehnt oder auf eine Einladung nicht geantwortet."
    )


def _known(value: str) -> bool:
    from network.models import Tombstone

    return Tombstone.objects.filter(digest=value).exists()


def forget(address: str, name: str = "") -> int:
    """Somebody wants to come back: their hashes go, here and in the file."""
    from network.models import Tombstone

    gone = {of_mail(address)} | ({of_name(name)} if name else set())
    number = Tombstone.objects.filter(digest__in=gone).delete()[0]
    left = [line for line in read() if line["digest"] not in gone]
    path = file()
    if path.exists():
        path.write_text("".join(f"{json.dumps(line)}\n" for line in left))
    return number


# The file beside the database ------------------------------------------------------------


def file() -> Path:
    """Where hashes are kept outside of the database."""
    return Path(settings.HUB_TOMBSTONES)


def _append(lines: list[dict[str, str]]) -> None:
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        handle.writelines(f"{json.dumps(line)}\n" for line in lines)


def read(path: Path | None = None) -> Iterator[dict[str, str]]:
    """The lines of the file; what is no line of ours is passed over."""
    path = path or file()
    if not path.exists():
        return
    for text in path.read_text().splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and {"digest", "of", "why"} <= set(line):
            yield line


def take_in(path: Path | None = None) -> int:
    """Enter hashes of the file that the database does not know; returns how many."""
    from network.models import Tombstone

    known = set(Tombstone.objects.values_list("digest", flat=True))
    new = {
        line["digest"]: Tombstone(
            digest=line["digest"][:64], of=line["of"][:10], why=line["why"][:20]
        )
        for line in read(path)
        if line["digest"] not in known
    }
    Tombstone.objects.bulk_create(new.values(), ignore_conflicts=True)
    return len(new)


def still_here() -> list[Any]:
    """People a restored backup brought back although they had been erased."""
    from network.models import Person, Tombstone

    gone = set(Tombstone.objects.filter(of=ROW).values_list("digest", flat=True))
    if not gone:
        return []
    people = Person.objects.only("pk", "name").iterator()
    return [person for person in people if of_row(person) in gone]
