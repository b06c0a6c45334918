"""A browser that takes pictures: a context for each language, reused, so that scripts load once."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Browser, Page

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
TALLEST = {"desktop": 4000, "phone": 6500}
PATIENCE_MS = 60_000
PRESS_MS = 80
COLOURS = 256  # a palette: a page of flat colours takes a quarter of the bytes, and nobody sees it
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Nothing has changed for a while, and nothing is still on its way: a page is drawn by many messages.
STILL = """() => new Promise(done => {
  const began = performance.now();
  let last = began;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = setInterval(() => {
    const app = document.querySelector('[data-testid=stApp]');
    const busy = app && (app.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-testid=stSkeleton]'));
    const images = [...document.images].some(one => !one.complete);
    const now = performance.now();
    if ((!busy && !images && now - last > 350) || now - began > 15000) {
      clearInterval(look); watch.disconnect(); done();
    }
  }, 50);
})"""  # noqa: E501
HEIGHT = """() => {
  const dialog = document.querySelector('[role=dialog]');
  if (dialog) return Math.ceil(dialog.getBoundingClientRect().top + dialog.scrollHeight + 24);
  const main = document.querySelector('[data-testid=stMain]');
  return Math.ceil(main ? main.scrollHeight : document.documentElement.scrollHeight);
}"""


@dataclass
class Camera:
    """Pages to stand before: one for each language, so that scripts load once."""

    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, language: str, size: str) -> Page:
        """The page of this language, at this size."""
        width, height = SIZES[size]
        if language not in self.pages:
            context = self.browser.new_context(
                viewport={"width": width, "height": height},
                locale=LANGUAGES[language],
                timezone_id="Asia/Shanghai",
                reduced_motion="reduce",
            )
            self.pages[language] = context.new_page()
            self.pages[language].set_default_timeout(PATIENCE_MS)
        page = self.pages[language]
        page.set_viewport_size({"width": width, "height": height})
        return page


def settle(page: Page) -> None:
    """Wait until the page shows all it has."""
    if page.locator("#root").count():
        page.wait_for_selector(READY)
    page.evaluate(STILL)


def whole(page: Page, size: str) -> bytes:
    """The page at this size from its head to its foot, with what sticks to the foot at the foot."""
    width, height = SIZES[size]
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(STILL)
    page.mouse.move(width - 1, 1)  # nothing is hovered over
    tall = min(int(page.evaluate(HEIGHT)), TALLEST[size])
    if tall > height:
        page.set_viewport_size({"width": width, "height": tall})
        page.evaluate(STILL)
    return page.screenshot()


def compressed(shot: bytes) -> bytes:
    """The same picture in a palette, a fifth of the bytes."""
    small = io.BytesIO()
    drawn = Image.open(io.BytesIO(shot)).convert("RGB")
    # By what colours there are, then by how often: the usual cut gives all to the greys of text: red turns brown.
    palette = drawn.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    palette.save(small, "PNG", optimize=True)
    return small.getvalue()
