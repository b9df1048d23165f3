"""Links to other websites: where they stand, how they are asked, what comes of it."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

import pytest

from hub.linkcheck import net, places, run
from hub.models import CheckedLink, LinkPlace, StandardPage
from hub.models.link import FAILURES, LinkState
from hub.roles import EDITORS
from tests.factories import hub as make
from tests.factories import network as things


class Site(BaseHTTPRequestHandler):
    """A server with every habit that servers have."""

    asked: Counter = Counter()

    def _answer(self, method: str) -> None:
        Site.asked[method, self.path] += 1
        name = self.path.strip("/").split("?")[0]
        headers = {}
        if name.isdigit():
            status = int(name)
        elif name == "nohead":
            status = 200 if method == "GET" else 405
        elif name.startswith("zu-"):
            status, headers = int(name[3:6]), {"Location": f"/{name[7:]}"}
        elif name == "kreis":
            status, headers = 302, {"Location": "/kreis"}
        elif name == "intern":
            status, headers = 302, {"Location": "http://169.254.169.254/latest/"}
        elif name == "gross":
            return self._endless(b"x" * 8192)
        elif name == "tropfen":
            return self._endless(b"x", pause=0.05)
        else:
            status = 200
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _endless(self, part: bytes, pause: float = 0) -> None:
        """A body without end, or a header that comes letter by letter."""
        if pause:
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        else:
            self.send_response(405 if self.command == "HEAD" else 200)
            self.end_headers()
            if self.command == "HEAD":
                return
        try:
            for _part in range(2000):
                self.wfile.write(part)
                Site.asked["bytes", self.path] += len(part)
                time.sleep(pause)
        except OSError:
            return

    def do_HEAD(self):
        self._answer("HEAD")

    def do_GET(self):
        self._answer("GET")

    def log_message(self, *args):
        return


@pytest.fixture
def server():
    Site.asked.clear()
    found = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()


@pytest.fixture
def rules(server):
    """Names ending in ".test" are this server; everything else is as always."""
    port = server.server_address[1]

    def resolve(host, wanted):
        if host.endswith(".test"):
            return ["127.0.0.1"]
        return net.resolve(host, wanted)

    return net.Rules(
        resolve=resolve,
        is_allowed=lambda ip: ip == "127.0.0.1" or net.is_public(ip),
        ports=frozenset({port, 80, 443}),
        step_seconds=2,
        total_seconds=3,
    )


@pytest.fixture
def url(server):
    return lambda path="", host="stadt": (
        f"http://{host}.test:{server.server_address[1]}/{path}"
    )


def link(url: str, **values) -> CheckedLink:
    return CheckedLink.objects.create(url=url, host=places.host_of(url), **values)


# Asking ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("", LinkState.WORKS),
        ("404", LinkState.DEAD),
        ("410", LinkState.DEAD),
        ("403", LinkState.CLOSED),
        ("429", LinkState.CLOSED),
        ("500", LinkState.FAILING),
        ("503", LinkState.FAILING),
        ("nohead", LinkState.WORKS),
        ("zu-301-neu", LinkState.MOVED),
        ("zu-302-neu", LinkState.WORKS),
        ("zu-301-404", LinkState.DEAD),
        ("kreis", LinkState.FAILING),
        ("intern", LinkState.REFUSED),
    ],
)
def test_what_an_answer_says(db, url, rules, path, state):
    found = link(url(path))
    run.settle(found, rules)
    found.refresh_from_db()
    assert found.state == state
    assert (found.moved_to == url("neu")) == (state == LinkState.MOVED)


def test_head_first_and_get_only_where_that_says_no(url, rules):
    net.ask(url("gut"), rules)
    net.ask(url("nohead"), rules)
    assert Site.asked == {
        ("HEAD", "/gut"): 1,
        ("HEAD", "/nohead"): 1,
        ("GET", "/nohead"): 1,
    }


def test_a_body_without_end_is_read_a_little(url, rules):
    assert net.ask(url("gross"), rules).status == 200
    # What the system keeps for the connection comes on top.
    assert Site.asked["bytes", "/gross"] < 8 * 1024 * 1024


def test_a_slow_server_holds_up_nobody(url, rules):
    start = time.monotonic()
    with pytest.raises(net.Unreachable):
        net.ask(url("tropfen"), rules)
    assert time.monotonic() - start < 8


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.5.5",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "nonsense",
    ],
)
def test_private_addresses_are_none(address):
    assert not net.is_public(address)


def test_public_addresses_are():
    assert net.is_public("217.149.228.1")
    assert net.is_public("2a00:1450:4001::1")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///nowhere",
        "http://[broken/",
    ],
)
def test_addresses_nobody_may_ask(address, monkeypatch):
    def connect(*args, **kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises((net.Refused, net.Unreachable)):
        net.ask(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    rules = net.Rules(resolve=lambda host, port: ["217.149.228.1", "10.0.0.1"])
    with pytest.raises(net.Refused):
        net.ask("http://zwei.example/", rules)


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch):
    """A name that changes in between (DNS rebinding) gains nothing."""
    answers = iter([["217.149.228.1"], ["127.0.0.1"]])
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(net.Unreachable):
        net.ask("http://wechsel.example/", net.Rules(resolve=lambda *a: next(answers)))
    assert asked == [("217.149.228.1", 80)]


def test_a_name_that_is_gone_is_dead(db, rules):
    def resolve(host, port):
        raise net.Unreachable("name", gone=True)

    found = link("http://gibt-es-nicht.example/")
    run.settle(found, net.Rules(resolve=resolve))
    assert found.state == LinkState.DEAD


# A round ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_bounded_and_the_never_checked_first(url, rules):
    old = timezone.now() - timedelta(days=40)
    link(url("alt"), checked_at=old)
    for number in range(4):
        link(url(f"neu{number}", host=f"h{number}"))
    found = run.check(3, rules, sleep=lambda seconds: None)
    assert (found.checked, found.left) == (3, 2)
    assert not Site.asked["HEAD", "/alt"]
    assert run.check(9, rules, sleep=lambda seconds: None).checked == 2
    # Nothing is due any more, however often it runs.
    assert run.check(9, rules).checked == 0


@pytest.mark.django_db
@override_settings(HUB_LINK_HOST_SECONDS=0.3)
def test_each_host_rests_while_others_are_asked(url, rules):
    for number in range(3):
        link(url(f"a{number}", host="a"))
        link(url(f"b{number}", host="b"))
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        time.sleep(seconds)

    start = time.monotonic()
    assert run.check(10, rules, sleep=sleep).checked == 6
    # Three of each host, two rests between them, both hosts at a time.
    assert 0.6 <= time.monotonic() - start < 1.8
    assert pauses


@pytest.mark.django_db
def test_who_asks_to_wait_is_left_alone(url, rules):
    link(url("429", host="voll"))
    link(url("danach", host="voll"))
    run.check(10, rules, sleep=lambda seconds: None)
    assert not Site.asked["HEAD", "/danach"]


@pytest.mark.django_db
@override_settings(HUB_LINK_RUN_SECONDS=0.0)
def test_a_round_ends_in_time(url, rules):
    link(url("x"))
    assert run.check(10, rules).checked == 0


@pytest.mark.django_db
def test_servers_may_rest_before_anybody_is_told(url, rules):
    found = link(url("503"))
    LinkPlace.objects.create(link=found, content_type_id=1, object_id=1, field="x")
    for times in range(1, FAILURES + 1):
        run.settle(found, rules)
        assert CheckedLink.objects.broken().exists() == (times == FAILURES)
    since = found.broken_since
    CheckedLink.objects.update(url=url("gut"))
    found.refresh_from_db()
    run.settle(found, rules)
    assert (since, found.broken_since, found.failures) == (
        timezone.localdate(),
        None,
        0,
    )


# Where they stand ------------------------------------------------------------------------


@pytest.fixture
def texts(db):
    home = make.homes()["de"]
    page = StandardPage(
        title="Über uns",
        slug="ueber-uns",
        body=[
            {
                "id": str(uuid4()),
                "type": "paragraph",
                "value": '<p><a href="https://www.example.com/a?b=1&amp;c=2">x</a> '
                '<a linktype="page" id="1">y</a> <a href="mailto:a@b.at">z</a></p>',
            }
        ],
    )
    home.add_child(instance=page)
    record = things.organisation(
        website="https://stelle.example/",
        sources=[
            {
                "id": str(uuid4()),
                "type": "source",
                "value": {
                    "title": "Quelle",
                    "url": "https://www.example.com/a?b=1&c=2",
                    "type": "other",
                },
            }
        ],
    )
    return page, record


def test_links_are_found_where_they_stand(texts):
    page, record = texts
    assert places.note() == (2, 3)
    shared = CheckedLink.objects.get(host="www.example.com")
    assert {(p.entry.pk, p.field) for p in shared.places.all()} == {
        (page.pk, "body"),
        (record.pk, "sources"),
    }
    assert places.note() == (2, 3)


def test_what_stands_nowhere_is_forgotten(texts):
    _page, record = texts
    places.note()
    record.website = ""
    record.save()
    places.note()
    assert not CheckedLink.objects.filter(host="stelle.example").exists()
    type(record).objects.update(live=False)
    assert places.note() == (1, 1)


def test_people_are_left_out(db):
    things.person(groups=("function", "website"), website="https://person.example/")
    places.note()
    assert not CheckedLink.objects.exists()


@override_settings(WAGTAILADMIN_BASE_URL="https://stelle.example")
def test_our_own_pages_are_not_asked(texts):
    places.note()
    assert not CheckedLink.objects.filter(host="stelle.example").exists()


def test_the_command_collects_and_checks(texts, monkeypatch):
    def ask(url, rules=None):
        return net.Answer(404 if "stelle" in url else 200)

    monkeypatch.setattr(net, "ask", ask)
    monkeypatch.setattr(run.time, "sleep", lambda seconds: None)
    out = StringIO()
    call_command("check_links", "--collect", stdout=out)
    assert not CheckedLink.objects.exclude(state=LinkState.UNKNOWN).exists()
    call_command("check_links", stdout=out)
    assert "2 checked, 1 broken, 0 waiting" in out.getvalue()


# The list --------------------------------------------------------------------------------


@pytest.fixture
def broken(texts):
    places.note()
    found = CheckedLink.objects.get(host="stelle.example")
    CheckedLink.objects.filter(pk=found.pk).update(
        state=LinkState.DEAD,
        status=404,
        checked_at=timezone.now(),
        broken_since=timezone.localdate(),
    )
    return found


@pytest.fixture
def editor(db):
    from django.contrib.auth.models import Group

    call_command("setup_groups")
    user = get_user_model().objects.create_user("red", "red@example.org", "x")
    user.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(user)
    return client


def test_editors_see_what_is_broken_and_where(editor, broken, texts):
    _page, record = texts
    body = editor.get(reverse("hub_links")).content.decode()
    assert "https://stelle.example/" in body
    assert "nicht mehr da (404)" in body
    edit = reverse(type(record).snippet_viewset.get_url_name("edit"), args=[record.pk])
    assert edit in body
    start = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("hub_links") in start


def test_accepted_is_off_the_list_until_it_changes(editor, broken, url, rules):
    address = reverse("hub_link_settle", args=[broken.pk])
    assert editor.get(address).status_code == 405
    editor.post(address, {"antwort": "passt"})
    assert not CheckedLink.objects.broken().exists()
    assert editor.post(address, {"antwort": "passt"}).status_code == 302
    CheckedLink.objects.filter(pk=broken.pk).update(url=url("gut"))
    broken.refresh_from_db()
    run.settle(broken, rules)
    CheckedLink.objects.filter(pk=broken.pk).update(url=url("404"))
    broken.refresh_from_db()
    run.settle(broken, rules)
    assert CheckedLink.objects.broken().exists()


def test_a_department_sees_its_own_broken_links_only(broken, texts):
    from network.models import OrganisationEditor

    call_command("setup_groups")
    _page, record = texts
    other = things.organisation("ma-28", website="https://andere.example/")
    places.note()
    CheckedLink.objects.update(state=LinkState.DEAD)
    user = get_user_model().objects.create_user("ma", "ma@example.org", "x")
    OrganisationEditor.objects.create(user=user, organisation=other)
    client = Client()
    client.force_login(user)
    body = client.get(reverse("hub_links")).content.decode()
    assert "andere.example" in body
    assert record.label not in body
    assert "https://stelle.example/" not in body
    address = reverse("hub_link_settle", args=[broken.pk])
    client.post(address, {"antwort": "passt"})
    broken.refresh_from_db()
    assert broken.accepted_at is None
