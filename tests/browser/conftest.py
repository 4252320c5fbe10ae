"""Chromium for the tests in this folder, and an outline served to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page

from knowledge.models import Outline
from tests.factories import make_outline

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTES = """\
# Cloud notes
## VPC
### Network ACLs
- A network ACL is stateless, so return traffic needs a rule of its own.
- Rules are evaluated by number.
  1. The lowest number comes first.
  2. The first match decides.
### Security groups
- A security group is stateful.
### Flow logs
- They hold `srcaddr` and `dstaddr`.

```
version account-id interface-id
```

| format | size |
|---|---|
| text | large |
| Parquet | small |
## Key Management Service (KMS)
### Key policies
- A key policy says who may use a key.
### Rotation
- Automatic rotation takes a year by default.
## Elsewhere
- A fact without a feature. #added
"""
# HTMX complains of the request of a keystroke that a newer one took the place of, and of an answer
# that a form is refused with. (And a 404 that a test asks for is reported by the browser as a
# resource that failed.)
MEANT = (
    "htmx:afterRequest,", "htmx:sendAbort,", "Response Status Error Code 400",
    "Response Status Error Code 409",
    "Failed to load resource: the server responded with a status of 400",
    "Failed to load resource: the server responded with a status of 409",
    "Failed to load resource: the server responded with a status of 422",
)  # fmt: skip


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            # The live server's thread shares the test's transaction on an in-memory SQLite.
            item.add_marker(pytest.mark.django_db(transaction=True))
            # On a machine with too much to do a key can come before the page that it is meant for;
            # what fails three times in a row is a fault.
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session", autouse=True)
def _a_browser_is_there() -> Iterator[None]:
    if find_chromium() is None:
        reason = f"no browser is installed (looked for {', '.join(NAMES)}, and CHROMIUM)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright's loop runs in this thread, which Django takes for an async context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": find_chromium(), "args": FLAGS, "headless": True}


@pytest.fixture
def notes(live_server: object) -> Outline:
    return make_outline(NOTES, slug="cloud")


@pytest.fixture
def site(live_server: object, notes: Outline, page: Page) -> Iterator[str]:
    """The address of the outline; a test fails on anything that the browser complains of."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield f"{live_server.url}/o/cloud/"  # type: ignore[attr-defined]
    assert [text for text in complaints if not text.startswith(MEANT) and "404" not in text] == []
