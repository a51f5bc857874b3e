"""What of groups, rounds and second timers is called out to the whole room: only while it is of use, so that the room is calm.

Names stand in it, for whoever looks for their group; nothing that anybody has written.
"""

from typing import Final

from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teaming import followed, rounds_under_way
from pmworkshop.core.units import Instant, minutes
from pmworkshop.live.views.teams.timers import NamedTimer, timers_view
from pmworkshop.live.views.teams.view import (
    GroupsView,
    RotationView,
    groups_view,
    newest_grouping,
    rotation_view,
)

STANDS: Final = minutes(2)
"""For how long a second timer that has run out is still called out."""


def rounds_called(state: Cohort, now: Instant) -> RotationView | None:
    """Return the rounds under way, unless they were forgotten: the session is over, or has gone on since their time was up."""
    rotation, delivery = rounds_under_way(state), followed(state)
    if rotation is None or not _same_session(rotation.delivery, delivery):
        return None
    view = rotation_view(state, now)
    if view is not None and view.part == "over" and delivery is not None and delivery.under_way:
        return view if rotation.started >= delivery.marks.visits[-1].entered else None
    return view


def groups_called(state: Cohort) -> GroupsView | None:
    """Return groups that people are to find now: made in this segment, or in the break before it, and no rounds begun."""
    grouping, delivery = newest_grouping(state), followed(state)
    if grouping is None or rounds_under_way(state) is not None:
        return None
    if not _same_session(grouping.delivery, delivery) or not _made_for_now(grouping.at, delivery):
        return None
    view = groups_view(state, grouping.id)
    return view if view is not None and view.groups and not view.begun else None


def timers_called(state: Cohort, now: Instant) -> tuple[NamedTimer, ...]:
    """Return the trainer's own second timers; those of activities and cards stand where these stand."""
    return tuple(one for one in timers_view(state, now) if one.kind == "own" and one.left > -STANDS)


def _same_session(made_in: str | None, delivery: Delivery | None) -> bool:
    """Whether it belongs to the session that the room follows, and that is not over."""
    if delivery is None:
        return True
    return made_in in (None, delivery.id) and delivery.marks.ended is None


def _made_for_now(at: Instant, delivery: Delivery | None) -> bool:
    visits = delivery.marks.visits if delivery else ()
    if delivery is None or not visits or at >= visits[-1].entered:
        return True
    before = visits[-2] if len(visits) > 1 else None
    segment = delivery.segment(before.segment) if before else None
    return before is not None and segment is not None and segment.kind == "break" and at >= before.entered
