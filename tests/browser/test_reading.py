"""Browsing and searching as a person does: by mouse, by keyboard, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.models import Fact, Outline


def test_a_link_swaps_the_page_and_names_it(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("window.same = true")
    page.get_by_role("link", name="VPC", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")
    expect(page).to_have_url(site + "service/vpc/")
    expect(page).to_have_title(re.compile("^VPC · Cloud notes"))
    assert page.evaluate("window.same") is True
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text(re.compile("^VPC · Cloud notes"))


def test_back_returns_to_the_page_before(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="VPC", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cloud notes")
    expect(page).to_have_url(site)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")


def test_a_reload_gives_the_same_page(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="VPC", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")


def test_the_palette_finds_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("staetful")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    expect(page.locator("#palette")).to_contain_text("Showing results for")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")
    expect(page.locator("#palette")).to_be_hidden()


def test_arrows_choose_in_the_palette(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Control+k")
    page.keyboard.type("key")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    expect(page.locator("#palette")).to_have_attribute("data-for", "key")
    field = page.get_by_role("combobox", name="Search these notes").last
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", first or "")


def test_escape_closes_the_palette_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(site)
    link = page.get_by_role("link", name="VPC", exact=True)
    link.focus()
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_found_fact_is_marked_in_its_place(page: Page, site: str, notes: Outline) -> None:
    fact = Fact.objects.for_outline(notes).get(text="A security group is stateful.")
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("stateful")
    page.get_by_role("option").filter(has_text="stateful").first.click()
    words = page.locator(f"#fact-{fact.pk} > p")
    expect(words).to_be_in_viewport()
    plain = page.locator("li[id^=fact-]").first.locator("> p")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert words.evaluate(colour) != plain.evaluate(colour)


def test_the_theme_changes_at_once_and_stays(page: Page, site: str) -> None:
    page.goto(site)
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    page.goto(site + "service/vpc/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_first_tab_skips_to_the_content(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_keys_lead_through_the_site(page: Page, site: str) -> None:
    page.goto(site + "service/vpc/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Key Management Service (KMS)")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cloud notes")


def test_single_keys_can_be_switched_off(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("?")
    page.get_by_role("button", name="Off").click()
    expect(page.locator("html")).to_have_attribute("data-keys", "off")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_hidden()


def test_features_fold_and_unfold(page: Page, site: str) -> None:
    page.goto(site + "service/vpc/")
    words = page.get_by_text("Rules are evaluated by number.")
    page.get_by_role("button", name="Fold all", exact=True).click()
    expect(words).to_be_hidden()
    page.get_by_role("button", name="Unfold all").click()
    expect(words).to_be_visible()


def test_without_javascript_everything_is_reached(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="VPC", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VPC")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("rotation")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=re.compile("Automatic rotation")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Key Management Service (KMS)")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


@pytest.mark.parametrize("path", ["", "service/vpc/", "search/?q=key", "about/"])
def test_nothing_is_wider_than_a_phone(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_escape_closes_the_palette_with_words_in_it(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("key")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_a_lost_connection_says_so(page: Page, notes: Outline, live_server: object) -> None:
    page.goto(f"{live_server.url}/o/cloud/")  # type: ignore[attr-defined]
    page.route("**/service/vpc/", lambda route: route.abort())
    page.get_by_role("link", name="VPC", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cloud notes")
