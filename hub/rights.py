"""No publishing with images or documents whose rights are not settled."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from wagtail.models import Page, ReferenceIndex

from hub.models.media import HubDocument, HubImage, Rights


def media_of(page: Page) -> list[Rights]:
    """Images and documents a page shows, also those within its texts."""
    kinds = {
        ContentType.objects.get_for_model(m).pk: m for m in (HubImage, HubDocument)
    }
    wanted: dict[type[Rights], set[str]] = {HubImage: set(), HubDocument: set()}
    references = ReferenceIndex._extract_references_from_object(page)
    for kind, object_id, *_path in references:
        if kind in kinds:
            wanted[kinds[kind]].add(object_id)
    return [
        item
        for model, keys in wanted.items()
        if keys
        for item in model.objects.filter(pk__in=keys)
    ]


def unsettled(page: Page) -> list[str]:
    """What is missing, in sentences: one for each image or document."""
    found = []
    for item in media_of(page):
        try:
            item.check_rights()
        except ValidationError as error:
            found.append(
                gettext("„%(title)s“: %(reason)s")
                % {"title": item.title, "reason": " ".join(error.messages)}
            )
    return found
