"""Files: what may be uploaded, and who may fetch what."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from wagtail.documents.forms import get_document_form
from wagtail.images.fields import WagtailImageField
from wagtail.models import PageViewRestriction, ReferenceIndex

import pytest
from PIL import Image

from hub.models import HubDocument, HubImage, StandardPage, User
from tests.factories import hub as make

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def document():
    found = HubDocument(title="Leitfaden", author="Büro")
    found.file.save("leitfaden.pdf", ContentFile(PDF))
    found.save()
    return found


@pytest.fixture
def editor():
    user = User.objects.create_user("editor", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def page_with(document, **values):
    """A page whose text links the document."""
    link = f'<p><a linktype="document" id="{document.pk}">Leitfaden</a></p>'
    page = StandardPage(
        title="Hilfe", slug="hilfe", body=[("paragraph", link)], **values
    )
    make.homes()["de"].add_child(instance=page)
    # Wagtail does this after the commit, which tests never reach.
    ReferenceIndex.create_or_update_for_object(page)
    return page


# ---- documents ---------------------------------------------------------------------------


def test_linked_by_a_visible_page_is_for_everybody(client, document):
    page_with(document)
    response = client.get(document.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_linked_by_nothing_does_not_exist(client, document, editor):
    assert client.get(document.url).status_code == 404
    client.force_login(editor)
    assert client.get(document.url).status_code == 200


def test_linked_by_a_draft_does_not_exist(client, document):
    page_with(document, live=False)
    assert client.get(document.url).status_code == 404


def test_linked_by_a_restricted_page_does_not_exist(client, document):
    page = page_with(document)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(document.url).status_code == 404


def test_unpublished_page_takes_its_document_along(client, document):
    page = page_with(document)
    page.unpublish()
    assert client.get(document.url).status_code == 404


def test_an_account_without_the_admin_is_not_enough(client, document):
    client.force_login(User.objects.create_user("somebody", password="x"))
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize("name", ["anders.pdf", "../leitfaden.pdf", "%00"])
def test_name_must_fit_the_number(client, document, name):
    page_with(document)
    assert client.get(f"/documents/{document.pk}/{name}").status_code == 404


# ---- media -------------------------------------------------------------------------------------


@pytest.fixture
def rendition():
    buffer = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(buffer, "PNG")
    image = HubImage.objects.create(
        title="Platz",
        author="Büro",
        description="Ein Platz",
        file=ImageFile(buffer, name="platz.png"),
    )
    return image.get_rendition("fill-20x20")


def test_pictures_of_pages_are_for_everybody(client, rendition):
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    response.close()


def test_originals_are_for_editors(client, rendition, editor):
    original = rendition.image.file.url
    assert client.get(original).status_code == 404
    client.force_login(editor)
    response = client.get(original)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "documents/leitfaden.pdf",
        "images/../documents/leitfaden.pdf",
        "images//../../hub.sqlite3",
        "images/%2e%2e/documents/leitfaden.pdf",
        "../index/current.json",
        "images/",
        "images/nothing.png",
        "images/%00.png",
        "",
    ],
)
def test_nothing_else_of_the_media_is_served(client, document, path):
    assert client.get(f"/media/{path}", follow=True).status_code == 404


# ---- uploads -------------------------------------------------------------------------------------


def upload(name, content):
    """Errors of the file field for an upload."""
    form = get_document_form(HubDocument)(
        data={"title": "x"},
        files={"file": SimpleUploadedFile(name, content)},
        user=User(is_superuser=True, is_active=True),
    )
    form.is_valid()
    return form.errors.get("file")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("a.docx", b"PK\x03\x04rest"), ("a.csv", b"a;b\n1;2\n")],
)
def test_usual_documents_are_taken(name, content):
    assert upload(name, content) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg/>"),
        ("a.html", b"<html>"),
        ("a.exe", b"MZ"),
        ("a.pdf", b"<html><script>"),
        ("a.docx", PDF),
        ("a.txt", b"<!DOCTYPE html><script>"),
        ("a.txt", b"  <svg onload=alert(1)>"),
        ("a.csv", b"MZ\x00\x00"),
    ],
)
def test_other_and_disguised_ones_are_refused(name, content):
    assert upload(name, content)


def test_too_large_says_how_large_it_may_be():
    with override_settings(HUB_DOCUMENT_MAX_BYTES=10):
        assert "10" in upload("a.pdf", PDF)[0]


@pytest.mark.parametrize("name", ["bild.svg", "bild.png"])
def test_svg_is_no_picture_whatever_its_name(name):
    field = WagtailImageField()
    with pytest.raises(Exception, match=r"."):
        field.clean(
            SimpleUploadedFile(name, b'<svg xmlns="http://www.w3.org/2000/svg"/>')
        )
