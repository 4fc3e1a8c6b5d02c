"""What tests of a page do with a real browser."""

from pathlib import Path
from typing import Any

# Colours as the screen has them: a canvas turns any notation into bytes.
CONTRASTS = """
const canvas = document.createElement('canvas').getContext('2d');
function luminance(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
    .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
}
function behind(node) {
  const colour = getComputedStyle(node).backgroundColor;
  return colour === 'rgba(0, 0, 0, 0)' && node.parentElement ?
    behind(node.parentElement) : colour;
}
return [...document.querySelectorAll(arguments[0])].map(node => {
  const [a, b] = [luminance(getComputedStyle(node).color), luminance(behind(node))];
  return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), node.textContent];
});
"""


def open_page(
    browser: Any, path: Path, width: int = 1280, scheme: str = "light"
) -> None:
    """Opens a page as a screen of some width and colour scheme shows it."""
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(f"file://{path}")


def assert_readable(browser: Any, texts: str, more_than: int) -> None:
    """Finds the chosen texts at a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""
    contrasts = browser.execute_script(CONTRASTS, texts)
    assert len(contrasts) > more_than
    assert min(contrasts)[0] >= 4.5, min(contrasts)


def assert_fits(browser: Any, width: int, columns: int) -> None:
    """Finds nothing beyond the screen's width, and articles in so many columns."""
    script = "return document.documentElement.scrollWidth"
    assert browser.execute_script(script) <= width
    lefts = browser.execute_script(
        "return [...document.querySelectorAll('article')]"
        ".map(a => Math.round(a.getBoundingClientRect().left))"
    )
    assert len(set(lefts)) == columns


def pictures(browser: Any) -> list[tuple[bool, str]]:
    """Whether each picture is shown, and its text for those who do not see it."""
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "Promise.all([...document.querySelectorAll('[role=img]')].map(async node => {"
        "  const address = getComputedStyle(node).backgroundImage.slice(5, -2);"
        "  const image = new Image(); image.src = address;"
        "  const shown = await image.decode().then(() => true, () => false);"
        "  const box = node.getBoundingClientRect();"
        "  return [shown && box.width > 0 && box.height > 0,"
        "          node.getAttribute('aria-label')];"
        "})).then(done);"
    )
    return [(shown, alt) for shown, alt in found]
