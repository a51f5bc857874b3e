"""Cards on the table: drawn without repeats, played in rounds, and each brief shown to one player alone."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.deck import Card
from pmworkshop.core.units import MINUTE, SECOND
from pmworkshop.desk.screens.work.cards import CardsScreen

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

COHORT = "spring"
SIZES = [(80, 24), (120, 36), (60, 20), (200, 60)]
TINY = (40, 12)
ROUND = "cards:difficult-conversations/Group 1"
LONG = "a title that goes on [/] and $on " * 6
HOSTILE = "\u202e[red]x[@click=app.quit]go[/]"


def card(name: str, **more: Any) -> dict[str, Any]:
    briefs = [{"role": role, "text": f"{role.upper()} reads of {name}."} for role in ("asks", "answers")]
    return {
        "id": name, "title": f"Card {name}", "theme": "one", "text": f"Everybody reads of {name}.",
        "briefs": briefs, "turn": f"It turns for {name}.", "listen_for": [f"A sign in {name}"], **more
    }  # fmt: skip


def talk(*cards: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "title": "Talks", "instructions": "Play **fair**.", "minutes": 4,
        "roles": [{"id": "asks", "title": "Asks"}, {"id": "answers", "title": "Answers too"}],
        "themes": [{"id": "one", "title": "Theme one"}],
        "caveats": ["Nobody plays a real person."], "cards": list(cards), **more,
    }  # fmt: skip


DECKS = {
    "talks": talk(card("x"), card("y", theme="two", difficulty=3), card("z", difficulty=2),
                  themes=[{"id": "one", "title": "Theme one"}, {"id": "two", "title": "Theme two"}]),
    "plain": {
        "title": "Questions", "instructions": "Ask.", "themes": [{"id": "one", "title": "One"}],
        "cards": [{"id": "q", "title": "Why", "theme": "one", "text": "Why not?"}],
    },
    "trio": talk(
        card("w", briefs=[{"role": role, "text": f"For {role}."} for role in ("a", "b", "c")]),
        roles=[{"id": "a", "title": "Alpha"}, {"id": "b", "title": "Beta"}, {"id": "c", "title": "Gamma"}],
    ),
    "long": talk(
        card("l", title=LONG[:200], text=("Long words " * 60)[:600], turn="Turn " * 100, difficulty=3,
             briefs=[{"role": role, "text": f"{role} {HOSTILE} " + "brief " * 80} for role in ("asks", "answers")],
             listen_for=[LONG[:200]] * 6),
        title=LONG[:200], instructions="# Long\n\n" + "Read this. " * 400, caveats=[LONG[:200]] * 3,
        roles=[{"id": "asks", "title": LONG[:200]}, {"id": "answers", "title": HOSTILE}],
        themes=[{"id": "one", "title": LONG[:200]}],
    ),
}  # fmt: skip


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Make a kit with a session and small decks."""
    session = {
        "title": "Day",
        "start": "09:30",
        "end": "12:30",
        "segments": [{"id": "s", "title": "Talk", "at": "09:30"}],
    }
    for place, sheets in (("sessions", {"day": session}), ("cards", DECKS)):
        (tmp_path / "kit" / place).mkdir(parents=True)
        for name, sheet in sheets.items():
            (tmp_path / "kit" / place / f"{name}.yaml").write_text(json.dumps(sheet), "utf-8")
    return tmp_path / "kit"


@asynccontextmanager
async def table(
    place: "Place", deck: str, kit: Path | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator["Trainer"]:
    """Sit down at the cards of `deck`."""
    async with place.desk(size, session="day" if kit else "session-b", kit=kit) as trainer:
        await sit_down(trainer, deck)
        yield trainer


async def sit_down(trainer: "Trainer", deck: str) -> None:
    run = trainer.run
    await trainer.desk.push_screen(CardsScreen(run.workshop, run.delivery_id, deck))
    await trainer.until(lambda: screen(trainer).deck, "the deck")
    await trainer.on("CardsScreen")


def screen(trainer: "Trainer") -> CardsScreen:
    return next(one for one in trainer.desk.screen_stack if isinstance(one, CardsScreen))


async def at(trainer: "Trainer", minute: float) -> None:
    """Let it be so many minutes after 09:30, and the cards know."""
    await trainer.at(minute)
    screen(trainer).redraw()
    await trainer.settle()


async def draw(trainer: "Trainer", minute: float, *others: type[e.Event]) -> Card:
    """Draw at `minute`, and insist on the event, and on `others` after it."""
    await at(trainer, minute)
    await trainer.press("d")
    drawn = await trainer.records(COHORT, e.CardDrawn, *others)
    found = drawn[0] if others else drawn
    assert isinstance(found.card, Card)
    return found.card


async def step(trainer: "Trainer", *steps: tuple[str, str]) -> None:
    """Press each key, and wait for the screen that it leads to."""
    for key, leads_to in steps:
        await trainer.press(key)
        await trainer.on(leads_to)


async def to_a_new_group(trainer: "Trainer") -> None:
    await step(trainer, ("g", "Pick"), ("end", "Pick"), ("enter", "AskLine"), ("enter", "CardsScreen"))


def start_of(text: str) -> str:
    return " ".join(text.split()[:4])


def shows_of(card: Card) -> list[str]:
    """Return how each thing begins that not everybody may read."""
    secrets = [*(one.text for one in card.briefs), card.turn or "", *card.listen_for]
    return [start_of(text) for text in secrets if text]


async def test_a_round_from_instructions_to_feedback(place: "Place") -> None:
    """First what is read out, then a card for everybody, its round, the turn at half of it, and who speaks at the end."""
    async with table(place, "difficult-conversations") as trainer:
        await trainer.sees(
            "Read this out. d draws the first card of Group 1", "Threes, nobody", "Group 1 · 31 left"
        )
        await trainer.press("space")
        await trainer.told("Draw a card first.")
        drawn = await draw(trainer, 1)
        await trainer.sees(
            drawn.title, "card 1, 30 left", start_of(drawn.text), "space starts the round of 4 min"
        )
        await trainer.sees(
            {1: "gentle", 2: "harder", 3: "hard"}[drawn.difficulty], "General guidance, not legal advice"
        )
        await trainer.sees("1 brief Player 1: Manager", "2 brief Player 2: Other person")
        assert not [one for one in shows_of(drawn) if one in trainer.text]
        await trainer.press("space")
        started = await trainer.records(COHORT, e.TimerStarted)
        assert (started.timer, started.length) == (ROUND, 4 * MINUTE)
        await trainer.sees("left", "The turn comes at 02:00", "space put away")
        await at(trainer, 3)
        await trainer.sees("Halfway: t shows the turn")
        await trainer.press("t")
        await trainer.on("HandOver")
        await trainer.sees("The observer reads it out", start_of(drawn.turn or ""))
        await trainer.press("enter")
        await trainer.on("CardsScreen")
        await trainer.sees("The turn has been shown")
        await trainer.press("l")
        await trainer.on("HandOver")
        await trainer.sees("For the observer", *(start_of(one) for one in drawn.listen_for))
        await trainer.press("escape")
        await trainer.on("CardsScreen")
        await at(trainer, 5)
        await trainer.sees("Time. Observer to the manager first.")
        await trainer.press("space")
        assert (await trainer.records(COHORT, e.TimerStopped)).timer == ROUND
        await trainer.sees("space starts the round")
        trainer.nothing_unprintable()


async def test_no_card_twice_and_then_a_question(place: "Place", kit: Path) -> None:
    """A group gets no card twice; when it has had all, the desk asks, and the one longest ago comes again."""
    async with table(place, "talks", kit) as trainer:
        had = [await draw(trainer, minute) for minute in (1, 2, 3)]
        assert {one.id for one in had} == {"x", "y", "z"}
        await trainer.sees("card 3, 0 left")
        await at(trainer, 4)
        for answer, kinds in (("n", ()), ("y", (e.CardDrawn,))):
            await trainer.press("d")
            await trainer.on("Question")
            await trainer.sees("Group 1 has had every card that fits. Draw from them again?")
            await trainer.press(answer)
            await trainer.on("CardsScreen")
            drawn = await trainer.records(COHORT, *kinds)
        assert drawn.card.id == had[0].id
        await trainer.sees("card 4, 0 left", had[0].title)


async def test_a_key_held_down_draws_one_card(place: "Place", kit: Path) -> None:
    """Within a second of a draw no further card is dealt."""
    async with table(place, "talks", kit) as trainer:
        for keys in ("ddd", "dd"):
            await trainer.press(*keys)
            await trainer.records(COHORT, *[e.CardDrawn] * (keys == "ddd"))
        await draw(trainer, 1 / 60)


async def test_another_group_may_get_the_same_card(place: "Place", kit: Path) -> None:
    """Groups draw apart from one another; a name in another spelling is the same group, and long names are refused."""
    async with table(place, "trio", kit) as trainer:
        first = await draw(trainer, 1)
        await trainer.press("g")
        await trainer.on("Pick")
        await trainer.sees("Group 1 (card 1)", "A new group")
        await trainer.press("end", "enter")
        await trainer.on("AskLine")
        await trainer.sees("Group 2")
        await trainer.press("enter")
        await trainer.on("CardsScreen")
        await trainer.sees("Read this out. d draws the first card of Group 2", "Group 2 · 1 left")
        assert await draw(trainer, 2) == first
        await trainer.sees("Group 2 · card 1, 0 left")
        await step(trainer, ("g", "Pick"), ("end", "Pick"), ("enter", "AskLine"))
        for name, words in ((" \u202e ", "A group needs a name"), ("g" * 41, "Shorter, please")):
            await trainer.press("ctrl+u")
            await trainer.write(name)
            await trainer.press("enter")
            await trainer.sees(words)
        await trainer.press("ctrl+u")
        await trainer.write("group  1")
        await trainer.press("enter")
        await trainer.on("CardsScreen")
        await trainer.sees("Group 1 · card 1, 0 left")
        await trainer.records(COHORT)
    assert [one.group for one in place.events(COHORT) if isinstance(one, e.CardDrawn)] == [
        "Group 1",
        "Group 2",
    ]


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep every picture that the desk gives to the terminal."""
    from pmworkshop.desk.app import Desk  # noqa: PLC0415  # only here

    kept: list[str] = []
    display = Desk._display

    def keep(desk: Desk, shown: Any, renderable: Any) -> None:
        strips = shown._compositor.render_strips()
        kept.append("\n".join("".join(segment.text for segment in strip) for strip in strips))
        display(desk, shown, renderable)

    monkeypatch.setattr(Desk, "_display", keep)
    return kept


async def released(trainer: "Trainer") -> None:
    """Wait until the button is up again: a second Enter within a fifth of a second is taken for a slip."""
    await trainer.until(lambda: not trainer.desk.screen.query("Button.-active"), "the button")
    await trainer.settle()


async def test_one_brief_at_a_time(place: "Place", kit: Path, frames: list[str]) -> None:
    """A brief opens only under its cover, and no picture ever holds two, or one on the way to the other and back."""
    async with table(place, "talks", kit) as trainer:
        await trainer.press("1")
        await trainer.told("Draw a card first.")
        name = (await draw(trainer, 1)).id
        await trainer.press("space")
        await trainer.records(COHORT, e.TimerStarted)
        mine = {"1": f"ASKS reads of {name}.", "2": f"ANSWERS reads of {name}."}
        covers = {"1": "Only for Player 1, the asks.", "2": "Only for Player 2 (Answers too)."}
        for hide in ("enter", "escape"):
            for player, other in (("1", "2"), ("2", "1"), ("1", "2")):
                frames.clear()
                await trainer.press(player, other)
                await trainer.on("HandOver")
                await trainer.sees(covers[player], "Turn the laptop to them", "Show it (Enter)")
                assert "Talks" not in trainer.text, "nothing else is on the screen"
                screen(trainer).redraw()
                assert not [one for one in frames for text in mine.values() if text in one]
                await trainer.press("enter", other)
                await trainer.sees(mine[player], "Hide it (Enter)")
                screen(trainer).redraw()
                await released(trainer)
                await trainer.press(hide)
                await trainer.on("CardsScreen")
                await trainer.sees("Talks")
                assert not [one for one in frames if mine[other] in one]
                film = "".join("#" if mine[player] in one else "." for one in frames)
                assert re.fullmatch(r"\.+#+\.+", film), "it comes once and goes once"
        await step(trainer, ("2", "HandOver"), ("escape", "CardsScreen"))
        await trainer.press("3", "4")
        await trainer.records(COHORT)


async def test_the_players_change_roles(place: "Place", kit: Path) -> None:
    """After a swap each player has another role and its brief; with three, everybody moves on by one."""
    async with table(place, "talks", kit) as trainer:
        await trainer.press("w")
        await trainer.told("This group has drawn no card yet.")
        name = (await draw(trainer, 1)).id
        await trainer.press("w")
        assert (await trainer.records(COHORT, e.RolesSwapped)).group == "Group 1"
        await trainer.sees("1 brief Player 1: Answers too", "2 brief Player 2: Asks")
        await step(trainer, ("1", "HandOver"), ("enter", "HandOver"))
        await trainer.sees(f"ANSWERS reads of {name}.")
        await step(trainer, ("escape", "CardsScreen"), ("w", "CardsScreen"))
        await trainer.records(COHORT, e.RolesSwapped)
        await trainer.sees("1 brief Player 1: Asks")
    async with table(place, "trio", kit) as trainer:
        await draw(trainer, 2)
        await trainer.press("w")
        await trainer.records(COHORT, e.RolesSwapped)
        await trainer.sees("Player 1: Beta", "Player 2: Gamma", "Player 3: Alpha")
        await step(trainer, ("3", "HandOver"), ("enter", "HandOver"))
        await trainer.sees("For a.")


async def test_the_turn_before_its_time(place: "Place", kit: Path) -> None:
    """Before half of the round, and before its start, the desk asks whether the turn is really wanted now."""
    async with table(place, "talks", kit) as trainer:
        name = (await draw(trainer, 1)).id
        for key, words in (("", "The round has not begun."), ("space", "The round is not half over.")):
            if key:
                await trainer.press(key)
                await trainer.records(COHORT, e.TimerStarted)
            await trainer.press("t")
            await trainer.on("Question")
            await trainer.sees(words, "Show the turn now?")
            await trainer.press("enter")
            await trainer.on("CardsScreen")
            assert f"It turns for {name}." not in trainer.text
        await trainer.records(COHORT)
        await step(trainer, ("t", "Question"), ("y", "HandOver"))
        await trainer.sees(f"It turns for {name}.")
        await trainer.press("enter")
        await at(trainer, 3.5)
        await trainer.sees("The turn has been shown")
        assert "Halfway" not in trainer.text


async def test_a_running_round_is_not_lost_by_a_slip(place: "Place", kit: Path) -> None:
    """While a round runs, drawing and putting its timer away are asked about; a new card begins without a timer."""
    async with table(place, "talks", kit) as trainer:
        first = await draw(trainer, 1)
        await trainer.press("space")
        await trainer.records(COHORT, e.TimerStarted)
        await at(trainer, 2)
        for key in ("d", "space"):
            await trainer.press(key)
            await trainer.on("Question")
            await trainer.sees("The round of Group 1 is running, 03:00 left.")
            await trainer.press("enter")
            await trainer.on("CardsScreen")
        await trainer.sees(first.title)
        await trainer.records(COHORT)
        await step(trainer, ("d", "Question"), ("y", "CardsScreen"))
        drawn, stopped = await trainer.records(COHORT, e.CardDrawn, e.TimerStopped)
        assert drawn.card != first
        assert stopped.timer == "cards:talks/Group 1"
        await trainer.sees("space starts the round")


async def test_several_groups_at_once(place: "Place", kit: Path) -> None:
    """Each group's round goes on; this group's time is big, the others' are in the foot with what is due."""
    async with table(place, "talks", kit) as trainer:
        for number in (1, 2, 3):
            if number > 1:
                await to_a_new_group(trainer)
                await trainer.sees(f"first card of Group {number}")
            await draw(trainer, number)
            await trainer.press("space")
            assert (await trainer.records(COHORT, e.TimerStarted)).timer == f"cards:talks/Group {number}"
        await trainer.until(lambda: "Group 1 02:00, turn · Group 2 03:00" in trainer.lines[-2], "the others")
        await trainer.press("g")
        await trainer.on("Pick")
        await trainer.sees("Group 1 (card 1, 02:00 left)", "Group 3 (card 1, 04:00 left)")
        await trainer.press("home", "enter")
        await trainer.on("CardsScreen")
        await trainer.sees("Halfway: t shows the turn")
        await at(trainer, 6)
        await trainer.sees("Time. Observer to the asks first.")
        assert "Group 2 time · Group 3 01:00, turn" in trainer.lines[-2]
        await at(trainer, 17)
        assert "Group" not in trainer.lines[-2], "a round that ended long ago is no news"


async def test_by_theme_and_difficulty(place: "Place", kit: Path) -> None:
    """The filter says how many cards this group has left of each, and draws from nothing else; Esc leaves it."""
    async with table(place, "talks", kit) as trainer:
        await trainer.press("f")
        await trainer.on("Pick")
        await trainer.sees("Any theme (3 left)", "Theme one (2 left)", "Theme two (1 left)")
        await trainer.press("down", "enter")
        await trainer.sees("How difficult?", "Any difficulty (2 left)", "gentle (1 left)", "harder (1 left)")
        assert "hard (" not in trainer.text
        await trainer.press("down", "down", "enter")
        await trainer.on("CardsScreen")
        await trainer.sees("drawn from: Theme one, harder, 1 left")
        assert (await draw(trainer, 1)).id == "z"
        await trainer.sees("drawn from: Theme one, harder, 0 left", "card 1, 2 left", "Theme one · harder")
        await at(trainer, 2)
        await trainer.press("d")
        await trainer.on("Question")
        await step(trainer, ("n", "CardsScreen"), ("f", "Pick"), ("escape", "CardsScreen"))
        await trainer.sees("drawn from: Theme one, harder")
        await step(trainer, ("f", "Pick"), ("home", "Pick"), ("enter", "Pick"))
        await trainer.sees("How difficult?")
        await step(trainer, ("home", "Pick"), ("enter", "CardsScreen"))
        await trainer.sees_no("drawn from")
        assert {(await draw(trainer, 3)).id, (await draw(trainer, 4)).id} == {"x", "y"}


async def test_the_table_is_laid_again(place: "Place", kit: Path, tmp_path: Path) -> None:
    """On leaving and after a crash the same group, card, roles and time are there: all of it is in the record."""
    after = type(place)(tmp_path / "after")
    async with table(place, "talks", kit) as trainer:
        await draw(trainer, 1)
        await to_a_new_group(trainer)
        await trainer.sees("first card of Group 2")
        drawn = await draw(trainer, 2)
        for key, kind in (("w", e.RolesSwapped), ("space", e.TimerStarted)):
            await trainer.press(key)
            await trainer.records(COHORT, kind)
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await sit_down(trainer, "talks")
        await trainer.sees("Group 2 · card 1", drawn.title, "Player 1: Answers too")
        shutil.copytree(place.data, after.data)
    after.clock.minute = 3.25
    async with table(after, "talks", kit) as trainer:
        await trainer.sees(
            "Group 2 · card 1, 2 left", drawn.title, "Player 1: Answers too", "The turn comes at 02:00"
        )
        shown = screen(trainer).view()
        assert shown is not None
        assert shown.timer is not None
        assert shown.timer.left == 165 * SECOND


async def test_it_moves_only_while_a_round_runs(
    place: "Place", kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen comes back for the next second while a round runs, at the rehearsal's speed, and rests otherwise."""
    waits: list[float] = []
    set_timer = CardsScreen.set_timer

    def noted(self: CardsScreen, delay: float, *more: Any, **others: Any) -> Any:
        waits.append(delay)
        return set_timer(self, delay, *more, **others)

    monkeypatch.setattr(CardsScreen, "set_timer", noted)
    async with table(place, "talks", kit) as trainer:
        await draw(trainer, 1)
        assert waits == []
        await trainer.press("space")
        await trainer.records(COHORT, e.TimerStarted)
        assert set(waits) == {1.0}
        waits.clear()
        await at(trainer, 1 + 0.25 / 60)
        assert waits[0] == pytest.approx(0.75)
        place.clock.speed = 2.0
        waits.clear()
        screen(trainer).redraw()
        assert waits == [pytest.approx(0.375)]
        await at(trainer, 5)
        waits.clear()
        screen(trainer).redraw()
        assert waits == []
        assert screen(trainer)._timer is None


async def test_a_deck_without_roles_and_time(place: "Place", kit: Path) -> None:
    """Such a deck offers no briefs, no swap, no turn and no timer, and says so where one is wanted."""
    async with table(place, "plain", kit) as trainer:
        await draw(trainer, 1)
        await trainer.sees("Why not?", "One · gentle", "d draw")
        assert not [
            one for one in ("brief", "swap", "turn", "start", "observer", "Player") if one in trainer.text
        ]
        await trainer.press("1")
        for key, words in (
            ("space", "how long a round is"),
            ("w", "no roles to change"),
            ("t", "Nothing changes halfway"),
            ("l", "not say what to listen for"),
        ):
            await trainer.press(key)
            await trainer.told(words)
        await trainer.press("question_mark")
        await trainer.on("HelpScreen")
        assert "cards.brief-1" not in trainer.text
        await trainer.records(COHORT)


async def test_no_such_deck(place: "Place", kit: Path) -> None:
    """Where the kit has no such cards, the desk says so and is back where it was."""
    async with place.desk(session="day", kit=kit) as trainer:
        run = trainer.run
        await trainer.desk.push_screen(CardsScreen(run.workshop, run.delivery_id, "gone"))
        await trainer.told("The kit has no cards “gone” that can be used.")
        await trainer.on("RunScreen")


async def test_another_laptop_draws(place: "Place", kit: Path) -> None:
    """What is recorded elsewhere for this group is on the table at once."""
    async with table(place, "talks", kit) as trainer:
        deck = screen(trainer).deck
        assert deck is not None
        place.workshop(COHORT).handle(c.DrawCard(deck_id="talks", deck=deck, group="Group 1", chance=0))
        await trainer.sees("Card x", "card 1, 2 left")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_at_any_size(place: "Place", kit: Path, size: tuple[int, int], theme: str) -> None:
    """However long the words, every line fits, the time, help and who plays are in sight, and nothing is obeyed."""
    async with table(place, "long", kit, size) as trainer:
        trainer.desk.theme = theme
        whole(trainer, size)
        await trainer.sees("Read this out")
        await draw(trainer, 1)
        await trainer.press("space")
        await trainer.records(COHORT, e.TimerStarted)
        await trainer.sees("1 brief", "2 brief", "left")
        whole(trainer, size)
        await at(trainer, 3)
        await trainer.sees("Halfway: t shows the turn")
        whole(trainer, size)
        for key in ("1", "2", "t", "l"):
            await trainer.press(key)
            await trainer.on("HandOver")
            whole(trainer, size)
            if key == "l":
                await trainer.sees("For the observer")
            if key in "12":
                assert "Show it (Enter)" in trainer.text
                await trainer.press("enter")
                await trainer.sees("brief brief")
                await released(trainer)
                whole(trainer, size)
            await trainer.press("enter")
            await trainer.on("CardsScreen")
        await at(trainer, 5)
        await trainer.sees("Time. Observer to Player 1 first.")
        whole(trainer, size)
        for keys in (("g",), ("f",), ("f", "enter")):
            await trainer.press(*keys)
            await trainer.on("Pick")
            whole(trainer, size)
            await trainer.press("escape")
            await trainer.on("CardsScreen")
        await trainer.resize(TINY)
        whole(trainer, TINY)
        await trainer.press("1", "enter")
        await trainer.on("HandOver")
        whole(trainer, TINY)


async def test_the_players_stay_in_sight(place: "Place", kit: Path) -> None:
    """Who plays what stands on one line where it fits, and below one another where it does not."""
    async with table(place, "talks", kit) as trainer:
        await draw(trainer, 1)
        both = "1 brief  Player 1: Asks     2 brief  Player 2: Answers too"
        await trainer.until(lambda: both in trainer.text, "one line")
        await trainer.resize((56, 24))
        await trainer.until(lambda: "2 brief  Player 2: Answers too" in trainer.text, "two lines")
        assert both not in trainer.text
        await trainer.resize((80, 24))
        await trainer.until(lambda: both in trainer.text, "one line again")


def whole(trainer: "Trainer", size: tuple[int, int]) -> None:
    """Insist that the lines fill the terminal and no more, and that help is offered on the cards' own screen."""
    lines = trainer.lines
    assert len(lines) == size[1]
    assert {cell_len(line) for line in lines} == {size[0]}
    assert "? help" in lines[-1] or type(trainer.desk.screen) is not CardsScreen
    trainer.nothing_unprintable()
