"""A small HTTP client that costs the server's cores little: a connection per client
where the server keeps it open, nothing parsed beyond status and length."""

from __future__ import annotations

import http.client
import math
import threading
import time
from collections.abc import Sequence
from itertools import count


class FailedError(Exception):
    """The server did not answer as it should."""


def times(port: int, paths: Sequence[str], seconds: float) -> list[float]:
    """Milliseconds of one request after the other, until the time is up or each path
    was asked once."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    end = time.perf_counter() + seconds
    for path in paths:
        begin = time.perf_counter()
        _get(client, path)
        now = time.perf_counter()
        found.append((now - begin) * 1000)
        if now > end:
            break
    client.close()
    return found


def rate(port: int, paths: Sequence[str], seconds: float, clients: int = 4) -> float:
    """Requests a second that so many clients get answered."""
    numbers = count()
    answered = [0] * clients
    failures: list[Exception] = []
    begin = time.perf_counter()
    end = begin + seconds

    def work(own: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            while time.perf_counter() < end:
                _get(client, paths[next(numbers) % len(paths)])
                answered[own] += 1
        except (OSError, http.client.HTTPException, FailedError) as error:
            failures.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=work, args=(own,)) for own in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise FailedError(str(failures[0]))
    return sum(answered) / (time.perf_counter() - begin)


def beat() -> float:
    """Milliseconds of a million additions in plain Python: how fast the machine is at
    this moment, so that figures of different machines and moments can be compared."""
    found = []
    for _ in range(5):
        begin = time.perf_counter()
        number = 0
        for step in range(1_000_000):
            number += step
        found.append((time.perf_counter() - begin) * 1000)
    return percentile(found, 0.5)


def _get(client: http.client.HTTPConnection, path: str) -> None:
    client.request("GET", path)
    response = client.getresponse()
    response.read()
    if response.status != 200:
        raise FailedError(f"{path} answers {response.status}")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
