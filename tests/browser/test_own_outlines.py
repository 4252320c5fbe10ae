"""Own outlines in a browser: upload, preview, load, use, replace, correct, share, delete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.models import Outline
from tests.browser.conftest import NOTES
from tests.browser.test_accessibility import complaints

MINE = """\
# Tea
## Green tea
### Sencha
- Steeped at 70 degrees
- Comes from Japan
### Longjing
- Pan-fired in woks
## Black tea
### Assam
- Grown in India
"""


def add(page: Page, home: str, text: str = MINE) -> str:
    """Paste a text, look at its preview, load it; the address of its home."""
    page.goto(f"{home}/outlines/new/")
    page.get_by_label("Or paste it").fill(text)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    page.get_by_role("button", name="Load").click()
    expect(page.locator("h1")).to_have_text("Tea")
    return page.url


@pytest.fixture
def home(site: str, live_server: object) -> str:
    return str(live_server.url)  # type: ignore[attr-defined]


def test_a_file_is_previewed_loaded_and_used(page: Page, home: str, tmp_path: Path) -> None:
    file = tmp_path / "tea.md"
    file.write_text(MINE, "utf-8")
    page.goto(f"{home}/outlines/")
    page.get_by_role("link", name="Add an outline").click()
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("Green tea")
    page.get_by_role("button", name="Load").click()
    expect(page.get_by_role("link", name="Green tea", exact=True)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("senc")
    expect(page.get_by_role("option").first).to_contain_text("Sencha")
    page.keyboard.press("Escape")
    here = re.match(r".*/o/[^/]+/", page.url)
    assert here
    page.goto(f"{here[0]}map/")
    expect(page.locator("main")).to_contain_text("Black tea")
    page.goto(f"{here[0]}quiz/")
    expect(page.locator("h1")).to_be_visible()


def test_a_replacement_keeps_the_past(page: Page, home: str) -> None:
    here = add(page, home)
    page.get_by_role("link", name="Manage, correct or share them").click()
    page.get_by_role("link", name="Replace").click()
    page.get_by_label("Or paste it").fill(MINE.replace("70 degrees", "75 degrees"))
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="What replacing would change")).to_be_visible()
    # The server has done it when it answers; to go elsewhere before would break it off.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Replace").click()
    page.wait_for_load_state()
    page.goto(f"{here}service/green-tea/")
    expect(page.locator("main")).to_contain_text("75 degrees")
    page.goto(f"{here}manage/")
    # The server has done it when it answers; to go elsewhere before would break it off.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Restore version 1").click()
    page.wait_for_load_state()
    page.goto(f"{here}service/green-tea/")
    expect(page.locator("main")).to_contain_text("70 degrees")


def test_a_line_is_corrected(page: Page, home: str) -> None:
    here = add(page, home)
    page.goto(f"{here}service/green-tea/")
    page.get_by_role("link", name="Correct the text of this part").click()
    page.get_by_role("link", name="Correct line 4").click()
    page.get_by_label("Line 4").fill("- Steeped at 80 degrees")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#line-4")).to_contain_text("80 degrees")
    page.goto(f"{here}service/green-tea/")
    expect(page.locator("main")).to_contain_text("80 degrees")


def test_a_link_shares_it_until_it_is_withdrawn(page: Page, home: str, browser: Browser) -> None:
    here = add(page, home)
    page.goto(f"{here}manage/")
    page.get_by_role("button", name="Share by link").click()
    link = page.get_by_label("Link").input_value()
    context = browser.new_context()
    friend = context.new_page()
    assert friend.goto(here).status == 404  # type: ignore[union-attr]
    friend.goto(link)
    expect(friend.locator("h1")).to_have_text("Tea")
    expect(friend.get_by_role("link", name="Manage, correct or share them")).to_have_count(0)
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("button", name="Share by link")).to_be_visible()
    assert friend.goto(here).status == 404  # type: ignore[union-attr]
    context.close()


def test_deleting_is_taken_back(page: Page, home: str) -> None:
    here = add(page, home)
    page.goto(f"{here}manage/")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Deleted")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("h1")).to_have_text("Tea")
    page.goto(here)
    expect(page.locator("h1")).to_have_text("Tea")


def test_a_note_stands_beside_its_fact(page: Page, home: str, notes: Outline) -> None:
    page.goto(f"{home}/o/cloud/service/vpc/")
    fact = page.locator(".facts li", has_text="A security group is stateful.")
    fact.hover()
    fact.get_by_role("link", name="Note", exact=True).click()
    page.get_by_label("Note (only").fill("Answers pass <b>by themselves</b>")
    page.get_by_role("button", name="Save").click()
    fact = page.locator(".facts li", has_text="A security group is stateful.")
    expect(fact.locator(".own-note")).to_have_text("Answers pass <b>by themselves</b>")


def test_all_of_it_goes_without_javascript(browser: Browser, live_server: object) -> None:
    home = str(live_server.url)  # type: ignore[attr-defined]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    here = add(page, home)
    page.goto(f"{here}manage/")
    page.get_by_label("Title").fill("My tea")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("h1")).to_have_text("My tea")
    page.goto(f"{here}text/5/")
    page.get_by_label("Line 5").fill("- Comes from Uji")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{here}service/green-tea/")
    expect(page.locator("main")).to_contain_text("Comes from Uji")
    page.get_by_role("link", name="Write a note beside a fact").click()
    page.get_by_role("link", name="Comes from Uji").click()
    page.get_by_label("Note (only").fill("Near Kyoto")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".own-notes")).to_contain_text("Near Kyoto")
    context.close()


def test_a_form_says_what_is_wrong(page: Page, home: str) -> None:
    page.goto(f"{home}/outlines/new/")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file or paste a text")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_own_pages(
    page: Page, home: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    here = add(page, home)
    page.goto(f"{here}text/4/")
    page.get_by_label("Line 4").fill("- Steeped at 80 degrees")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{here}manage/")
    page.get_by_role("button", name="Share by link").click()
    page.goto(f"{here}manage/replace/")
    page.get_by_label("Or paste it").fill(NOTES + "\n#### \n")
    page.get_by_role("button", name="Preview").click()
    preview = page.url
    addresses = [
        preview, f"{home}/outlines/own/", f"{home}/outlines/new/", f"{here}manage/",
        f"{here}text/", f"{here}text/4/", f"{here}notes/", f"{here}service/green-tea/-/notes/",
        f"{here}service/green-tea/",
    ]  # fmt: skip
    for address in addresses:
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert complaints(page) == [], address
