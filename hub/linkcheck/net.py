"""Asking another server for one address, and nothing else.

Editors type addresses, so they are input: only the public internet is asked (every
address a name has must be public, and the connection goes to the one that was looked
at, so a name cannot change in between), only on the usual ports, for a few seconds and
a few kilobytes.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

#: Seconds for one step of a connection, and for one address with all its steps.
STEP_SECONDS = 8.0
TOTAL_SECONDS = 20.0
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
PORTS = frozenset({80, 443})
#: Many servers do not know HEAD, or know it wrongly: then the page itself is asked for.
_KEEPS = "/%:@!$&'()*+,;=~-._?"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})


class Refused(Exception):
    """The address is none that may be asked."""


class Unreachable(Exception):
    """Nobody answers there; ``gone`` when the name does not exist at all."""

    def __init__(self, why: str, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


@dataclass(frozen=True)
class Answer:
    """What an address answered, after all redirects."""

    status: int
    #: Where it has moved for good; empty where it is still itself.
    moved_to: str = ""
    #: Seconds a busy server asks to wait.
    wait: int = 0


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or _nat64(parsed)
        if parsed.teredo:
            return False
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind 64:ff9b::/96, by which networks translate."""
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> list[str]:
    """All addresses a name has."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        gone = error.errno == socket.EAI_NONAME
        raise Unreachable("name", gone=gone) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable("name") from error
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Rules:
    """Who may be asked. Tests have a server of their own, and rules of their own."""

    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = PORTS
    step_seconds: float = STEP_SECONDS
    total_seconds: float = TOTAL_SECONDS
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def user_agent() -> str:
    """Who asks, and where to complain."""
    return f"Drehscheibe-LinkCheck/1.0 (+{settings.WAGTAILADMIN_BASE_URL})"


def _parts(url: str, rules: Rules) -> tuple[SplitResult, str, int]:
    """The parts of an address, its host as servers know it, and its port."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Refused(url) from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused(url)
    if parts.username is not None or port not in rules.ports:
        raise Refused(url)
    return parts, host, port


def _connect(
    host: str, port: int, is_secure: bool, rules: Rules
) -> http.client.HTTPConnection:
    """A connection to an address that was looked at before."""
    addresses = rules.resolve(host, port)
    if not addresses or not all(rules.is_allowed(address) for address in addresses):
        raise Refused(host)
    connection = http.client.HTTPConnection(host, port, timeout=rules.step_seconds)
    try:
        plain = socket.create_connection(
            (addresses[0], port), timeout=rules.step_seconds
        )
        connection.sock = (
            rules.context.wrap_socket(plain, server_hostname=host)
            if is_secure
            else plain
        )
    except ssl.SSLError as error:
        raise Unreachable("certificate") from error
    except OSError as error:
        raise Unreachable("connection") from error
    return connection


def _request(
    method: str, url: str, rules: Rules
) -> tuple[int, http.client.HTTPMessage]:
    """One request; the body of the answer is read a little, and thrown away."""
    parts, host, port = _parts(url, rules)
    connection = _connect(host, port, parts.scheme == "https", rules)
    # A server that sends one letter a second must not hold up the others.
    is_late = threading.Event()
    watch = threading.Timer(rules.total_seconds, _hang_up, [connection, is_late])
    watch.daemon = True
    watch.start()
    target = quote(parts.path or "/", safe=_KEEPS)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEEPS)
    try:
        connection.request(
            method,
            target,
            headers={
                "User-Agent": user_agent(),
                "Accept": "text/html,*/*;q=0.5",
                "Connection": "close",
            },
        )
        response = connection.getresponse()
        if is_late.is_set():
            # Half a header that ended with the connection looks like a whole one.
            raise TimeoutError
        if method == "GET":
            response.read(MOST_BYTES)
        return response.status, response.headers
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("answer") from error
    finally:
        watch.cancel()
        connection.close()


def _hang_up(connection: http.client.HTTPConnection, is_late: threading.Event) -> None:
    is_late.set()
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _seconds(text: str | None) -> int:
    return min(int(text), 24 * 3600) if text and text.isdigit() else 0


def ask(url: str, rules: Rules | None = None) -> Answer:
    """What an address answers: HEAD first, GET where that says no.

    Raises ``Refused`` or ``Unreachable``.
    """
    rules = rules or Rules()
    here, moved_to, is_for_good = url, "", True
    for _hop in range(MOST_REDIRECTS + 1):
        status, headers = _request("HEAD", here, rules)
        if status >= 400 and status != 429:
            status, headers = _request("GET", here, rules)
        if status not in _REDIRECTS or not headers.get("Location"):
            return Answer(status, moved_to, _seconds(headers.get("Retry-After")))
        here = urljoin(here, headers["Location"])
        is_for_good = is_for_good and status in _FOR_GOOD
        moved_to = here if is_for_good else moved_to
    raise Unreachable("redirects")
