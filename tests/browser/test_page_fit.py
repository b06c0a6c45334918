"""Every page on a phone: nothing sideways, targets for thumbs, contrast for tired eyes, text twice the size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from functions.pages.colours import Palette, contrast
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.pages import samples

pytestmark = pytest.mark.browser
PAGES = samples.layouts()
SIZES = {"desktop": (1280, 800), "small phone": (320, 568), "phone": (390, 844)}

CONTRASTS = """() => {
  const rgba = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const hex = colour => '#' + colour.slice(0, 3).map(part => Math.round(part).toString(16).padStart(2, '0')).join('');
  const found = [];
  for (const element of document.querySelectorAll('#page *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest('.vh') || !element.getClientRects().length) continue;
    const said = element.textContent.trim().slice(0, 30);
    found.push([said, hex(rgba(getComputedStyle(element).color)), hex(ground(element))]);
  }
  return found;
}"""
TARGETS = """() => {
const target = one => one.closest('label') || (one.offsetWidth < 3 && one.labels?.[0]) || one;  // where a thumb goes
return [...document.querySelectorAll('#page :is(a, button, summary, input:not([type=hidden]))')]
  .filter(one => one.getClientRects().length && !one.closest('p, span'))
  .map(one => { const box = target(one).getBoundingClientRect();
    return [one.textContent.trim() || one.name, Math.round(box.width), Math.round(box.height)]; }); }"""

# Words of up to ten letters that stand on two lines, and Chinese in a column of its own width.
BROKEN = """() => {
  const found = [], range = document.createRange();
  const all = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
  const top = (node, at) => { range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getClientRects()[0]?.top; };
  for (let node; (node = all.nextNode());) {
    if (node.parentElement.closest('.vh, details:not([open]) > :not(summary)')) continue;
    for (const { 0: word, index } of node.data.matchAll(/(?<!\\S)[\\w¥.%*]{2,10}(?!\\S)|[\\u4e00-\\u9fff]{3}/g)) {
      const tops = [...word].map((_, at) => top(node, index + at)).filter(one => one !== undefined);
      const lines = new Set(tops.map(one => Math.round(one / 8))).size;
      if (lines > (/\\w/.test(word) ? 1 : 2)) found.push(word);
    }
  }
  return found; }"""
BUTTONS = "() => [...document.querySelectorAll('button, .btn')].map(one => one.getBoundingClientRect().height)"


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """One page to draw on."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/*", lambda route: route.abort())
    yield page
    context.close()


def draw(screen: Page, name: str, language: str) -> None:
    """Show a sample page."""
    screen.set_content(PAGES[name](language), wait_until="domcontentloaded")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_stands_still_at_any_size_of_screen_and_text_and_is_read_and_tapped_with_ease(
    screen: Page, name: str
) -> None:
    """Nothing sideways, no word broken, in either language; texts stand out from their ground; room for a thumb."""
    draw(screen, name, "zh")
    faint = [line for line in screen.evaluate(CONTRASTS) if contrast(line[1], line[2]) < 4.5]
    assert faint == []
    assert widest(screen) == []
    assert screen.evaluate(BROKEN) == []

    draw(screen, name, "en")
    small = [line for line in screen.evaluate(TARGETS) if line[2] < 42 or line[1] < 40]
    assert small == []
    assert all(height == 0 or height >= 48 for height in screen.evaluate(BUTTONS))
    assert widest(screen) == []
    assert screen.evaluate(BROKEN) == []


def widest(screen: Page) -> list[str]:
    """The sizes at which the page is wider than its screen, twice the size of text among them; ends on a phone."""
    found = []
    for size, (width, height) in SIZES.items():
        screen.set_viewport_size({"width": width, "height": height})
        if screen.evaluate("document.documentElement.scrollWidth") > width:
            found.append(size)
    screen.evaluate("document.documentElement.style.fontSize = '200%'")
    return found + (
        ["text at 200%"] if screen.evaluate("document.documentElement.scrollWidth") > PHONE["width"] else []
    )


@pytest.mark.parametrize(
    "colour", ["#0B6E5F", "#FFFFFF", "#000000", "#FFEB3B", "#FF5000", "#07C160", "#808080", "#767676"]
)
def test_any_brand_colour_stays_readable(colour: str) -> None:
    palette = Palette.of(colour)

    assert contrast(palette.on, palette.brand) >= 4.5
    assert contrast(palette.ink, "#FFFFFF") >= 4.5
