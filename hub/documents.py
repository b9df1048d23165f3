"""Files that editors upload: what may come in, and who may fetch it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_static

from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import ReferenceIndex

#: First bytes of the formats that have such; the others are plain text.
SIGNATURES = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("docx", "odt", "xlsx", "ods", "zip"), (b"PK\x03\x04",)),
}
TEXT_FORMATS = ("csv", "txt")
#: Folders of the media everybody may fetch, and those for people who are signed in.
PUBLIC_FOLDERS = ("images",)
STAFF_FOLDERS = ("original_images", "avatar_images")
WEEK = 7 * 24 * 60 * 60


# ---- in ------------------------------------------------------------------------------


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, with a limit of size and a look at the first bytes."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        most = settings.HUB_DOCUMENT_MAX_BYTES
        if file.size > most:
            raise ValidationError(
                _("Die Datei ist zu groß. Erlaubt sind %(size)s.")
                % {"size": filesizeformat(most)}
            )
        if not _is_what_it_says(file):
            raise ValidationError(
                _("Der Inhalt der Datei passt nicht zur Endung ihres Namens.")
            )
        return file


def _is_what_it_says(file: Any) -> bool:
    extension = file.name.rpartition(".")[2].lower()
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if extension in TEXT_FORMATS:
        return b"\x00" not in start and not start.lstrip().lower().startswith(
            (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
        )
    return start.startswith(SIGNATURES.get(extension, ()))


# ---- out -----------------------------------------------------------------------------


def may_edit(request: HttpRequest) -> bool:
    """Whether the visitor is signed in and may use the admin."""
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.has_perm("wagtailadmin.access_admin"))


def is_public(document: Any) -> bool:
    """Whether something that everybody may see links the document.

    A file that only drafts, hidden pages or nothing at all refers to is not public:
    its number in the address is easy to guess.
    """
    references = (
        ReferenceIndex.get_references_to(document)
        .values_list("base_content_type", "object_id")
        .distinct()
    )
    by_type: dict[int, list[str]] = {}
    for type_id, object_id in references:
        by_type.setdefault(type_id, []).append(object_id)
    return any(
        _any_visible(ContentType.objects.get_for_id(type_id).model_class(), ids)
        for type_id, ids in by_type.items()
    )


def _any_visible(model: Any, ids: Iterable[str]) -> bool:
    from hub.models import Record
    from hub.models.visibility import public_pages

    page_model = apps.get_model("wagtailcore", "Page")
    if model is page_model:
        return public_pages().filter(pk__in=ids).exists()
    if model is not None and issubclass(model, Record):
        return model.objects.visible().filter(pk__in=ids).exists()
    return False


@require_safe
def document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponse:
    """A document that may be seen; to everybody else it does not exist."""
    from hub.models import HubDocument

    found = HubDocument.objects.filter(pk=document_id).first()
    if found is None or not (may_edit(request) or is_public(found)):
        raise Http404
    response = serve_document(request, document_id, document_filename)
    add_never_cache_headers(response)
    return response


@require_safe
@transaction.non_atomic_requests
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Pictures as pages show them. Documents have an address of their own."""
    path = posixpath.normpath(path).lstrip("/")
    folder = path.partition("/")[0]
    if folder not in PUBLIC_FOLDERS and not (
        folder in STAFF_FOLDERS and may_edit(request)
    ):
        raise Http404
    response = serve_static(request, path, document_root=settings.MEDIA_ROOT)
    reach = "public" if folder in PUBLIC_FOLDERS else "private"
    response["Cache-Control"] = f"{reach}, max-age={WEEK}"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
