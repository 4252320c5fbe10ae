"""The map under a hand, under keys, and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories import make_outline

NOTES = """\
# Cloud
## GuardDuty
### Output
- Sends findings to EventBridge
### Detectors
- One for each region
## EventBridge
### Rules
- Triggers Lambda
## Lambda
### Logging
- Logs are sent to CloudWatch
## CloudWatch
### Alarms
- Watch a metric
## Alone
### Part
- Has nothing to do with them
"""


@pytest.fixture
def map_at(site: str, page: Page) -> str:
    make_outline(NOTES, slug="sky")
    address = site.replace("/cloud/", "/sky/") + "map/"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    expect(page.locator(".chart.live")).to_be_visible()
    return address


def transform(page: Page) -> str:
    return str(page.locator(".chart").evaluate("svg => svg.style.transform"))


def width(page: Page) -> float:
    return float(page.locator(".chart").evaluate("svg => svg.getBoundingClientRect().width"))


def settle(page: Page) -> None:
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def spot(page: Page, name: str) -> Locator:
    return page.locator("a.spot", has_text=name)


def test_the_buttons_and_keys_zoom(page: Page, map_at: str) -> None:
    before = width(page)
    page.get_by_role("button", name="Zoom in").click()
    settle(page)
    nearer = width(page)
    assert nearer > 1.3 * before
    page.keyboard.press("-")
    settle(page)
    assert width(page) == pytest.approx(before)
    page.keyboard.press("+")
    settle(page)
    assert width(page) == pytest.approx(nearer)
    page.keyboard.press("0")
    settle(page)
    assert width(page) == pytest.approx(before)


def test_the_wheel_zooms_to_where_it_points(page: Page, map_at: str) -> None:
    box = spot(page, "GuardDuty").locator("path").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = width(page)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -240)
    page.wait_for_function(
        "w => document.querySelector('.chart').clientWidth > w * 1.3", arg=before
    )
    settle(page)
    after = spot(page, "GuardDuty").locator("path").bounding_box()
    assert after is not None
    assert after["x"] + after["width"] / 2 == pytest.approx(x, abs=40)
    assert after["y"] + after["height"] / 2 == pytest.approx(y, abs=40)


def test_a_drag_pans_and_opens_nothing(page: Page, map_at: str) -> None:
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    settle(page)
    before = transform(page)
    box = page.locator(".stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y - 60, steps=5)
    page.mouse.up()
    settle(page)
    assert transform(page) != before
    expect(page).to_have_url(map_at)


def test_pointing_at_a_topic_says_what_ties_it(page: Page, map_at: str) -> None:
    spot(page, "GuardDuty").locator("path").hover()
    expect(page.locator(".map-said")).to_contain_text("GuardDuty sends to EventBridge.")
    expect(spot(page, "EventBridge")).to_have_class(re.compile(r"\bnear\b"))
    expect(spot(page, "Alone")).not_to_have_class(re.compile(r"\bnear\b"))


def test_keys_walk_from_topic_to_topic_and_open_one(page: Page, map_at: str) -> None:
    spot(page, "GuardDuty").focus()
    start = page.evaluate("document.activeElement.dataset.id")
    seen = {start}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 2:
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.dataset.id"))
    assert len(seen) > 2
    spot(page, "Lambda").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#beside h2")).to_have_text("Lambda")
    expect(page.locator("#beside h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(spot(page, "Lambda")).to_be_focused()


def test_one_stop_for_tab_is_on_the_drawing(page: Page, map_at: str) -> None:
    assert page.locator("a.spot[tabindex='0']").count() == 1


def test_a_click_opens_beside_and_back_closes_without_a_new_map(page: Page, map_at: str) -> None:
    page.evaluate("document.querySelector('.chart').kept = true")
    spot(page, "GuardDuty").locator("path").click()
    expect(page.locator("#beside h2")).to_have_text("GuardDuty")
    expect(page).to_have_url(map_at + "?open=guardduty")
    page.locator("#beside").get_by_role("link", name="EventBridge").first.click()
    expect(page.locator("#beside h2")).to_have_text("EventBridge")
    expect(page).to_have_url(map_at + "?open=eventbridge")
    page.go_back()
    expect(page.locator("#beside h2")).to_have_text("GuardDuty")
    page.go_back()
    expect(page.locator("#beside h2")).to_have_count(0)
    expect(page).to_have_url(map_at)
    page.go_forward()
    expect(page.locator("#beside h2")).to_have_text("GuardDuty")
    assert page.evaluate("document.querySelector('.chart').kept")


def test_the_place_is_kept_over_a_reload(page: Page, map_at: str) -> None:
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(400)
    before, place = width(page), transform(page)
    page.reload()
    expect(page.locator(".chart.live")).to_be_visible()
    settle(page)
    assert width(page) == pytest.approx(before)
    assert transform(page) == place


def test_zooming_in_shows_the_features_of_a_topic(page: Page, map_at: str) -> None:
    dot = page.locator(".dots a", has_text="Detectors")
    expect(dot).to_be_hidden()
    box = spot(page, "GuardDuty").locator("path").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    for _ in range(12):
        page.mouse.wheel(0, -240)
        settle(page)
    expect(dot).to_be_visible()
    dot.locator("circle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Detectors")


def test_g_m_leads_to_the_map(page: Page, map_at: str) -> None:
    page.goto(map_at.removesuffix("map/"))
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Map")


def test_two_fingers_pinch(page: Page, map_at: str) -> None:
    before = width(page)
    page.evaluate(
        """() => {
          const stage = document.querySelector(".stage");
          const box = stage.getBoundingClientRect();
          const send = (type, pointerId, dx) => stage.dispatchEvent(new PointerEvent(type, {
            pointerId, clientX: box.left + box.width / 2 + dx, clientY: box.top + box.height / 2,
            bubbles: true, button: 0, pointerType: "touch",
          }));
          stage.setPointerCapture = () => {};
          send("pointerdown", 1, -40); send("pointerdown", 2, 40);
          send("pointermove", 1, -80); send("pointermove", 2, 80);
          send("pointerup", 1, -80); send("pointerup", 2, 80);
        }"""
    )
    settle(page)
    assert width(page) == pytest.approx(2 * before, rel=0.02)


def test_without_javascript_the_map_is_links(browser: Browser, map_at: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(map_at)
    expect(spot(page, "GuardDuty")).to_be_visible()
    spot(page, "GuardDuty").locator("path").click()
    expect(page.locator("#beside h2")).to_have_text("GuardDuty")
    page.get_by_text("Narrow the map").click()
    page.get_by_label("Links away from").fill("guard duty")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("a.spot")).to_have_count(2)
    context.close()
