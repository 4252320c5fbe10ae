"""Whole sessions in Chromium: by keyboard, without JavaScript, reloaded, in two tabs, cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from knowledge.models import Outline
from quiz.models import Answer, Learner, StudySession
from quiz.stock import make_stock
from quiz.visitors import COOKIE
from tests.browser.test_accessibility import complaints
from tests.factories import RICH, make_outline
from tests.sessions import make_session

KINDS = ("single", "multiple", "true_false", "cloze", "ordering", "matching")


@pytest.fixture
def rich(live_server: object) -> Outline:
    outline = make_outline(RICH, slug="rich")
    make_stock(outline)
    return outline


@pytest.fixture
def learner(page: Page, live_server: object) -> Learner:
    learner, token = Learner.objects.born(timezone.now())
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": live_server.url}])  # type: ignore[attr-defined]
    return learner


@pytest.fixture
def quiz(page: Page, site: str, learner: Learner, notes: Outline) -> Iterator[StudySession]:
    """A quiz with a question of each kind, its first one on the page."""
    session = make_session(learner, notes, KINDS)
    page.goto(address(site, session, 1))
    return session  # type: ignore[return-value]


def address(site: str, session: StudySession, position: int | None = None) -> str:
    root = site.split("/o/")[0]
    return f"{root}/session/{session.key}/" + (f"{position}/" if position else "")


def verdict(page: Page) -> str:
    heading = page.locator("#verdict")
    expect(heading).to_be_visible()
    return heading.inner_text().strip()


def test_a_whole_quiz_by_keyboard_alone(page: Page, quiz: StudySession) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one?")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    expect(page.locator("#verdict")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose two.")).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    page.keyboard.press("a")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 6", exact=True)).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    # The page's own focus comes with the question; a key before it would go elsewhere.
    expect(page.get_by_text("4 of 6", exact=True)).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    page.locator("#ask input[name=text]").focus()
    page.keyboard.type("stateless")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    expect(page.locator(".steps.arranged")).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    order_by_keys(page)
    page.locator("#stem").focus()
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    expect(page.get_by_text("6 of 6", exact=True)).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    for left, right in (("a", "1"), ("b", "2"), ("c", "3")):
        select = page.get_by_label(left, exact=True)
        select.focus()
        letter = page.locator(".partners button").filter(has_text=re.compile(rf"\b{right}\s*$"))
        page.keyboard.type(letter.locator(".letter").inner_text())
        expect(select.locator("option:checked")).to_have_text(re.compile(rf"{right}\s*$"))
    page.locator("#stem").focus()
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 6 right")
    assert Answer.objects.filter(guessed=True).count() == 1


def test_a_key_that_comes_with_the_verdict_leads_to_a_focused_question(
    page: Page, quiz: StudySession
) -> None:
    # As soon as the verdict is there, before the browser comes to anything else.
    page.evaluate("""() => {
      window.stayed = true;
      const next = () => setTimeout(() => document.querySelector("[data-next]").click());
      document.addEventListener("htmx:afterSwap", next, { once: true });
    }""")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose two.")).to_be_visible()
    expect(page.locator("#stem")).to_be_focused()
    assert page.evaluate("window.stayed === true")


def test_a_question_that_comes_as_a_whole_page_has_the_focus(
    page: Page, quiz: StudySession
) -> None:
    expect(page.locator("#stem")).to_be_focused()
    page.reload()
    expect(page.locator("#stem")).to_be_focused()


def order_by_keys(page: Page) -> None:
    """Bring the steps first, second, third in order with the arrow keys of their buttons."""
    for place, words in enumerate(("first", "second", "third")):
        row = page.locator(".step").filter(has_text=words)
        row.get_by_role("button", name=f"Up: {words}").focus()
        while row.locator(".place").inner_text() != f"{place + 1}.":
            page.keyboard.press("ArrowUp")


def test_steps_and_pairs_by_pointer(page: Page, site: str, quiz: StudySession) -> None:
    page.goto(address(site, quiz, 5))
    expect(page.locator(".steps.arranged")).to_be_visible()
    rows = page.locator(".step")
    first = rows.filter(has_text="first")
    for words in ("second", "first"):
        row = rows.filter(has_text=words).bounding_box()
        top = rows.first.bounding_box()
        assert row is not None
        assert top is not None
        page.mouse.move(row["x"] + 100, row["y"] + row["height"] / 2)
        page.mouse.down()
        for step in range(1, 11):
            middle = row["y"] + (top["y"] - 4 - row["y"]) * step / 10
            page.mouse.move(row["x"] + 100, middle)
        page.mouse.up()
    expect(first.locator(".place")).to_have_text("1.")
    page.get_by_role("button", name="Answer", exact=True).click()
    assert verdict(page) == "Right"
    page.goto(address(site, quiz, 6))
    for left, right in (("a", "1"), ("b", "2"), ("c", "3")):
        tile = page.locator(".partners button").filter(has_text=re.compile(rf"\b{right}\s*$"))
        target = page.locator(".pairing").filter(has=page.get_by_label(left, exact=True))
        tile.drag_to(target)
    page.get_by_role("button", name="Answer", exact=True).click()
    assert verdict(page) == "Right"


def test_a_whole_quiz_without_javascript(browser: Browser, site: str, rich: Outline) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.replace("/cloud/", "/rich/") + "service/cloudtrail/")
    page.get_by_role("button", name="Quiz me").click()
    expect(page.locator("#ask")).to_be_visible()
    asked = 0
    while page.locator("#ask").count():
        asked += 1
        fill(page)
        page.get_by_role("button", name="Answer", exact=True).click()
        assert verdict(page) in ("Right", "Not quite")
        expect(page.locator("#source")).to_contain_text("In the notes")
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"of {asked} right"))
    assert Answer.objects.count() == asked
    page.get_by_role("link", name="To print").click()
    expect(page.get_by_role("heading", name="Key")).to_be_visible()
    context.close()


def fill(page: Page) -> None:
    """Some answer that is one, whatever the kind of the question."""
    form = page.locator("#ask")
    kind = form.get_attribute("data-answer")
    match kind:
        case "cloze":
            form.locator("input[name=text]").fill("something")
        case "ordering" | "matching":
            for place, select in enumerate(form.locator("select:not([hidden])").all()):
                select.select_option(index=place + 1)
        case "multiple":
            wanted = {"two": 2, "three": 3, "four": 4}
            words = page.locator("#asks").inner_text().split()[1].rstrip(".")
            for option in form.locator("input[name=choice]").all()[: wanted[words]]:
                option.check(force=True)
        case _:
            form.locator("input[name=choice]").first.check(force=True)


def test_a_quiz_that_is_reloaded_at_every_step(page: Page, site: str, quiz: StudySession) -> None:
    for position in range(1, 7):
        page.goto(address(site, quiz))
        expect(page).to_have_url(address(site, quiz, position))
        page.reload()
        expect(page.locator("#ask")).to_be_visible()
        fill(page)
        page.locator("#ask .button").click()
        told = verdict(page)
        page.reload()
        assert verdict(page) == told
        expect(page).to_have_url(address(site, quiz, position))
    page.goto(address(site, quiz))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("of 6 right"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("of 6 right"))
    assert Answer.objects.count() == 6


def test_two_tabs_count_a_question_once(page: Page, site: str, quiz: StudySession) -> None:
    other = page.context.new_page()
    other.goto(address(site, quiz, 1))
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert verdict(page) == "Not quite"
    other.keyboard.press("2")
    other.keyboard.press("Enter")
    assert verdict(other) == "Not quite"
    expect(other.locator(".dock")).to_contain_text("the first answer counts")
    assert Answer.objects.get().right is False


def test_the_way_back_shows_the_verdict_and_not_the_question(
    page: Page, site: str, quiz: StudySession
) -> None:
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"
    page.keyboard.press("Enter")
    expect(page).to_have_url(address(site, quiz, 2))
    page.go_back()
    expect(page).to_have_url(address(site, quiz, 1))
    assert verdict(page) == "Right"


def test_a_lost_connection_keeps_the_answer(
    page: Page, live_server: object, learner: Learner, notes: Outline
) -> None:
    session = make_session(learner, notes, ("single", "single"))
    where = f"{live_server.url}/session/{session.key}/1/"  # type: ignore[attr-defined]
    page.goto(where)
    page.keyboard.press("2")
    page.route("**/session/**", lambda route: route.abort())
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".dock .problem")).to_contain_text("didn't reach the server")
    expect(page.locator("#ask input:checked")).to_have_value("1")
    page.unroute("**/session/**")
    page.get_by_role("button", name="Answer", exact=True).click()
    assert verdict(page) == "Right"
    assert Answer.objects.count() == 1


def test_the_line_opens_beside_the_question(page: Page, site: str, rich: Outline) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site.replace("/cloud/", "/rich/") + "service/guardduty/")
    page.get_by_role("button", name="Quiz me").click()
    expect(page.locator("#ask")).to_be_visible()
    before = page.locator("#stem").bounding_box()
    fill(page)
    page.locator("#ask .button").click()
    verdict(page)
    assert page.locator("#stem").bounding_box() == before
    expect(page.locator("#source mark")).to_be_visible()
    here = page.url
    page.locator("[data-line]").first.click()
    expect(page.locator("#source-title")).to_be_focused()
    assert page.url == here


def test_single_keys_can_be_switched_off(page: Page, site: str, quiz: StudySession) -> None:
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("2")
    expect(page.locator("#ask input:checked")).to_have_count(0)
    page.locator("#ask .option input").nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert verdict(page) == "Right"


def test_a_report_hides_the_question(page: Page, quiz: StudySession) -> None:
    page.get_by_text("Report this question").click()
    page.get_by_label("What is wrong with it?").fill("Two are right.")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_text("You won't be asked this question again")).to_be_visible()


def test_an_exam_from_start_to_report(
    page: Page, site: str, learner: Learner, notes: Outline
) -> None:
    session = make_session(learner, notes, ("single", "single", "single"), "exam", 30)
    StudySession.objects.update(deadline=timezone.now() + timedelta(minutes=30))
    page.goto(address(site, session, 1))
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"29 min|30 min"))
    page.keyboard.press("2")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_url(address(site, session, 2))
    page.keyboard.press("n")
    expect(page).to_have_url(address(site, session, 3))
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3 answered")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("33% right")
    page.get_by_role("link", name="Which one?").first.click()
    assert verdict(page) == "Right"


def test_an_exam_hands_itself_in_with_what_is_chosen(
    page: Page, site: str, learner: Learner, notes: Outline
) -> None:
    session = make_session(learner, notes, ("single", "single"), "exam", 30)
    StudySession.objects.update(deadline=timezone.now() + timedelta(seconds=6))
    page.goto(address(site, session, 1))
    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_have_text("50% right", timeout=15000)


@pytest.fixture(params=[("light", 390), ("dark", 1440)], ids=["light-phone", "dark-desk"])
def look(page: Page, request: pytest.FixtureRequest) -> Iterator[Callable[[], None]]:
    """Has axe look at the page as it is; what it found fails the test at its end."""
    scheme, width = request.param
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []

    def at_it() -> None:
        found.extend(f"{page.url}: {one}" for one in complaints(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{page.url} is {wide} wide at {width}")

    yield at_it
    assert found == []


def test_axe_finds_nothing_in_a_quiz(
    page: Page, site: str, learner: Learner, notes: Outline, look: Callable[[], None]
) -> None:
    session = make_session(learner, notes, KINDS)
    for position in range(1, 7):
        page.goto(address(site, session, position))
        look()
        page.locator("#ask .button").click()
        expect(page.locator("#verdict, .problem")).to_be_visible()
        if page.locator(".problem").count():
            if position == 1:
                look()
            fill(page)
            page.locator("#ask .button").click()
        verdict(page)
        look()
    page.goto(address(site, session))
    look()
    page.goto(address(site, session) + "sheet/")
    look()


def test_axe_finds_nothing_in_exams_reviews_and_where_they_start(
    page: Page, site: str, learner: Learner, notes: Outline, look: Callable[[], None]
) -> None:
    exam = make_session(learner, notes, KINDS, "exam", 30)
    StudySession.objects.update(deadline=timezone.now() + timedelta(minutes=30))
    for place in (1, None):
        page.goto(address(site, exam, place))
        look()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("As an estimate")).to_be_visible()
    look()
    page.goto(address(site, exam, 1))
    look()
    page.goto(address(site, make_session(learner, notes, KINDS, "review"), 1))
    look()
    for path in ("quiz/", "exam/", "review/", "quiz/?seed=3", "quiz/?topic=nothing"):
        page.goto(site + path)
        look()
