"""Cards on a phone: taking a seat in a group, one's own brief and nobody else's, the turn at half of the round."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core import commands as c
from pmworkshop.core.dealing import round_name
from pmworkshop.core.deck import Deck
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Seat
from pmworkshop.core.teaming import stands_still
from pmworkshop.core.text import clean
from pmworkshop.core.units import minutes
from pmworkshop.core.value import value
from pmworkshop.live.views.cards import brief, cards_view, in_order, next_name, signs, turn
from pmworkshop.live.views.teams.view import my_team
from pmworkshop.room.context import Me, Room, field, go

NO_SUCH_SEAT = "There is no such seat. Choose one of these."
OLD = "This page was open for too long. Press it once more."
NOT_SEATED = "Take a seat in a group first."


@value
class Place:
    """A seat in a group, and whether somebody sits there."""

    number: int
    role: str
    taken: bool
    mine: bool


@value
class Table:
    """A group with its seats; `mine` is the one that the trainer has put somebody in, `fresh` one that nobody has begun."""

    group: str
    places: tuple[Place, ...]
    observers: int
    mine: bool
    fresh: bool


def _deck(room: Room, request: Request) -> tuple[str, Deck | None]:
    deck_id = request.path_params["deck"]
    return deck_id, room.services.decks().get(deck_id)


async def show(room: Room, request: Request, me: Me) -> Response:
    """Show the seats, or the card that lies before one's own group."""
    deck_id, deck = _deck(room, request)
    if deck is None:
        return room.plain(me, "Not here", "There are no such cards here.", 404)
    return _page(room, me, deck_id, deck)


def _page(room: Room, me: Me, deck_id: str, deck: Deck, words: str = "", status: int = 200) -> Response:
    state = room.state
    seat = state.seats.get((deck_id, me.participant))
    return room.page(
        "cards.html",
        status,
        me=me,
        deck_id=deck_id,
        deck=deck,
        seat=seat,
        tables=_tables(room, deck_id, deck, me),
        words=words,
        moves=not stands_still(state),
        token=room.token(me),
        **_hand(room, deck_id, deck, seat),
    )


def _hand(room: Room, deck_id: str, deck: Deck, seat: Seat | None) -> Mapping[str, Any]:
    """Return what somebody in this seat may see, and nothing of what another seat may."""
    if seat is None:
        return {"view": None, "role": "", "brief": "", "turn": "", "signs": ()}
    state, group = room.state, seat.group
    view = cards_view(state, deck_id, deck, group, room.services.now())
    role = next((one.role for one in view.players if one.number == seat.number), "Observer")
    due = view.face is not None and view.face.has_turn and view.halfway
    return {
        "view": view,
        "role": role,
        "brief": brief(state, deck_id, deck, group, seat.number) if seat.number else "",
        "turn": turn(state, deck_id, group) if due else "",
        "signs": () if seat.number and deck.roles else signs(state, deck_id, group),
    }


def _tables(room: Room, deck_id: str, deck: Deck, me: Me) -> tuple[Table, ...]:
    state = room.state
    seats = {who: seat for (of, who), seat in state.seats.items() if of == deck_id}
    drawn = [key.partition("/")[2] for key in state.draws if key.startswith(f"{deck_id}/")]
    team = my_team(state, me.participant)
    mine = team.name if team else ""
    names = in_order([*drawn, *(seat.group for seat in seats.values())])
    fresh = next_name((*names, mine))
    tables = []
    for group in dict.fromkeys((*([mine] if mine else []), *names, fresh)):
        taken = {seat.number for seat in seats.values() if seat.group == group}
        own = seats.get(me.participant)
        here = own.number if own is not None and own.group == group else None
        places = tuple(
            Place(number=number, role=role.title, taken=number in taken, mine=here == number)
            for number, role in enumerate(deck.roles, 1)
        )
        observers = sum(seat == Seat(group=group, number=0) for seat in seats.values())
        tables.append(
            Table(
                group=group,
                places=places,
                observers=observers,
                mine=group == mine,
                fresh=group == fresh,
            )
        )
    return tuple(tables)


async def act(room: Room, request: Request, me: Me) -> Response:
    """Sit down, stand up, draw, begin the round, change roles."""
    deck_id, deck = _deck(room, request)
    if deck is None:
        return room.plain(me, "Not here", "There are no such cards here.", 404)
    form = await request.form(max_files=0, max_fields=20)
    if not room.is_token(me, field(form, "token")):
        return _page(room, me, deck_id, deck, OLD, 422)
    command = _command(room, me, deck_id, deck, form)
    if isinstance(command, str):
        return _page(room, me, deck_id, deck, command, 422)
    outcome = await room.ask(command)
    if isinstance(outcome, Refusal):
        return _page(room, me, deck_id, deck, outcome.words, 503 if outcome.trouble else 422)
    return go(f"/cards/{deck_id}")


def _command(room: Room, me: Me, deck_id: str, deck: Deck, form: Mapping[str, Any]) -> c.Command | str:
    """Return the command that a button stands for, or words about why there is none."""
    what = field(form, "what")
    if what == "sit":
        number, _, group = field(form, "seat").partition(":")
        seat = int(number) if number.isascii() and number.isdecimal() else -1
        if group not in {clean(table.group) for table in _tables(room, deck_id, deck, me)}:
            return NO_SUCH_SEAT  # or one person's words would stand on the phones of the others
        return c.TakeSeat(participant=me.participant, deck_id=deck_id, deck=deck, group=group, seat=seat)
    if what == "stand":
        return c.LeaveSeat(participant=me.participant, deck_id=deck_id)
    seated = room.state.seats.get((deck_id, me.participant))
    if seated is None:
        return NOT_SEATED
    return _with_card(room, deck_id, deck, seated.group, what)


def _with_card(room: Room, deck_id: str, deck: Deck, group: str, what: str) -> c.Command | str:
    if what == "draw":
        return c.DrawCard(deck_id=deck_id, deck=deck, group=group, chance=room.services.chance(), again=True)
    if what == "begin" and deck.minutes is not None:
        return c.StartTimer(timer=round_name(deck_id, group), length=minutes(deck.minutes))
    if what == "swap":
        return c.SwapRoles(deck_id=deck_id, group=group)
    return "There is no such button here."
