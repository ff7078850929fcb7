"""People at their browsers: each a thread with its own connection; what they asked, and how long the answer took."""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.web_site import PORT

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_MILLI = 1000.0


@dataclass
class Browser:
    """A session's cookies on one kept connection. ``took``: milliseconds by kind of request."""

    session: str
    took: dict[str, list[float]] = field(default_factory=dict)
    csrf: str = ""
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def get(self, kind: str, path: str) -> str:
        """Ask for a page. Raises RuntimeError for any answer but 200."""
        text = self._ask(kind, "GET", path, None)
        if found := _TOKEN.search(text):
            self.token = found[1]
        return text

    def post(self, kind: str, path: str, **told: str) -> str:
        """Send a form's fields. Raises RuntimeError for any answer but 200."""
        return self._ask(kind, "POST", path, urlencode({"csrfmiddlewaretoken": self.token, **told}))

    def _ask(self, kind: str, method: str, path: str, body: str | None) -> str:
        heads = {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self._connection = connection
        connection.request(method, path, body, heads)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self.took.setdefault(kind, []).append((time.perf_counter() - started) * _MILLI)
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith("csrftoken="):
                self.csrf = cookie.split(";")[0].removeprefix("csrftoken=")
        if answer.status != http.client.OK:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
        return text


def together(work: Iterable[Callable[[], None]]) -> list[str]:
    """Do all at once, a thread each; what went wrong in any."""
    faults: list[str] = []

    def one(task: Callable[[], None]) -> None:
        try:
            task()
        except (RuntimeError, OSError) as error:
            faults.append(str(error))

    threads = [threading.Thread(target=one, args=(task,)) for task in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def at_rate(ask: Callable[[int], None], a_second: float, seconds: float, people: int) -> list[str]:
    """Ask ``a_second`` times a second, whether or not earlier answers came; ``people`` wait for answers at most."""
    started, step = time.perf_counter(), people / a_second

    def person(number: int) -> Callable[[], None]:
        def sit() -> None:
            due = started + number / a_second
            while due < started + seconds:
                time.sleep(max(0.0, due - time.perf_counter()))
                ask(number)
                due += step

        return sit

    return together(person(number) for number in range(people))


def pause(mean: float, source: random.Random) -> None:
    """As long as somebody needs to type a figure: half to one and a half times ``mean`` seconds."""
    time.sleep(mean * (0.5 + source.random()))


def percentile(found: list[float], share: float) -> float:
    """The value that ``share`` of ``found`` do not exceed."""
    return sorted(found)[min(len(found) - 1, int(share * len(found)))]
