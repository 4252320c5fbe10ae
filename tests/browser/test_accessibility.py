"""axe finds nothing on any page: WCAG 2.2 AA, light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = [
    "",
    "service/vpc/",
    "service/vpc/network-acls/",
    "search/?q=key",
    "about/",
    "map/",
    "map/?open=vpc",
    "path/?from=vpc&to=kms",
    "path/?from=nowhere&to=kms",
    "compare/?a=network+acls&b=security+groups",
    "structure/",
    "../../outlines/",
    "service/none/",
]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    page: Page, site: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + path)
        assert complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_palette_and_the_keys(
    page: Page, site: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("key")
    expect(page.get_by_role("option").first).to_be_visible()
    # The options of all three letters: those of the first would be swapped while axe looks.
    expect(page.locator("#palette")).to_have_attribute("data-for", "key")
    assert complaints(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert complaints(page) == []
