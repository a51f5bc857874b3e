"""Reports to read in a browser: the coverage matrix, the evaluation, and what to open first.

Each is one file that needs nothing from outside, holds no script, and reads in light, in the dark and in print.
"""

from functools import cache
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from pmworkshop.core.saying import apart
from pmworkshop.core.words import said_day
from pmworkshop.drawing import together
from pmworkshop.drawing.templating import environment
from pmworkshop.drawing.together import along, disc, drawing, ident, share_of, stroke
from pmworkshop.export.report_timings import SHOWN, strip
from pmworkshop.export.typesetting import TEMPLATES
from pmworkshop.live.views.lessons import delivery_words
from pmworkshop.live.views.reports.evaluation import Confidence
from pmworkshop.live.views.reports.report import ReportView
from pmworkshop.live.views.timings import off_words, took_words

MIDDLE: Final = 14
"""How far from the top of its picture a change is drawn."""


def coverage_html(view: ReportView) -> bytes:
    """Return the matrix of participants and criteria, and what stands behind each cell."""
    return _page("report-coverage.html", view)


def evaluation_html(view: ReportView) -> bytes:
    """Return what people said without names, and how sure they felt before and after."""
    return _page("report-evaluation.html", view, pictures=together, apart=apart, change=change)


def timings_html(view: ReportView) -> bytes:
    """Return how long segments were planned and took, over all deliveries."""
    return _page(
        "report-timings.html",
        view,
        strip=strip,
        took=took_words,
        off=off_words,
        learned_from=delivery_words,
        shown=SHOWN,
    )


def index_html(view: ReportView, files: list[tuple[str, str, str]]) -> bytes:
    """Return the page to open first; `files` are name, title and what each is."""
    return _page("report-index.html", view, files=files)


def change(one: Confidence, highest: int, *key: int) -> Markup:
    """Draw two means on a scale from 1 to `highest`: a ring for the first, a disc for the last."""
    first, last = (along(share_of(tenths or 0, 1, highest)) for tenths in (one.first, one.last))
    ticks = [along(step / max(highest - 1, 1)) for step in range(highest)]
    parts = [stroke("drawn-axis", (ticks[0], MIDDLE), (ticks[-1], MIDDLE))]
    parts += [stroke("drawn-axis", (x, MIDDLE - 5), (x, MIDDLE + 5)) for x in ticks]
    parts += [stroke("drawn-apart", (first, MIDDLE), (last, MIDDLE)), disc("drawn-dot", last, MIDDLE, 7)]
    parts.append(disc("drawn-ring", first, MIDDLE, 8, "none" if one.first == one.last else "#fff"))
    said = f"from {together.tenths(one.first or 0)} to {together.tenths(one.last or 0)}"
    return drawing(
        ident("change", *key), 2 * MIDDLE, f"{one.text}: {said}, on a scale from 1 to {highest}", parts
    )


def _page(template: str, view: ReportView, **more: Any) -> bytes:
    page = _templates().get_template(template).render(view=view, origin=view.origin, **more)
    return page.encode("utf-8", "replace")


@cache
def _templates() -> Environment:
    found = environment(TEMPLATES)
    found.filters["said_day"] = said_day
    return found
