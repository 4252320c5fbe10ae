"""Ways between two topics and comparisons, as a reader meets them."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect


def test_a_name_that_is_not_known_leads_to_one_that_is(page: Page, site: str) -> None:
    page.goto(site + "path/")
    page.get_by_label("From").fill("Network ACLz list")
    page.get_by_label("To", exact=True).fill("vpc")
    page.get_by_role("button", name="Show the way").click()
    expect(page.get_by_text("Nothing in these notes is called")).to_be_visible()
    page.locator(".between .refused a").first.click()
    expect(page.locator(".between .refused")).to_have_count(0)
    expect(page.locator(".way").first).to_be_visible()


def test_a_step_leads_to_its_line(page: Page, site: str) -> None:
    page.goto(site + "path/?from=network+acls&to=vpc")
    page.locator(".way .at").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Network ACLs")


def test_compared_and_turned_around(page: Page, site: str) -> None:
    page.goto(site + "compare/?a=network+acls&b=security+groups")
    heads = page.locator(".sides thead a")
    expect(heads).to_have_text(["Network ACLs", "Security groups"])
    page.get_by_role("link", name="Turn around").click()
    expect(heads).to_have_text(["Security groups", "Network ACLs"])
    page.go_back()
    expect(heads).to_have_text(["Network ACLs", "Security groups"])


def test_the_pages_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "compare/")
    page.get_by_label("One").fill("nacl")
    page.get_by_label("The other").fill("security groups")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".sides")).to_be_visible()
    page.goto(site + "about/")
    with page.expect_download() as download:
        page.get_by_role("link", name="GraphML").click()
    assert download.value.suggested_filename == "cloud.graphml"
    context.close()
