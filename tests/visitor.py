"""A learner without a browser: reads forms as a browser would, fills them in, sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urljoin

import requests


@dataclass
class Field:
    """An input or select: `values` are those that may be sent, `sent` those that are."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    id: str = ""
    fields: dict[str, Field] = field(default_factory=dict)

    def data(self) -> list[tuple[str, str]]:
        return [(one.name, value) for one in self.fields.values() for value in one.sent]


class Forms(HTMLParser):
    """The forms of a page, with what a browser would send of them untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: Field | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = said.get("method", "get").lower()
            self._open = Form(said.get("action", ""), method, said.get("id", ""))
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "input" and said.get("name"):
            self._input(said, "checked" in said)
        elif tag in ("select", "textarea") and said.get("name"):
            self._select = self._field(said["name"], tag)
        elif tag == "option" and self._select is not None:
            self._select.values.append(said.get("value", ""))
            if "selected" in said or len(self._select.values) == 1:
                self._select.sent = [said.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None

    def _input(self, said: dict[str, str], checked: bool) -> None:
        kind = said.get("type", "text")
        if kind in ("submit", "button", "image", "file"):
            return
        found = self._field(said["name"], kind)
        value = said.get("value", "on" if kind in ("checkbox", "radio") else "")
        found.values.append(value)
        if kind not in ("checkbox", "radio") or checked:
            found.sent.append(value)

    def _field(self, name: str, kind: str) -> Field:
        assert self._open is not None
        return self._open.fields.setdefault(name, Field(name, kind))


class VisitError(Exception):
    """An answer of the server that a learner shouldn't get."""


@dataclass
class Answered:
    """An answer that the server acknowledged: of which session, to which question, and what."""

    session: str
    position: int
    question: str


class Visitor:
    """One learner with cookies of their own.

    `http` is a `requests` session or the like; `named` tells it by which name to count an address.
    """

    def __init__(
        self,
        address: str,
        seed: int,
        http: Any = None,
        *,
        patience: float = 30,
        named: bool = False,
    ) -> None:
        self.address = address
        self.rng = Random(seed)
        self.http: Any = http or requests.Session()
        self.patience = patience
        self.named = named
        self.at = ""

    def _name(self, method: str, path: str) -> dict[str, str]:
        if not self.named:
            return {}
        route = re.sub(r"^https?://[^/]+|\?.*", "", path)
        route = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "KEY", route)
        route = re.sub(r"/\d+/", "/N/", re.sub(r"/service/.*", "/service/…", route))
        return {"name": f"{method} {route}"}

    def get(self, path: str, **more: Any) -> Any:
        more = self._name("GET", path) | more
        answer = self.http.get(urljoin(self.address, path), timeout=self.patience, **more)
        if answer.status_code >= 400:
            raise VisitError(f"GET {path}: {answer.status_code}")
        self.at = answer.url
        return answer

    def send(self, form: Form, data: list[tuple[str, str]], **more: Any) -> Any:
        """Send a form as a browser without JavaScript does; the answer, not where it leads."""
        address = urljoin(self.at or self.address, form.action)
        headers = {"Origin": self.address, "Referer": self.at or self.address}
        answer = self.http.post(
            address, data=data, headers=headers, timeout=self.patience, allow_redirects=False,
            **self._name("POST", form.action), **more,
        )  # fmt: skip
        if answer.status_code >= 400:
            raise VisitError(f"POST {form.action}: {answer.status_code}")
        return answer

    def form(self, path: str, *, action: str = "", holds: str = "", **more: Any) -> Form:
        """The first form of a page whose action ends so, or that holds a field of that name.

        A form without an action is sent to its page's own address.
        """
        page = self.get(path, **more)
        for form in Forms(page.text).forms:
            target = form.action or path
            if (action and target.endswith(action)) or (holds and holds in form.fields):
                return form
        raise VisitError(f"{path} has no such form")

    def start_quiz(self, outline: str, count: int = 10, **more: Any) -> str:
        """Start a quiz by its form; the address of its first question."""
        form = self.form(f"/o/{outline}/quiz/", action="/quiz/")
        data = [(name, value) for name, value in form.data() if name not in ("count", "seed")]
        data += [("count", str(count)), ("seed", str(self.rng.randrange(10**6)))]
        answer = self.send(form, data, **more)
        return str(answer.headers["Location"])

    def start_exam(self, outline: str, **more: Any) -> str:
        """Start a short exam by its form; the address of its first question."""
        form = self.form(f"/o/{outline}/exam/", action="/exam/")
        data = [(name, value) for name, value in form.data() if name != "size"]
        answer = self.send(form, [*data, ("size", "short")], **more)
        return str(answer.headers["Location"])

    def paste_outline(self, text: str, title: str) -> str:
        """Make an outline of one's own from a text; its address once it is loaded."""
        form = self.form("/outlines/new/", holds="text")
        preview = self.send(form, [*form.data(), ("text", text), ("title", title)])
        agree = self.form(preview.headers["Location"], action=preview.headers["Location"])
        self.send(agree, agree.data())
        loaded = self.get(preview.headers["Location"])
        return str(loaded.url)

    def answer(self, address: str, **more: Any) -> tuple[Answered, str]:
        """Answer a question somehow; what was acknowledged, and the address to go on at."""
        form = self.form(address, holds="question")
        for one in form.fields.values():
            if one.kind == "radio":
                one.sent = [self.rng.choice(one.values)]
            elif one.kind == "checkbox" and one.name == "choice":
                one.sent = self.rng.sample(one.values, min(2, len(one.values)))
            elif one.kind == "text":
                one.sent = [self.rng.choice(["encryption", "90 days", "no idea"])]
        selects = [one for one in form.fields.values() if one.kind == "select"]
        values = [value for value in selects[0].values if value] if selects else []
        self.rng.shuffle(values)
        for one, value in zip(selects, values, strict=False):
            one.sent = [value]
        sent = self.send(form, form.data(), **more)
        parts = form.action.strip("/").split("/")
        session, position = parts[-2], int(parts[-1])
        # An exam leads to its next question, a quiz to the verdict on this one.
        leads = str(sent.headers.get("Location", form.action))
        at = leads if leads.partition("?")[0] != form.action else f"/session/{session}/"
        return Answered(session, position, form.fields["question"].sent[0]), at

    def go_on(self, session: str) -> str | None:
        """The address of the next question of a session; None when it is over."""
        page = self.get(session)
        return (
            page.url if any("question" in form.fields for form in Forms(page.text).forms) else None
        )
