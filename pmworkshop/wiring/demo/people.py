"""The eight of the demonstration, their groups, the records about them: plain data, read from the files beside this one.

All of them are invented. Days are written as `A+14` or `B-2`: so many days after Session A or B.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Final

from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import Route
from pmworkshop.core.value import value
from pmworkshop.wiring.demo.trouble import StuckError

EXERCISES: Final = {
    "before": "criterion-confidence",
    "after": "criterion-confidence",
    "prepare": "conversation-cards",
    "observe": "conversation-cards",
    "own-note": "conversation-cards",
    "quiz-1": "recap-quiz",
    "quiz-2": "recap-quiz",
}
"""What a sheet is of, where it is not called after its exercise."""
_DAY: Final = re.compile(r"([AB])([+-]\d+)")
_HERE: Final = "pmworkshop.wiring.demo"


@value
class Days:
    """The days of the two sessions."""

    a: date
    b: date

    def of(self, text: str) -> str | None:
        """Return the day that `A+14` means, as `YYYY-MM-DD`; None where the text is something else."""
        found = _DAY.fullmatch(text)
        if found is None:
            return None
        return ((self.a if found[1] == "A" else self.b) + timedelta(days=int(found[2]))).isoformat()


@value
class Guest:
    """One of the eight: what they hand in, by sheet, and what they amend; `sign` is empty where they never sign.

    `joins_as` is the name that they give at the door where it is not the one on the register.
    """

    key: str
    name: str
    organisation: str
    registration: str
    route: Route
    joins_as: str
    sheets: Mapping[str, Mapping[str, Any]]
    amended: Mapping[str, Mapping[str, Any]]
    after_signing: Mapping[str, Mapping[str, Any]]
    whole: tuple[str, ...]
    sign: Mapping[str, Any]


@value
class Group:
    """People who write a sheet together; the first is the scribe."""

    name: str
    people: tuple[str, ...]
    sheets: Mapping[str, Mapping[str, Any]]


def guests() -> tuple[Guest, ...]:
    """Return the eight."""
    found = sorted(
        (one for one in files(_HERE).joinpath("people").iterdir() if one.name.startswith(tuple("12345678"))),
        key=lambda one: one.name,
    )
    return tuple(_guest(one.name, _read(one.read_text("utf-8"))) for one in found)


def groups() -> tuple[Group, ...]:
    """Return the two groups."""
    return tuple(
        Group(
            name=one.pop("name"),
            people=tuple(one.pop("people")),
            sheets=one,
        )
        for one in data("people/groups.yaml")
    )


def data(name: str) -> Any:
    """Return what a file beside this one holds."""
    return _read(files(_HERE).joinpath(*name.split("/")).read_text("utf-8"))


def _read(text: str) -> Any:
    import yaml  # noqa: PLC0415  # slow to import

    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe ones


def _guest(file: str, found: dict[str, Any]) -> Guest:
    return Guest(
        key=file.partition("-")[2].partition(".")[0],
        name=found["name"],
        organisation=found["organisation"],
        registration=found["registration"],
        route=found["route"],
        joins_as=found.get("joins-as", found["name"]),
        sheets=found["sheets"],
        amended=found.get("amended", {}),
        after_signing=found.get("after-signing", {}),
        whole=tuple(found.get("whole", ())),
        sign=found.get("sign", {}),
    )


def answers(exercise: Exercise, written: Mapping[str, Any], days: Days) -> dict[str, Any]:
    """Return what was written as raw answers by item id; one row of ratings is spread over the items it is for."""
    known = {item.id for item in exercise.items}
    raw: dict[str, Any] = {}
    for key, given in written.items():
        raw |= {key: _dated(given, days)} if key in known else dict(_spread(exercise, key, given))
    return raw


def _spread(exercise: Exercise, key: str, given: list[Any]) -> Iterator[tuple[str, Any]]:
    items = [item.id for item in exercise.items if re.fullmatch(rf"{re.escape(key)}(-\d+)+", item.id)]
    if len(items) != len(given):
        raise StuckError("the kit", f"“{exercise.title}” has changed since the demonstration was written.")
    return zip(items, given, strict=True)


def _dated(given: Any, days: Days) -> Any:
    if isinstance(given, str):
        return days.of(given) or given
    if isinstance(given, list):
        return [_dated(one, days) for one in given]
    if isinstance(given, dict):
        return {key: _dated(one, days) for key, one in given.items()}
    return given
