"""Makes a draft of a translation from its texts, without touching the live page.

wagtail-localize's own ``create_or_update_translation`` saves the live row even for a
draft, turns a placeholder into an ordinary page at once, and publishes after commit.
"""

from __future__ import annotations

from django.utils.text import slugify

from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision

from wagtail_localize.models import Translation

from . import neutral
from .texts import digest


def build_draft(record: Translation, user=None) -> Revision:
    """A new draft of all translated texts. Raises if one is missing.

    A placeholder stays one until the draft is published.
    """
    german = record.source.get_source_instance()
    page = record.source.get_ephemeral_translated_instance(record.target_locale)
    page.alias_of_id = None
    neutral.copy(german, page, neutral.copied_fields(german, page))
    page.slug = _free_slug(page)
    page.text_digest = digest(record.source.as_instance())
    return page.save_revision(user=user, log_action=True)


def _free_slug(page: Page) -> str:
    return find_available_slug(
        page.get_parent(), slugify(page.slug), ignore_page_id=page.pk
    )
