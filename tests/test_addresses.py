"""Every address × who comes × method, with the status that each must get.

An address without a row fails `test_every_address_has_a_row`, which names it: add a row to ROWS.
A row is the name of the address, how it is filled, and for each method four statuses, in the order
of WHO:

- owner: the learner whose private outline `mine`, upload and so on it is
- other: another learner, who has things of their own
- stranger: somebody with made-up cookies
- anonymous: somebody without any

Methods that a row doesn't name must not be served (405, or 404 where nothing is there for them),
or answer as GET does and write nothing.
`{name}` in an address is filled from the things that the fixture `things` makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from authoring.models import Upload, Version, packed
from knowledge.models import Fact, Outline
from quiz.visitors import COOKIE
from tests.cast import NOW, make_own_outline, make_reader
from tests.factories import SMALL, make_outline
from tests.sessions import make_session

pytestmark = pytest.mark.django_db
WHO = ("owner", "other", "stranger", "anonymous")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TOKEN = "s" * 32
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


@dataclass(frozen=True)
class Row:
    """`data` is what a POST sends; `writes` says why a GET may write, where one may."""

    name: str
    path: str
    get: str = ""
    post: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    writes: str = ""

    def statuses(self, method: str) -> list[int] | None:
        given = self.get if method in ("GET", "HEAD") else self.post if method == "POST" else ""
        return [int(status) for status in given.split()] or None


EVERYBODY = "200 200 200 200"
OWNER = "200 404 404 404"
OWNER_MOVES = "302 404 404 404"
MOVES = "302 302 302 302"
# Nothing is due, answered or finished yet, and a page says so.
NOTHING_YET = "409 404 404 404"
SETTINGS = {
    "exam_date": "", "exam_code": "", "retention": "90", "minutes_a_day": "20", "zone": "UTC",
    "change_hour": "4",
}  # fmt: skip

ROWS = [
    # Reading: a private outline is its owner's alone, a public one everybody's.
    Row("knowledge:front", "/", MOVES),
    Row("knowledge:outlines", "/outlines/", EVERYBODY),
    Row("knowledge:preferences", "/preferences/", post=MOVES, data={"theme": "dark"}),
    Row("knowledge:home", "/o/mine/", OWNER),
    Row("knowledge:home", "/o/net/", EVERYBODY),
    Row("knowledge:search", "/o/mine/search/?q=stateless", OWNER),
    Row("knowledge:search", "/o/mine/search/?q=stateless&as=options", OWNER),
    Row("knowledge:search", "/o/net/search/?q=stateless", EVERYBODY),
    Row("knowledge:about", "/o/mine/about/", OWNER),
    Row("knowledge:about", "/o/net/about/", EVERYBODY),
    Row("knowledge:service", "/o/mine/service/vpc/", OWNER),
    Row("knowledge:service", "/o/net/service/vpc/", EVERYBODY),
    Row("knowledge:feature", "/o/mine/service/vpc/network-acls/", OWNER),
    Row("knowledge:feature", "/o/net/service/vpc/network-acls/", EVERYBODY),
    Row("knowledge:fact", "/o/mine/fact/{fact}/", OWNER_MOVES),
    Row("knowledge:fact", "/o/net/fact/{fact}/", "404 404 404 404"),
    Row("knowledge:fact", "/o/net/fact/{public_fact}/", MOVES),
    # Maps and files of an outline.
    Row("knowledge:map", "/o/mine/map/", OWNER),
    Row("knowledge:map", "/o/mine/map/?open=vpc&as=beside", OWNER),
    Row("knowledge:map", "/o/net/map/", EVERYBODY),
    Row("knowledge:path", "/o/mine/path/?from=vpc&to=nacl", OWNER),
    Row("knowledge:path", "/o/net/path/", EVERYBODY),
    Row("knowledge:compare", "/o/mine/compare/?a=vpc&b=nacl", OWNER),
    Row("knowledge:compare", "/o/net/compare/", EVERYBODY),
    Row("knowledge:structure", "/o/mine/structure/", OWNER),
    Row("knowledge:structure", "/o/net/structure/", EVERYBODY),
    Row("knowledge:line", "/o/mine/line/4/", OWNER_MOVES),
    Row("knowledge:line", "/o/net/line/4/", MOVES),
    *(
        Row("knowledge:export", f"/o/mine/export/{form}/", OWNER)
        for form in ("node-link", "graphml", "turtle", "csv")
    ),
    Row("knowledge:export", "/o/net/export/graphml/", EVERYBODY),
    # Studying: a session is its learner's own, whatever outline it is about.
    Row("quiz:start", "/o/mine/quiz/", OWNER, "303 404 404 404", {"count": "1"}),
    Row("quiz:start", "/o/net/quiz/", EVERYBODY, "303 303 303 303", {"count": "1"}),
    Row("quiz:exam", "/o/mine/exam/", OWNER, "303 404 404 404"),
    Row("quiz:review", "/o/mine/review/", OWNER, NOTHING_YET),
    Row("quiz:bring_back", "/o/mine/review/{fact}/", post="303 404 404 404"),
    Row("quiz:bring_back", "/o/net/review/{fact}/", post="404 404 404 404"),
    Row("quiz:progress", "/o/mine/progress/", OWNER),
    Row("quiz:progress", "/o/net/progress/", EVERYBODY),
    Row("quiz:session", "/session/{session}/", "303 404 404 404"),
    Row("quiz:finish", "/session/{session}/finish/", post="303 404 404 404"),
    Row("quiz:undo", "/session/{session}/undo/", post=NOTHING_YET),
    Row("quiz:again", "/session/{session}/again/", post=NOTHING_YET),
    Row("quiz:sheet", "/session/{session}/sheet/", OWNER),
    Row("quiz:download", "/session/{session}/questions.csv", OWNER),
    Row(
        "quiz:item", "/session/{session}/1/", OWNER, "400 404 404 404",
        writes="when the question was first shown, so that the answer can be timed",
    ),
    Row("quiz:skip", "/session/{session}/1/skip/", post="303 404 404 404"),
    Row("quiz:flag", "/session/{session}/1/flag/", post="303 404 404 404"),
    Row("quiz:unflag", "/session/{session}/1/unflag/", post="303 404 404 404"),
    Row("quiz:guessed", "/session/{session}/1/guessed/", post=NOTHING_YET),
    Row("quiz:bury", "/session/{session}/1/bury/", post=NOTHING_YET),
    Row("quiz:suspend", "/session/{session}/1/suspend/", post="303 404 404 404"),
    Row("quiz:report", "/session/{session}/1/report/", post="303 404 404 404"),
    Row("quiz:notes", "/o/mine/notes/", OWNER),
    Row("quiz:notes", "/o/net/notes/", EVERYBODY),
    Row("quiz:note_facts", "/o/mine/service/vpc/-/notes/", OWNER),
    Row("quiz:note", "/o/mine/fact/{fact}/note/", OWNER, OWNER_MOVES, {"text": "Mine"}),
    Row("quiz:note", "/o/net/fact/{public_fact}/note/", EVERYBODY, MOVES, {"text": "Mine"}),
    # Own outlines.
    Row("authoring:own", "/outlines/own/", EVERYBODY),
    Row("authoring:new", "/outlines/new/", EVERYBODY, MOVES, {"text": SMALL}),
    Row("authoring:upload", "/outlines/uploads/{upload}/", OWNER, OWNER_MOVES),
    Row("authoring:discard", "/outlines/uploads/{upload}/discard/", post=OWNER_MOVES),
    Row("authoring:restore", "/outlines/own/gone/restore/", post=OWNER_MOVES),
    Row("authoring:restore", "/outlines/own/mine/restore/", post="404 404 404 404"),
    Row("authoring:shared", "/shared/{token}/", MOVES),
    Row("authoring:shared", "/shared/nothing/", "404 404 404 404"),
    Row("authoring:manage", "/o/mine/manage/", OWNER),
    Row("authoring:manage", "/o/net/manage/", "404 404 404 404"),
    Row("authoring:replace", "/o/mine/manage/replace/", OWNER, OWNER_MOVES, {"text": SMALL}),
    Row("authoring:rename", "/o/mine/manage/rename/", post=OWNER_MOVES, data={"title": "New"}),
    Row("authoring:share", "/o/mine/manage/share/", post=OWNER_MOVES, data={"as": "link"}),
    Row("authoring:share", "/o/net/manage/share/", post="404 404 404 404", data={"as": "link"}),
    Row("authoring:delete", "/o/mine/manage/delete/", post=OWNER_MOVES),
    Row("authoring:delete", "/o/net/manage/delete/", post="404 404 404 404"),
    Row("authoring:original", "/o/mine/manage/original/", OWNER),
    Row("authoring:original", "/o/shared/manage/original/", OWNER),
    Row("authoring:repaired", "/o/mine/manage/repaired/", OWNER),
    Row("authoring:version", "/o/mine/manage/versions/1/", OWNER),
    Row(
        "authoring:restore_version", "/o/mine/manage/versions/1/restore/", post=OWNER_MOVES
    ),
    Row("authoring:source", "/o/mine/text/", OWNER),
    Row("authoring:source", "/o/net/text/", "404 404 404 404"),
    Row(
        "authoring:line", "/o/mine/text/4/", OWNER, OWNER_MOVES,
        {"was": "- Stateless, by far", "words": "- Stateful"},
    ),
    # Operators.
    Row("live", "/health/live", EVERYBODY),
    Row("ready", "/health/ready", EVERYBODY),
    # A learner's settings and data.
    Row("quiz:settings", "/settings/", EVERYBODY, MOVES, SETTINGS),
    Row("quiz:export_json", "/settings/export.json", "200 200 302 302"),
    Row("quiz:export_csv", "/settings/export.zip", "200 200 302 302"),
    Row("quiz:load", "/settings/load/", post=MOVES),
    Row("quiz:delete", "/settings/delete/", EVERYBODY, MOVES, {"sure": "yes"}),
    # Accounts.
    Row("mfa_index", "/account/", MOVES, MOVES),
    Row("account_signup", "/account/signup/", EVERYBODY, EVERYBODY),
    Row(
        "account_signup_by_passkey", "/account/signup/passkey/", EVERYBODY, EVERYBODY,
        writes="the challenge that the key has to answer, in the session",
    ),
    Row("account_login", "/account/login/", EVERYBODY, EVERYBODY),
    Row("mfa_login_webauthn", "/account/login/passkey/", MOVES, MOVES),
    Row("account_logout", "/account/logout/", MOVES, MOVES),
    Row("account_inactive", "/account/closed/", EVERYBODY),
    Row("account_reauthenticate", "/account/confirm/", MOVES, MOVES),
    Row("mfa_reauthenticate_webauthn", "/account/confirm/passkey/", MOVES, MOVES),
    Row("account_change_password", "/account/password/", MOVES, MOVES),
    Row("account_set_password", "/account/password/set/", MOVES, MOVES),
    Row("account_reset_password", "/account/password/reset/", EVERYBODY),
    Row("account_reset_password_done", "/account/password/reset/sent/", EVERYBODY),
    Row(
        "account_reset_password_from_key", "/account/password/reset/1-set-password/",
        EVERYBODY, EVERYBODY,
    ),
    Row("account_reset_password_from_key_done", "/account/password/reset/done/", EVERYBODY),
    Row("account_email_verification_sent", "/account/email/sent/", EVERYBODY),
    Row("account_confirm_email", "/account/email/none/", EVERYBODY, "404 404 404 404"),
    Row("mfa_list_webauthn", "/account/passkeys/", MOVES, MOVES),
    Row("mfa_add_webauthn", "/account/passkeys/add/", MOVES, MOVES),
    Row("mfa_remove_webauthn", "/account/passkeys/1/remove/", MOVES, MOVES),
    Row("mfa_edit_webauthn", "/account/passkeys/1/name/", MOVES, MOVES),
]  # fmt: skip
# These carry no token on purpose; each is safe by another way.
WITHOUT_TOKEN = {
    "knowledge:preferences": "sets a taste in the reader's own browser, only from our own pages",
    **{
        f"quiz:{name}": "pages that are the same for all hold no token; only from our own pages"
        for name in ("start", "exam", "review", "bring_back", "note")
    },
}


@dataclass
class Things:
    clients: dict[str, Client]
    names: dict[str, object]


@pytest.fixture
def things() -> Things:
    learner, owner = make_reader()
    other_learner, other = make_reader()
    stranger = Client()
    stranger.cookies[COOKIE] = "made-up"
    stranger.cookies["shared"] = "made-up-token-made-up"
    stranger.cookies["sessionid"] = "x" * 32
    clients = {"owner": owner, "other": other, "stranger": stranger, "anonymous": Client()}
    public = make_outline(slug="net")
    make_own_outline(other_learner, slug="others")
    make_own_outline(learner)
    mine = make_own_outline(learner, SMALL.replace("- Stateless", "- Stateless, by far"))
    _version_of(mine)
    _share(make_own_outline(learner, slug="shared"))
    gone = make_own_outline(learner, slug="gone")
    gone.deleted_at = NOW
    gone.save()
    upload = Upload.objects.create(
        learner=learner, state=Upload.State.READY, file_name="notes.md", content=packed(b"- a"),
        size=3, report={"title": "Notes", "counts": {"lines": 1}}, made_at=NOW, told_at=NOW,
    )  # fmt: skip
    names: dict[str, object] = {
        "fact": Fact.objects.for_outline(mine).first().pk,
        "public_fact": Fact.objects.for_outline(public).first().pk,
        "upload": upload.key,
        "token": TOKEN,
        "session": make_session(learner, mine).key,
    }
    return Things(clients, names)


def _share(outline: Outline) -> None:
    outline.visibility, outline.share_token = Outline.Visibility.LINK, TOKEN
    outline.save()


def _version_of(outline: Outline) -> None:
    Version.objects.create(
        outline=outline, number=1, title="Before", loaded_at=NOW, content=packed(SMALL.encode()),
        size=len(SMALL),
    )  # fmt: skip


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The names of all addresses; those without one by their pattern."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, each.namespace or space)
        elif isinstance(each, URLPattern):
            name = each.name or str(each.pattern)
            yield f"{space}:{name}" if space else name


def operators() -> dict[str, str]:
    """The addresses of the operator's pages by name, filled with numbers."""
    found = {}
    for name, pattern, kwargs in patterns_of(get_resolver(), "", ""):
        if name.startswith("admin:"):
            found[name] = f"/{pattern % dict.fromkeys(kwargs, '1')}"
    return found


def patterns_of(resolver: Any, prefix: str, space: str) -> Iterator[tuple[str, str, list[str]]]:
    for each in resolver.url_patterns:
        for possible, kwargs in normalize(str(each.pattern.regex.pattern)):
            path = prefix + possible
            if isinstance(each, URLResolver):
                yield from patterns_of(each, path, each.namespace or space)
            else:
                name = f"{space}:{each.name or each.pattern}" if space else str(each.name)
                yield name, path, kwargs


@pytest.mark.parametrize("who", WHO)
def test_the_operators_pages_are_for_operators_alone(things: Things, who: str) -> None:
    """Each page leads to signing in, or isn't there, for whoever isn't an operator."""
    get_user_model().objects.create_superuser("operator", "operator@example.org", "long enough")
    assert len(operators()) > 10
    wrong = []
    for name, path in operators().items():
        for method in ("get", "post", "put", "delete"):
            response = getattr(things.clients[who], method)(path)
            to = response.headers.get("Location", "")
            to_sign_in = "login" in to or (name == "admin:logout" and to == "/admin/")
            if not to_sign_in and response.status_code not in (404, 405):
                wrong.append(f"{method} {name} gave {response.status_code}")
    assert wrong == []


def test_every_address_has_a_row() -> None:
    every = {name for name in addresses() if not name.startswith("admin:")}
    missing = sorted(every - {row.name for row in ROWS})
    assert missing == [], f"no row in tests/test_addresses.py for: {', '.join(missing)}"


def test_every_row_is_an_address() -> None:
    assert sorted({row.name for row in ROWS} - set(addresses())) == []


def filled(row: Row, things: Things) -> str:
    return row.path.format(**things.names)


def ask(things: Things, who: str, method: str, row: Row) -> Any:
    client = things.clients[who]
    path = filled(row, things)
    if method == "POST":
        return client.post(path, row.data)
    return getattr(client, method.lower())(path)


def watched(things: Things, who: str, method: str, row: Row) -> tuple[int, list[str]]:
    """The status, and what was written."""
    with CaptureQueriesContext(connection) as captured:
        status = ask(things, who, method, row).status_code
    queries = [query["sql"].lstrip() for query in captured.captured_queries]
    return status, [sql for sql in queries if sql.upper().startswith(WRITES)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)
def test_each_gets_the_status_that_is_theirs(things: Things, row: Row) -> None:
    wrong = []
    # The owner comes last: what the others do must leave everything to do.
    for who in reversed(WHO):
        first = None
        cache.clear()  # So that nobody is told that it was too often.
        for method in METHODS:
            status, written = watched(things, who, method, row)
            first = status if first is None else first
            if statuses := row.statuses(method):
                right = status == statuses[WHO.index(who)]
            else:
                allowed = {404, 405, first} | ({200} if method == "OPTIONS" else set())
                right = status in allowed and not written
            if not right:
                wrong.append(f"{method} by {who} gave {status}")
    assert wrong == []


READ = [row for row in ROWS if row.get]


@pytest.mark.parametrize("row", READ, ids=lambda row: row.path)
def test_reading_changes_nothing(things: Things, row: Row) -> None:
    for who in WHO:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask(things, who, "GET", row)
        written = [
            query["sql"]
            for query in captured.captured_queries
            if query["sql"].lstrip().upper().startswith(WRITES)
        ]
        assert bool(written) <= bool(row.writes), written


POSTED = [row for row in ROWS if row.post]


@pytest.mark.parametrize("row", POSTED, ids=lambda row: row.path)
def test_a_post_without_a_token_is_refused(things: Things, row: Row) -> None:
    owner = things.clients["owner"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    status = strict.post(filled(row, things), row.data).status_code
    if row.name in WITHOUT_TOKEN:
        elsewhere = strict.post(
            filled(row, things), row.data, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert elsewhere.status_code == 403
    else:
        assert status == 403
