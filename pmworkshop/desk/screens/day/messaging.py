"""Saying something to the whole room: a ready-made message that fits the moment, one's own words, or nothing any more."""

from typing import Final

from pmworkshop.core import commands as c
from pmworkshop.core.joining import LONGEST_MESSAGE
from pmworkshop.desk.screens.dialogs import AskPage, Pick
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.live.views.messages import message_at, sayings

OWN: Final = "own"
NONE: Final = "none"
CLOSED: Final = "\nThe room is closed: they say it once it is open."


async def say_something(screen: WorkshopScreen, *, is_open: bool) -> None:
    """Ask what the projector and the phones shall say, and have it said. From a worker of `screen`."""
    now = screen.desk.services.now()
    said, ready = message_at(screen.state, now), sayings(screen.state, screen.delivery, now)
    choices = [(f"say {number}", one.text) for number, one in enumerate(ready)]
    choices.append((OWN, "Something of your own"))
    if said:
        choices.append((NONE, "Nothing: take the message away"))
    title = f"What shall the projector and the phones say?{'' if is_open else CLOSED}"
    picked = await screen.put(Pick(title, choices))
    if picked == OWN:
        await _own_words(screen, said)
    elif picked == NONE:
        await screen.ask(c.ShowMessage(text=""))
    elif picked is not None:
        saying = ready[int(picked.removeprefix("say "))]
        await screen.ask(c.ShowMessage(text=saying.text, until=saying.until))


async def _own_words(screen: WorkshopScreen, text: str) -> None:
    """Have a message written; it stays on the page until it fits or is left."""
    title = f"What shall it say? Up to {LONGEST_MESSAGE} characters."
    while True:
        written = await screen.put(AskPage(title, value=text))
        if written is None or await screen.ask(c.ShowMessage(text=written)):
            return
        text = written
