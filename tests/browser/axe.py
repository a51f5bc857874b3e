"""What axe finds on a page, by light, in the dark and in forced colours."""

import json
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it has no types
from playwright.async_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALL = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that another look of the same page changes."""
LOOKS: tuple[tuple[Literal["light", "dark"], Literal["none", "active"], Any], ...] = (
    ("light", "none", ALL),
    ("dark", "none", COLOURS),
    ("light", "active", COLOURS),
)


async def violations(page: Page) -> list[str]:
    """Return what is wrong, a line for each look, rule and element."""
    found = []
    await page.evaluate(AXE_SCRIPT)
    for scheme, forced, rules in LOOKS:
        await page.emulate_media(color_scheme=scheme, forced_colors=forced)
        options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
        results = await page.evaluate(f"axe.run({options}).then((found) => found.violations)")
        found += [f"{scheme}/{forced} {line}" for one in results for line in _lines(one)]
    await page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def _lines(violation: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for node in violation["nodes"]
    ]
