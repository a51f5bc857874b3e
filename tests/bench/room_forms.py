"""Forms of the shipped exercises, filled in at random as a browser would send them."""

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from bench_exercises import given
from room_phone import FORM, Filled, Phone

from pmworkshop.core.answers import read
from pmworkshop.core.exercise import Exercise, Item, expanded
from pmworkshop.wiring.house import House

Pairs = list[tuple[str, str]]
_BOUNDARY = "----benchmark"


def exercises_of(house: House) -> dict[str, Exercise]:
    """Return every exercise of the kit that a form can answer, as the cohort takes it up."""
    kit = house.kit()
    return {name: expanded(one, kit.unit) for name, one in kit.exercises.items()}


async def filled(phone: Phone, name: str, exercise: Exercise, chance: random.Random) -> Filled:
    """Ask for the form and fill it in."""
    page = await phone.ask("GET", f"/do/{name}")
    hidden = page.hidden()
    if page.status != 200 or "submission" not in hidden:
        raise RuntimeError(f"{name}: no form came, but {page.status} {page.body[:200]!r}")
    has_photo = any(item.kind == "photo" for item in exercise.items)
    raw = {item.id: given(exercise, item, chance.randrange(10_000)) for item in exercise.items}
    pairs = [*hidden.items(), *_pairs(exercise, raw)]
    body = _multipart(pairs) if has_photo else urlencode(pairs).encode()
    return Filled(
        path=f"/do/{name}",
        body=body,
        kind=f"multipart/form-data; boundary={_BOUNDARY}" if has_photo else FORM,
        draft=json.dumps(raw).encode(),
        cookie=phone.cookie,
        submission=hidden["submission"],
    )


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


def _multipart(pairs: Pairs) -> bytes:
    parts = [
        f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{given}\r\n'
        for name, given in pairs
    ]
    return "".join([*parts, f"--{_BOUNDARY}--\r\n"]).encode()
