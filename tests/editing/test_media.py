"""Images and documents: no publishing without author, text and consent."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wagtail.images.tests.utils import get_test_image_file

import pytest

from hub.models import HubDocument, HubImage
from hub.roles import EDITORS
from hub.translations.refusal import PublishingRefused

from .conftest import block

pytestmark = pytest.mark.django_db


def _upload(**values):
    file = get_test_image_file().file
    file.seek(0)
    upload = SimpleUploadedFile("bild.png", file.read(), content_type="image/png")
    return {"title": "Platz", "file": upload, "licence": "cc-by-4.0", **values}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"description": "Ein Platz."}, "author"),
        ({"author": "Beispielperson"}, "description"),
        (
            {"author": "B.", "description": "Zwei Menschen.", "shows_people": "on"},
            "people_agreed",
        ),
    ],
)
def test_upload_without_rights_is_refused(as_role, values, field):
    response = as_role(EDITORS).post(reverse("wagtailimages:add"), _upload(**values))
    assert field in response.context["form"].errors
    assert not HubImage.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"author": "B.", "description": "Ein Platz mit Bäumen."},
        {"author": "B.", "is_decorative": "on"},
        {
            "author": "B.",
            "description": "Zwei Menschen.",
            "shows_people": "on",
            "people_agreed": "on",
        },
    ],
)
def test_upload_with_rights_works(as_role, values):
    response = as_role(EDITORS).post(reverse("wagtailimages:add"), _upload(**values))
    assert response.status_code == 302
    assert HubImage.objects.count() == 1


def test_several_at_once_wait_for_their_rights(as_role):
    data = {"title": "Platz", "files[]": _upload()["file"]}
    response = as_role(EDITORS).post(reverse("wagtailimages:add_multiple"), data)
    assert response.json()["success"]
    assert not HubImage.objects.exists(), "kept aside until the form is filled in"


def test_document_without_author_is_refused(as_role):
    file = SimpleUploadedFile("plan.txt", b"Plan", content_type="text/plain")
    data = {"title": "Plan", "file": file, "licence": "cc-by-4.0"}
    response = as_role(EDITORS).post(reverse("wagtaildocs:add"), data)
    assert "author" in response.context["form"].errors
    assert not HubDocument.objects.exists()


def test_a_page_with_an_unsettled_image_is_not_published(case):
    image = HubImage.objects.create(title="Fest", file=get_test_image_file(), author="")
    draft = case.get_latest_revision_as_object()
    draft.story = [block("image", {"image": image.pk, "caption": ""})]
    revision = draft.save_revision()
    with pytest.raises(PublishingRefused, match="Fest"):
        revision.publish()
    image.author = "B."
    image.save()
    with pytest.raises(PublishingRefused, match="Beschreiben Sie das Bild"):
        revision.publish()
    image.description = "Menschen feiern auf dem Platz."
    image.save()
    revision.publish()
    case.refresh_from_db()
    assert case.story[0].value["image"] == image


def test_the_image_when_sharing_counts_too(case):
    image = HubImage.objects.create(
        title="Teilen", file=get_test_image_file(), author=""
    )
    draft = case.get_latest_revision_as_object()
    draft.share_image = image
    with pytest.raises(PublishingRefused, match="Teilen"):
        draft.save_revision().publish()
