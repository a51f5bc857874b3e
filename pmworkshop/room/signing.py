"""Signing one's pack on a phone: looking it over, choosing, declaring, and the receipt.

Invariant: what is signed is what stood on the page. Its form carries a mark of that; whatever is handed in or changed
meanwhile brings the form back, with all that was typed.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core import commands as c
from pmworkshop.core.evidence import Signature
from pmworkshop.core.exercise import Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.packing import edition
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.saying import answer_lines
from pmworkshop.core.signing import CHANGED, covered, holds, title
from pmworkshop.core.state import Cohort
from pmworkshop.live.views.coverage import signed_view
from pmworkshop.live.views.days import said_at
from pmworkshop.live.views.my_evidence import my_records, share
from pmworkshop.room.context import Me, Room, field, go
from pmworkshop.room.mine import own_sheets
from pmworkshop.room.sign_form import Typed, before, choices, flaws, mark_of, typed_into

OLD_PAGE: Final = (
    "This page was open for another person or too long. Nothing is lost: look it over and sign once more."
)
NO_CENTRE: Final = "There is nothing to put your name to yet: the centre's declarations have not been set out. Ask the trainer."
NOTHING: Final = (
    "You have not handed anything in yet, so there is nothing to sign. What you hand in stands under “Mine”."
)


async def show(room: Room, request: Request, me: Me) -> Response:
    """Show the form; the receipt instead where somebody has signed and nothing has changed, unless asked for again."""
    state = room.state
    if holds(state, me.participant) and not request.query_params.get("again"):
        return go("/signed")
    words = _nothing(state, me.participant)
    if words:
        return room.plain(me, "Nothing to sign yet", words, 200)
    return _form(room, me, before(state, me.participant))


async def sign(room: Room, request: Request, me: Me) -> Response:
    """Take the form; see other once the signature is durable, or the form again with all that was typed."""
    form = await request.form(max_files=0, max_fields=1500)
    state, typed = room.state, typed_into(form)
    nothing = _nothing(state, me.participant)
    if nothing:
        return room.plain(me, "Nothing to sign yet", nothing, 409)
    if not room.is_token(me, field(form, "token")):
        return _form(room, me, typed, OLD_PAGE, status=403)
    if field(form, "seen") != mark_of(state, me.participant):
        return _form(room, me, typed, CHANGED.words, status=409)
    errors = dict(flaws(state.centre, typed))
    if errors:
        return _form(room, me, typed, errors=errors, status=422)
    refusal = await _put(room, me, typed, field(form, "seen"))
    return go("/signed") if refusal is None else _refused(room, me, typed, refusal)


async def _put(room: Room, me: Me, typed: Typed, seen: str) -> Refusal | None:
    """Record the choices and then the signature, unless something came in between."""
    for choice in tuple(choices(room.state, me.participant, typed)):
        chosen = await room.ask(choice)
        if isinstance(chosen, Refusal):
            return chosen
    state = room.state
    if mark_of(state, me.participant) != seen or any(choices(state, me.participant, typed)):
        return CHANGED
    signed = await room.ask(_command(state, me.participant, typed))
    return signed if isinstance(signed, Refusal) else None


def _nothing(state: Cohort, participant: ParticipantId) -> str:
    """Say why there is nothing to sign; nothing where there is."""
    if state.centre is None:
        return NO_CENTRE
    own = any(participant in one.people and one.withdrawn is None for one in state.outputs.values())
    return "" if own or my_records(state, participant) else NOTHING


def _command(state: Cohort, participant: ParticipantId, typed: Typed) -> c.SignPack:
    return c.SignPack(
        participant=participant,
        name=typed.name,
        agreed=tuple(sorted(typed.agreed)),
        seen=covered(state, participant),
        ai_use=typed.ai_use,
        reuse=typed.reuse,
        refuses_standardisation=typed.refuses,
        may_be_named=typed.may_be_named,
        route="phone",
        entered_by="participant",
    )


def _refused(room: Room, me: Me, typed: Typed, refusal: Refusal) -> Response:
    if refusal.trouble:
        return _form(room, me, typed, f"{refusal.words} Sign once more.", status=503)
    return _form(room, me, typed, refusal.words, status=409 if refusal == CHANGED else 422)


def _form(
    room: Room,
    me: Me,
    typed: Typed,
    words: str = "",
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    state = room.state
    sheets = [one for one in own_sheets(state, me.participant) if not one.row.withdrawn]
    return room.page(
        "sign.html",
        status,
        me=me,
        centre=state.centre,
        sheets=sheets,
        answers={one.row.output: _answers(state, one.row.output, me.participant) for one in sheets},
        records=my_records(state, me.participant),
        signed=signed_view(state, me.participant),
        typed=typed,
        words=words,
        errors=errors or {},
        seen=mark_of(state, me.participant),
        token=room.token(me),
    )


def _answers(
    state: Cohort, output_id: OutputId, participant: ParticipantId
) -> dict[str, list[tuple[Item, tuple[str, ...]]]]:
    """Return the answers that go in always, and those that may be chosen, each with its question."""
    output = state.outputs[output_id]
    exercise, answers, found = (
        edition(state, output),
        output.newest.answers,
        share(state, output, participant),
    )
    parts = {"always": found.always, "choice": found.choice}
    return {
        name: [(item, answer_lines(exercise, item, answers[item.id])) for item in items]
        for name, items in parts.items()
    }


async def signed(room: Room, request: Request, me: Me) -> Response:
    """Show the receipt: what was signed, under which words, and whether it still holds."""
    del request
    state = room.state
    signature = state.signed.get(me.participant)
    if signature is None:
        return go("/sign")
    return room.page(
        "signed.html",
        me=me,
        signature=signature,
        at=said_at(state, signature.at),
        view=signed_view(state, me.participant),
        titles=tuple(_title(state, signature)),
    )


def _title(state: Cohort, signature: Signature) -> Iterator[str]:
    for one in signature.covers:
        versions = f", version {one.version}" if one.version > 1 else ""
        yield f"{title(state, one.what)}{versions}{', all of it' if one.whole else ''}"
