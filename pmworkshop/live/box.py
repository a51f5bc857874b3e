"""The box that anonymous answers lie in until their activity closes: outside the record, sorted by what they say.

Who has handed in is known while the box is open, so that nobody does twice; it goes when the box is emptied.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.producing import anonymous_sheet
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value
from pmworkshop.live.record import RecordTroubleError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

PREFIX: Final = "anonymous:"


@value
class Box:
    """What lies in one box."""

    id: str
    handed_in: tuple[ParticipantId, ...] = ()
    sheets: tuple[AnonymousSheet, ...] = ()

    def holding(self, participant: ParticipantId, sheet: AnonymousSheet) -> "Box":
        """Return the box with one more sheet in it, at a place that does not tell when it came."""
        sheets = sorted(
            (*self.sheets, sheet), key=lambda one: repr(sorted(one.answers.items(), key=lambda p: p[0]))
        )
        return Box(id=self.id, handed_in=tuple(sorted({*self.handed_in, participant})), sheets=tuple(sheets))


def box_key(exercise_id: str) -> str:
    """Return the key under which the box of an exercise is kept among the drafts."""
    return f"{PREFIX}{exercise_id}"


@cache
def _adapter() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415  # slow to import

    return TypeAdapter(Box)


def pack(box: Box) -> str:
    """Return the box as text."""
    return _adapter().dump_json(box, exclude_none=True).decode()


def unpack(body: str) -> Box:
    """Return the box in a text; `RecordTroubleError` where it cannot be read."""
    try:
        box: Box = _adapter().validate_json(body)
    except ValueError as error:
        raise RecordTroubleError(
            "The box of anonymous answers cannot be read; nothing was taken out of it."
        ) from error
    return box


def with_sheet(
    drafts: Mapping[str, str],
    state: Cohort,
    exercise_id: str,
    participant: ParticipantId,
    answers: Mapping[str, Any],
    new: str,
    *,
    with_gaps: bool,
) -> Mapping[str, str | None] | Refusal:
    """Return the drafts to change for a sheet to lie in its box, a new one called `new` where there is none."""
    key = box_key(exercise_id)
    held = unpack(drafts[key]) if key in drafts else Box(id=new)
    if held.id in state.emptied:
        held = Box(id=new)
    sheet = anonymous_sheet(state, exercise_id, held.handed_in, participant, answers, with_gaps=with_gaps)
    return sheet if isinstance(sheet, Refusal) else {key: pack(held.holding(participant, sheet))}


def has_given(drafts: Mapping[str, str], exercise_id: str, participant: ParticipantId) -> bool:
    """Whether somebody's sheet lies in the box of an exercise."""
    key = box_key(exercise_id)
    return key in drafts and participant in unpack(drafts[key]).handed_in


def without_box(drafts: Mapping[str, str], exercise_id: str, box: str) -> Mapping[str, str | None]:
    """Return the drafts to drop once a box was entered: itself, and what was begun and stands under people's names."""
    key = box_key(exercise_id)
    begun = (f"form:{exercise_id}:", f"paper:{exercise_id}:")
    return {
        name: None
        for name, body in drafts.items()
        if name.startswith(begun) or (name == key and unpack(body).id == box)
    }
