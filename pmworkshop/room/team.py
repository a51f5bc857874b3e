"""Groups and rounds as pages show them: a person's own group on the phone, everybody's roles on the projector.

A page shows the names of one's own group and of no other; only the projector has them all.
"""

from typing import Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.rotating import Part
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.value import value
from pmworkshop.live.views.now import NowView
from pmworkshop.live.views.teams.view import MyTeam, RotationView, TeamMate, TeamRow, my_team
from pmworkshop.live.views.teams.words import as_noun

COACHING: Final = frozenset(("coach", "coachee"))
ADVICE: Final[dict[tuple[str, Part], str]] = {
    ("coach", "work"): "Ask, then wait for the answer. Keep your advice to yourself.",
    ("coachee", "work"): "Bring something real that you are dealing with now. You may pass on any question.",
    ("observer", "work"): "Say nothing. Write down the coach's questions, word for word.",
    ("coach", "feedback"): "Listen to what the observer heard you ask. What will you keep?",
    ("coachee", "feedback"): "Note what came of it for you, above all what you will do.",
    ("observer", "feedback"): "Speak to the coach. Quote one question, and say what happened after it.",
}
"""What each role of coaching does, in each part of a round."""


@value
class Turn:
    """One person's place in the rounds or groups that are on; `team` is None for whoever is in no group.

    `said` is what is read out when it changes. `others` have the role that the page speaks of: the next one's at a
    round's end.
    """

    heading: str
    said: str
    team: MyTeam | None
    others: tuple[tuple[str, str], ...]
    advice: str
    following: str


def turn_of(state: Cohort, view: NowView, participant: ParticipantId) -> Turn | None:
    """Return what somebody's page says of their group; None while no groups are to be found and no rounds are on."""
    if view.rotation is None and view.groups is None:
        return None
    team = my_team(state, participant)
    if team is None:
        return _turn("You are in no group yet", None, following="Ask the trainer which group is yours.")
    if view.rotation is None:
        return _turn(f"You are in {team.name}", team, others=_with(team.others))
    return _in_rounds(view.rotation, team)


def _turn(
    heading: str,
    team: MyTeam | None,
    *,
    said: str = "",
    others: tuple[tuple[str, str], ...] = (),
    advice: str = "",
    following: str = "",
) -> Turn:
    said = said or f"{heading}."
    return Turn(heading=heading, said=said, team=team, others=others, advice=advice, following=following)


def _in_rounds(rotation: RotationView, team: MyTeam) -> Turn:
    said = f"{rotation.heading}. {rotation.doing}."
    becomes = f"you are {as_noun(team.next_role)}" if team.next_role else ""
    if rotation.part == "over":
        swaps = bool(becomes)
        others = _with(team.others, later=True) if swaps else ()
        return _turn(
            rotation.doing, team, said=said, others=others, following=f"Next {becomes}." if swaps else ""
        )
    if team.watches or not team.role:
        following = f"Then {becomes}." if becomes else ""
        heading = f"Watch {team.name} until the next round" if becomes else f"Watch {team.name} in this round"
        return _turn(heading, team, said=f"{said} {heading}.", others=_with(team.others), following=following)
    heading = f"You are {as_noun(team.role)} now"
    return _turn(
        heading,
        team,
        said=f"{heading}. {said}",
        others=_with(team.others),
        advice=advice(rotation.roles, team.role, rotation.part),
        following=f"Next round {becomes}." if becomes else "",
    )


def _with(others: tuple[TeamMate, ...], *, later: bool = False) -> tuple[tuple[str, str], ...]:
    """Return names with roles: now, or in the next round."""
    return tuple((one.name, as_noun(_role(one, later=later))) for one in others if one.here)


def _role(mate: TeamMate, *, later: bool) -> str:
    if later:
        return mate.next_role
    return "watches" if mate.watches else mate.role


def advice(roles: tuple[str, ...], role: str, part: Part) -> str:
    """Say what a role does in this part of a round; nothing for roles that are not coaching's."""
    known = {matching(one) for one in roles}
    return ADVICE.get((matching(role), part), "") if known >= COACHING else ""


@value
class Line:
    """One group on the projector: whoever is in each role, and whoever watches."""

    number: int
    cells: tuple[tuple[TeamMate, ...], ...]
    watching: tuple[TeamMate, ...]


@value
class Board:
    """Who is what, group by group: now, or where time is up in the `coming` round."""

    coming: str
    roles: tuple[str, ...]
    lines: tuple[Line, ...]


def board_of(rotation: RotationView) -> Board | None:
    """Return who is what on the projector; None when the last round is over, for then nobody is anything."""
    later = rotation.part == "over"
    if later and rotation.last:
        return None
    roles = tuple(dict.fromkeys(rotation.roles))
    lines = (_line(row, roles, later=later) for row in rotation.groups)
    coming = f"Next: Round {rotation.number + 1} of {rotation.rounds}" if later else ""
    return Board(coming=coming, roles=roles, lines=tuple(lines))


def _line(row: TeamRow, roles: tuple[str, ...], *, later: bool) -> Line:
    def role(mate: TeamMate) -> str:
        return mate.next_role if later else mate.role

    cells = tuple(tuple(mate for mate in row.people if role(mate) == one) for one in roles)
    return Line(
        number=row.index + 1,
        cells=cells,
        watching=tuple(mate for mate in row.people if mate.here and not role(mate)),
    )
