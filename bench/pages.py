"""How many pages a second, beside a bare Django view that returns the same bytes.

    .venv/bin/python bench/pages.py [--seconds 6]

The bundled outline is loaded into a temporary database. Then this process, one thread, calls the
WSGI application (all middleware on) for each page, for a bare view behind the same middleware that
returns that page's very bytes, and for the page again with its ETag (a 304). The calls take turns,
so that all meet the same machine. Once without compression, once as a browser asks (gzip).
What stands between requests is the database's own cache and the outline's rendered text, nothing
else; `cold` is the first request of a page, which renders it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

OUTLINE = "/o/aws-security-specialty/"
PAGES = {
    "service, 181 facts": f"{OUTLINE}service/vpc/",
    "service, 19 facts": f"{OUTLINE}service/cognito/",
    "feature": f"{OUTLINE}service/vpc/network-acls/",
    "home": OUTLINE,
}
LEAST = 0.25

Answer = tuple[str, dict[str, str], bytes]


def caller() -> Callable[..., Answer]:
    """A function that asks the WSGI application for a path."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path

    django.setup()

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(kept[request.GET["of"]])

    class Urls:
        urlpatterns = (path("bare/", bare), path("", include("config.urls")))

    settings.ROOT_URLCONF = Urls
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    application = get_wsgi_application()

    def call(path: str, query: str = "", **headers: str) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False, **headers,
        }  # fmt: skip
        begun: list[Any] = []

        def start(*line: Any) -> Callable[[bytes], object]:
            begun.append(line)
            return lambda _: None

        response = application(environ, start)
        body = b"".join(response)
        response.close()
        return begun[0][0], dict(begun[0][1]), body

    return call


# Bytes that the bare view returns, by page.
kept: dict[str, bytes] = {}


def measure(calls: dict[str, Callable[[], Answer]], seconds: float) -> dict[str, float]:
    """Requests a second of each, asked in turns: what the machine does when nothing else wants it.

    That is the time of the fastest tenth; a busy machine takes a long request's turn more often
    than a short one's, so that the middle says more of the neighbours than of the page.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - begun)
    return {name: 1 / sorted(some)[len(some) // 10] for name, some in times.items()}


def bench(call: Callable[..., Answer], seconds: float, encoding: str) -> bool:
    print(f"\n{encoding or 'no compression':<22}{'bytes':>8}{'cold ms':>9}{'page/s':>9}"
          f"{'bare/s':>9}{'share':>7}{'304/s':>9}")  # fmt: skip
    enough = True
    for name, path in PAGES.items():
        place = path.partition("/service/")[2].strip("/")
        # As one who was here before: the cookie that says where they were is set already.
        headers = {"HTTP_COOKIE": f"place={quote(place)}"} if place else {}
        headers |= {"HTTP_ACCEPT_ENCODING": encoding} if encoding else {}
        begun = time.perf_counter()
        status, answered, _ = call(path, **headers)
        cold = 1000 * (time.perf_counter() - begun)
        kept[name] = call(path)[2]
        conditional = {"HTTP_IF_NONE_MATCH": answered["ETag"], **headers}
        assert status == "200 OK", (path, status)
        assert "Set-Cookie" not in answered
        assert call(path, **conditional)[0].startswith("304")
        of = f"of={name.replace(' ', '+').replace(',', '%2C')}"
        rates = measure(
            {
                "page": lambda: call(path, **headers),  # noqa: B023
                "bare": lambda: call("/bare/", of, **headers),  # noqa: B023
                "304": lambda: call(path, **conditional),  # noqa: B023
            },
            seconds / len(PAGES) / 2,
        )
        share = rates["page"] / rates["bare"]
        if name.startswith("service") and not encoding:
            enough = enough and share >= LEAST
        print(f"{name:<22}{len(kept[name]):>8,}{cold:>9.1f}{rates['page']:>9,.0f}{rates['bare']:>9,.0f}"
              f"{share:>7.2f}{rates['304']:>9,.0f}")  # fmt: skip
    return enough


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=6, help="how long in all (6)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        call = caller()
        from django.core.management import call_command

        call_command("prepare", verbosity=0)
        enough = [bench(call, options.seconds, encoding) for encoding in ("", "gzip")]
    met = "met" if all(enough) else "NOT met"
    print(f"\nbar: the service page, uncompressed, at least {LEAST} of the bare view: {met}")


if __name__ == "__main__":
    main()
