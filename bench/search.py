"""How long a search takes, in the process and over HTTP beside one bare FTS5 query.

    .venv/bin/python bench/search.py [--facts 100000 | --file OUTLINE.md] [--seconds 8]

An outline of so many facts (or the file) is loaded into a temporary SQLite database. First
`search()` is called in this process with queries of each kind in random order: names, words,
beginnings, one and two letters, several words, questions, misspellings. Then gunicorn, one process
of two threads, serves four views to one client that keeps its connection: the product's search
page as HTMX asks for it and the options of its palette (where they are there), a view that calls
`search()`, and a bare view that runs one FTS5 query, the last word a beginning, ranked by bm25; the
last two render the same template. The client asks the views in turns, so that all meet the same
machine.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TEMPLATE = """<ul>{% for hit in hits %}<li><a href="{{ hit.url }}">{{ hit.snippet }}</a>
<small>{{ hit.service }}</small></li>{% endfor %}</ul>"""


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99)]
    return "  ".join(f"{1000 * value:8.2f}" for value in at)


def make_queries(seed: int, count: int) -> dict[str, list[str]]:
    """Queries of each kind from the words of the outline that is loaded."""
    from knowledge.models import Fact, Feature, Service

    rng = random.Random(seed)
    names = list(Service.objects.values_list("name", flat=True))
    names += list(Feature.objects.order_by("?").values_list("name", flat=True)[:500])
    texts = list(Fact.objects.order_by("?").values_list("text", "feature__name")[: 20 * count])
    words = [word for text, _ in texts for word in text.split() if word.isalpha() and len(word) > 3]

    def pair() -> str:
        text, feature = rng.choice(texts)
        return f"{(feature or text).split()[0]} {rng.choice(text.split())}"

    def several() -> str:
        picked = rng.choice(texts)[0].split()
        return " ".join(rng.sample(picked, min(3, len(picked))))

    def typo(word: str) -> str:
        place = rng.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    letters = "abcdefghijklmnoprstuvw"
    return {
        "name": [rng.choice(names) for _ in range(count)],
        "one word": [rng.choice(words) for _ in range(count)],
        "beginning of a word": [w[: rng.randint(3, 5)] for w in rng.choices(words, k=count)],
        "one letter": [rng.choice(letters) for _ in range(count)],
        "two letters": [rng.choice(words)[:2] for _ in range(count)],
        "word and a letter": [f"{rng.choice(words)} {rng.choice(letters)}" for _ in range(count)],
        "place and word": [pair() for _ in range(count)],
        "three words": [several() for _ in range(count)],
        "a question": [f"how do I {several()}" for _ in range(count)],
        "misspelt": [typo(word) for word in rng.choices([w for w in words if len(w) > 4], k=count)],
        "unknown": ["".join(rng.choices(letters, k=9)) for _ in range(count)],
    }


def in_process(queries: dict[str, list[str]], rounds: int) -> None:
    from knowledge.models import Outline
    from knowledge.search import search

    outline = Outline.objects.get()
    begun = time.perf_counter()
    search(outline, "warm up")
    print(f"first search of a process: {1000 * (time.perf_counter() - begun):.0f} ms\n")
    times: dict[str, list[float]] = {kind: [] for kind in queries}
    mixed = [(kind, query) for kind, some in queries.items() for query in some] * rounds
    random.Random(2).shuffle(mixed)
    for kind, query in mixed:
        begun = time.perf_counter()
        search(outline, query)
        times[kind].append(time.perf_counter() - begun)
    print(f"{'search(), ms':24}{'p50':>8}{'p95':>10}{'p99':>10}")
    for kind, some in times.items():
        print(f"{kind:22}  {percentiles(some)}")
    print(f"{'all':22}  {percentiles([t for some in times.values() for t in some])}\n")


def application() -> object:
    """The WSGI application that gunicorn serves: the product's, with the two views of the bench."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.template import Template
    from django.template.context import Context
    from django.urls import include, path

    django.setup()
    from knowledge.models import Outline
    from knowledge.search import search

    template = Template(TEMPLATE)

    def bare(request: HttpRequest) -> HttpResponse:
        words = request.GET["q"].replace('"', " ").split()
        match = " ".join(f'"{word}"' for word in words) + "*"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT url, text, service FROM bench_bare WHERE bench_bare MATCH %s"
                " ORDER BY rank LIMIT 20",
                [match],
            )
            hits = [{"url": u, "snippet": t, "service": s} for u, t, s in cursor.fetchall()]
        return HttpResponse(template.render(Context({"hits": hits})))

    def ours(request: HttpRequest) -> HttpResponse:
        outline = Outline.objects.named(None)
        assert outline is not None
        hits = search(outline, request.GET["q"]).hits
        return HttpResponse(template.render(Context({"hits": hits})))

    class Urls:
        urlpatterns = (
            path("bare/", bare),
            path("ours/", ours),
            path("", include("config.urls")),
        )

    settings.ROOT_URLCONF = Urls
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return get_wsgi_application()


def fill_bare_table() -> None:
    """What the bare view searches: the words of every fact with what it shows, in one table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE bench_bare USING fts5(text, service, url UNINDEXED,"
            " tokenize='porter unicode61', prefix='1 2 3')"
        )
        cursor.execute(
            "INSERT INTO bench_bare SELECT f.text, s.name,"
            " '/o/x/service/' || s.slug || '/#fact-' || f.id"
            " FROM knowledge_fact f JOIN knowledge_service s ON s.id = f.service_id"
        )


def over_http(queries: dict[str, list[str]], seconds: float) -> None:
    from knowledge.models import Outline

    fill_bare_table()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "bench.search:application()", "-b", f"127.0.0.1:{port}",
         "-w", "1", "-k", "gthread", "--threads", "2", "--log-level", "error",
         "--chdir", str(ROOT)],
    )  # fmt: skip
    outline = Outline.objects.get()
    page = f"/o/{quote(outline.slug)}/search/"
    try:
        wait_for(port)
        paths = {"bare FTS5 view": "/bare/", "view of search()": "/ours/"}
        if answers(port, page):
            paths["the search page"] = page
            paths["the palette's options"] = f"{page}?as=options"
        mixed = [query for some in queries.values() for query in some]
        random.Random(3).shuffle(mixed)
        times: dict[str, list[float]] = {name: [] for name in paths}
        ask(port, paths, mixed, seconds, times)
    finally:
        server.terminate()
        server.wait()
    print(f"{'over HTTP, ms':24}{'p50':>8}{'p95':>10}{'p99':>10}    to bare (p50, p95)")
    bare = sorted(times["bare FTS5 view"])
    for name, some in times.items():
        some.sort()
        ratios = [some[int(len(some) * s)] / bare[int(len(bare) * s)] for s in (0.5, 0.95)]
        print(f"{name:22}  {percentiles(some)}    " + "  ".join(f"{ratio:.2f}" for ratio in ratios))


def ask(
    port: int,
    paths: dict[str, str],
    queries: list[str],
    seconds: float,
    times: dict[str, list[float]],
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in paths.values():
        fetch(connection, path, "warm up")
    end = time.perf_counter() + seconds
    place = 0
    while time.perf_counter() < end:
        query = queries[place % len(queries)]
        place += 1
        for name, path in paths.items():
            begun = time.perf_counter()
            status = fetch(connection, path, query)
            times[name].append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"{path} answered {status} to {query!r}")


def fetch(connection: http.client.HTTPConnection, path: str, query: str) -> int:
    address = f"{path}{'&' if '?' in path else '?'}q={quote(query)}"
    connection.request("GET", address, headers={"HX-Request": "true"})
    response = connection.getresponse()
    response.read()
    return response.status


def answers(port: int, page: str) -> bool:
    return fetch(http.client.HTTPConnection("127.0.0.1", port), page, "a") == 200


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("gunicorn didn't start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--facts", type=int, default=100_000, help="size of the outline (100000)")
    parser.add_argument("--file", type=Path, help="an outline to load instead")
    parser.add_argument("--count", type=int, default=150, help="queries of each kind (150)")
    parser.add_argument("--rounds", type=int, default=2, help="times that each is asked (2)")
    parser.add_argument(
        "--seconds", type=float, default=8, help="seconds over HTTP (8); 0 for none"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["PYTHONPATH"] = str(ROOT)
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from bench.loading import generate
        from knowledge.bundling import write_bundles
        from knowledge.loading import load_outline

        call_command("migrate", verbosity=0)
        write_bundles(
            settings.BASE_DIR / "static", settings.BUNDLE_DIR, settings.STYLES, settings.SCRIPTS
        )
        call_command("collectstatic", verbosity=0, interactive=False)
        data = (
            options.file.read_bytes() if options.file else "".join(generate(options.facts)).encode()
        )
        loaded = load_outline(data, file_name="bench.md")
        print(
            f"{loaded.counts['facts']} facts, loaded in {loaded.seconds['total']:.1f} s,"
            f" of it indexing {loaded.seconds['index']:.1f} s"
        )
        queries = make_queries(1, options.count)
        in_process(queries, options.rounds)
        if options.seconds:
            over_http(queries, options.seconds)


if __name__ == "__main__":
    main()
