"""Answering a form as somebody would: any kind of item, with plausible answers."""

from collections.abc import Mapping

from playwright.async_api import Locator, Page

WORDS = "We spoke about it for ten minutes and wrote down what comes next."
LISTED = "\n".join(f"Step {n}: ask, listen, write it down" for n in range(1, 6))
DAY = "2027-04-12"


async def fill_form(page: Page, chosen: Mapping[str, int] | None = None, *, quick: bool = True) -> None:
    """Answer every question that is to be seen, top to bottom.

    `chosen` is which option to take, from 0, by item. Unless it is `quick`, every field must be in reach of a finger.
    """
    questions = page.locator("[data-item]")
    for number in range(await questions.count()):
        question = questions.nth(number)
        item, kind, shown = await question.evaluate(
            "one => [one.dataset.item, one.dataset.kind, one.checkVisibility()]"
        )
        if shown:
            await answer(question, kind, (chosen or {}).get(item, 0), quick=quick)


async def answer(question: Locator, kind: str, choice: int = 0, *, quick: bool = True) -> None:
    """Answer one question; `choice` is which option to take, from 0."""
    if kind in ("rating", "choice", "yes-no", "choices"):
        for number in (choice, choice + 1)[: 2 if kind == "choices" else 1]:
            await question.locator("input").nth(number).check(force=quick)
    elif kind in ("line", "grid"):
        for number, scale in enumerate(await question.locator(".scale").all()):
            await scale.locator("input").nth(6 + number).check(force=quick)
    elif kind == "ranking":
        for number, place in enumerate(await question.locator("select").all(), 1):
            await place.select_option(index=number, force=quick)
    elif kind == "table":
        for row in await question.locator(".table-row").all():
            await fill_row(row)
    elif kind != "photo":
        await question.locator("textarea, input:not([type=hidden])").fill(_text(kind), force=quick)


async def fill_row(row: Locator) -> None:
    """Fill the cells of one row of a table."""
    for cell in await row.locator("input, select, textarea").all():
        kind = await cell.evaluate("one => one.placeholder || one.inputMode || one.type")
        if kind == "select-one":
            await cell.select_option(index=1)
        else:
            await cell.fill({"date": DAY, "decimal": "3", "TM1": "TM4"}.get(kind, "Write it down"))


def _text(kind: str) -> str:
    return {"number": "12", "date": DAY, "code": "TM7", "list": LISTED, "long": f"{WORDS} {WORDS}"}.get(
        kind, WORDS
    )
