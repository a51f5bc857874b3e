"""Forms of the shipped exercises, filled in at random as a browser would send them."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from bench_exercises import given
from room_phone import FORM, Filled, Phone

from pmworkshop.core.answers import read
from pmworkshop.core.exercise import Exercise, Item, expanded
from pmworkshop.core.value import value
from pmworkshop.wiring.house import House

_BOUNDARY = "----benchmark"


def exercises_of(house: House) -> dict[str, Exercise]:
    """Return every exercise of the kit that a form can answer, as the cohort takes it up."""
    kit = house.kit()
    return {name: expanded(one, kit.unit) for name, one in kit.exercises.items()}


@value
class Answered:
    """What somebody will answer in an exercise, as bytes that only want the page's hidden fields before them."""

    path: str
    kind: str
    body: bytes
    draft: bytes


def answered(name: str, exercise: Exercise, chance: random.Random) -> Answered:
    """Make up answers. Takes long beside a request: to be done before anything is measured."""
    raw = {item.id: given(exercise, item, chance.randrange(10_000)) for item in exercise.items}
    has_photo = any(item.kind == "photo" for item in exercise.items)
    kind = f"multipart/form-data; boundary={_BOUNDARY}" if has_photo else FORM
    return Answered(
        path=f"/do/{name}",
        kind=kind,
        body=_encoded(kind, _pairs(exercise, raw)) + (f"--{_BOUNDARY}--\r\n".encode() if has_photo else b""),
        draft=json.dumps(raw).encode(),
    )


async def filled(phone: Phone, answers: Answered) -> Filled:
    """Ask for the form and fill it in."""
    page = await phone.ask("GET", answers.path)
    hidden = page.hidden()
    if page.status != 200 or "submission" not in hidden:
        raise RuntimeError(f"{answers.path}: no form came, but {page.status} {page.body[:200]!r}")
    between = b"&" if answers.kind == FORM else b""
    return Filled(
        path=answers.path,
        body=_encoded(answers.kind, hidden.items()) + between + answers.body,
        kind=answers.kind,
        draft=answers.draft,
        cookie=phone.cookie,
        submission=hidden["submission"],
    )


def _encoded(kind: str, pairs: Iterable[tuple[str, str]]) -> bytes:
    if kind == FORM:
        return urlencode(list(pairs)).encode()
    parts = [
        f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in pairs
    ]
    return "".join(parts).encode()


def _pairs(exercise: Exercise, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a browser sends for these answers, with gaps only where a photo would be."""
    sheet = read(exercise, raw)
    if sheet.wrong or any(_kind(exercise, flaw.item) != "photo" for flaw in sheet.missing):
        raise RuntimeError(f"{exercise.title}: the benchmark answers wrongly: {sheet.flaws}")
    if sheet.missing:
        yield "with-gaps", "yes"
    for item in exercise.items:
        yield from _sent(item, raw[item.id])


def _kind(exercise: Exercise, wanted: str) -> str:
    item = exercise.item(wanted)
    return item.kind if item else ""


def _sent(item: Item, raw: Any) -> Iterator[tuple[str, str]]:
    if item.kind in ("choices", "ranking"):
        yield from ((item.id, one) for one in raw)
    elif item.kind == "grid":
        yield from zip((f"{item.id}.x", f"{item.id}.y"), map(str, raw), strict=True)
    elif item.kind == "table":
        rows: list[Mapping[str, str]] = raw
        for number, row in enumerate(rows, 1):
            yield from ((f"{item.id}.{number}.{column}", text) for column, text in row.items())
    elif item.kind == "yes-no":
        yield item.id, "yes" if raw else "no"
    elif item.kind == "list":
        yield item.id, "\r\n".join(raw)
    elif item.kind != "photo":
        yield item.id, str(raw)
