"""What an author writes: a course, its sessions and their segments, word for word as read from the kit.

Where things stand in time is worked out by `timetable`, never stored here.
"""

from collections.abc import Iterable
from typing import Annotated, Literal, NewType

from annotated_types import Interval, Len

from pmworkshop.core.units import Clock, Length, Minutes
from pmworkshop.core.value import Doc, Pattern, value

SegmentId = NewType("SegmentId", str)

_SLUG = Pattern(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", "lower-case letters, figures and single hyphens, such as big-picture"
)
_RANGES = Pattern(
    r"^[0-9]+(-[0-9]+)?(, ?[0-9]+(-[0-9]+)?)*$", 'numbers and ranges in quotes, such as "4-5" or "6-9, 12"'
)

Id = Annotated[str, _SLUG, Len(1, 60)]
Line = Annotated[str, Len(1, 200)]
Text = Annotated[str, Len(1, 6000)]
Numbers = Annotated[str, _RANGES]
Link = Annotated[
    str, Pattern(r"^https?://[^\s]+$", "a web address that begins with http:// or https://"), Len(1, 2000)
]
CriterionId = Annotated[str, Pattern(r"^[0-9]+\.[0-9]+$", 'a criterion number in quotes, such as "2.1"')]

Sure = Literal["official", "third_party", "general", "inferred"]
Kind = Literal["work", "break"]
Method = Literal[
    "input",
    "plenary",
    "discussion",
    "group work",
    "quiz",
    "self-assessment",
    "video",
    "brainstorm",
    "practice",
    "debrief",
]
Grouping = Literal["whole group", "groups", "trios", "pairs", "individual"]
Priority = Literal["must", "should", "could"]


@value
class Provenance:
    """Where a fact comes from and how sure of it we are."""

    what: Annotated[Line, Doc("The fact that this is about")]
    sure: Annotated[Sure, Doc("Read officially, read elsewhere, general knowledge, or our own inference")]
    source: Annotated[Line | None, Doc("Where it was read")] = None
    check: Annotated[Line | None, Doc("What to check with the centre")] = None


@value
class Resource:
    """A thing to have in hand on the day."""

    id: Id
    title: Line
    note: Annotated[Text | None, Doc("What to look to, such as captions for a film")] = None
    link: Link | None = None


@value
class Option:
    """One of the ways in which a segment can be run."""

    id: Id
    title: Line
    notes: Text | None = None
    slides: Numbers | None = None
    pages: Numbers | None = None
    minutes: Length | None = None
    activities: tuple[Id, ...] = ()
    resources: tuple[Id, ...] = ()


@value
class Options:
    """What the trainer may choose between in a segment."""

    choose: Annotated[Literal["one", "any"], Doc("Exactly one of them, or any, including none")] = "one"
    of: Annotated[tuple[Option, ...], Len(1, 12)]


@value
class Segment:
    """One timed part of a session. Times come from `at`, from `minutes`, or are derived from the neighbours."""

    id: Annotated[SegmentId, _SLUG, Len(1, 60)]
    title: Line
    kind: Kind = "work"
    at: Annotated[Clock | None, Doc("Planned start; without it, the end of the segment before")] = None
    minutes: Annotated[Length | None, Doc("Planned length; without it, up to the next start")] = None
    fixed: Annotated[bool, Doc("A start that waits for its time, such as the break")] = False
    purpose: Text | None = None
    method: tuple[Method, ...] = ()
    grouping: tuple[Grouping, ...] = ()
    slides: Annotated[Numbers | None, Doc("Slides of the trainer's deck")] = None
    pages: Annotated[Numbers | None, Doc("Pages of the workbook")] = None
    notes: Annotated[Text | None, Doc("What to say and do, in Markdown")] = None
    look_for: Annotated[
        tuple[Line, ...], Len(0, 20), Doc("What to watch and listen for; ticked on the day")
    ] = ()
    output: Annotated[Line | None, Doc("What participants have in hand at the end")] = None
    resources: Annotated[tuple[Id, ...], Doc("Resources of the course, by id")] = ()
    activities: Annotated[tuple[Id, ...], Doc("Exercises, by id")] = ()
    options: Options | None = None
    criteria: Annotated[tuple[CriterionId, ...], Doc("Criteria of the unit that the work here supports")] = ()
    priority: Annotated[Priority, Doc("What gives way first when time is short")] = "must"
    shortest: Annotated[Length | None, Doc("The shortest workable length, in minutes")] = None
    caution: Annotated[tuple[Text, ...], Doc("Known slips and doubts, shown beside the segment")] = ()


@value
class Session:
    """A timed plan for one delivery."""

    title: Line
    subtitle: Line | None = None
    start: Clock
    end: Clock
    end_assumed: Annotated[bool, Doc("The end is our assumption, not the notes'")] = False
    welcome: Annotated[Text | None, Doc("What to see to before the room fills")] = None
    resources: Annotated[tuple[Id, ...], Doc("What to prepare beyond what the segments name")] = ()
    provenance: tuple[Provenance, ...] = ()
    segments: Annotated[tuple[Segment, ...], Len(1, 500)]


@value
class Course:
    """The sessions that belong together, their unit, and what the trainer brings."""

    title: Line
    organisation: Line | None = None
    unit: Annotated[Id, Doc("The file in sessions/units/ that holds the criteria")]
    sessions: Annotated[tuple[Id, ...], Len(1, 50)]
    resources: tuple[Resource, ...] = ()
    warn_at: Annotated[Minutes, Interval(ge=1, le=30), Doc("Minutes left at which the clock first warns")] = (
        Minutes(5)
    )
    results_from: Annotated[
        int,
        Interval(ge=1, le=30),
        Doc("How many people there must be before their results are shown together"),
    ] = 5
    provenance: tuple[Provenance, ...] = ()


@value
class Planned:
    """An exercise or deck that the kit will have: sessions may name it before it is written."""

    id: Id
    title: Line


@value
class PlannedList:
    """What is coming to this folder."""

    planned: Annotated[tuple[Planned, ...], Len(0, 500)]


def needed(session: Session, course: Course | None) -> Iterable[Resource]:
    """Return the resources that a session and its segments name, in the course's order."""
    named = set(session.resources)
    for segment in session.segments:
        named |= set(segment.resources)
        named |= {
            one for option in (segment.options.of if segment.options else ()) for one in option.resources
        }
    return (resource for resource in (course.resources if course else ()) if resource.id in named)
