"""What the centre asks for: its particulars, its declarations, how packs are named, how long they are kept."""

from typing import Annotated

from annotated_types import Interval, Len

from pmworkshop.core.plan import Id, Line, Provenance, Text
from pmworkshop.core.value import Doc, value

PACK_NAME_FIELDS = ("initial", "surname", "registration", "centre", "unit", "submission")
"""What may stand in braces in the pattern of a pack's name."""


@value
class Declaration:
    """One sentence that somebody puts their name to."""

    id: Id
    text: Text


@value
class Review:
    """A review that is held in the same month each year."""

    title: Line
    month: Annotated[int, Interval(ge=1, le=12), Doc("1 for January")]


@value
class Centre:
    """A centre's settings. Without a name or number, packs leave room to write them in."""

    name: Annotated[Line | None, Doc("As it should stand on the cover sheet")] = None
    number: Annotated[Line | None, Doc("The centre's number, in quotes")] = None
    learner: Annotated[
        tuple[Declaration, ...], Len(1, 12), Doc("What a participant declares; all of it is needed to sign")
    ]
    centre: Annotated[
        tuple[Declaration, ...], Len(1, 12), Doc("What the trainer declares for the centre, about one pack")
    ]
    pack_name: Annotated[
        Line,
        Doc(
            "How a pack is called: {initial} {surname} {registration} {centre} {unit} {submission} stand for theirs"
        ),
    ] = "{initial} {surname} {registration} {centre} {unit} ({submission})"
    submission: Annotated[int, Interval(ge=1, le=2), Doc("1 original, 2 resubmission")] = 1
    keep_months: Annotated[
        int, Interval(ge=1, le=240), Doc("How long records are kept after the last session")
    ] = 36
    reviews: Annotated[tuple[Review, ...], Len(0, 12), Doc("Reviews of the year, for the diary")] = ()
    provenance: tuple[Provenance, ...] = ()
