"""Signing at the laptop: by the participant whose hands it is in, from a sheet of paper, and for the centre."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from pmworkshop.core import events as e
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.desk.screens.evidence.sign import SignScreen
from pmworkshop.desk.screens.room.codes import recovery
from tests.desk.evidence import AMARA, BRONWEN, LONG, STRANGE, WAYS, Cohort
from tests.desk.test_coverage import open_coverage

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

CODE = "4711"
RATED = {"practice-1": 3, "highest": "Goals", "lowest": "Praise", "action": "Say thanks on Friday"}
SECRET = "A thing that I tell nobody"
BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])


def with_sheets(place: "Place", *signed: tuple[ParticipantId, str]) -> None:
    """Evidence, something half private and something wholly private from Amara; evidence from Bronwen."""
    cohort = Cohort(place)
    cohort.ways(AMARA, *WAYS)
    cohort.hand_in("ten-practices", AMARA, RATED)
    cohort.hand_in("amo", AMARA, {"who": "TM1", "view": "manager", "ability-example": SECRET})
    cohort.ways(BRONWEN, *WAYS)
    cohort.hand_in("pm-inventory", LONG, {"step-1": ["Appraisal"]}, AMARA)
    for who, name in signed:
        cohort.sign(who, name)
    cohort.close()


async def pass_laptop(trainer: "Trainer") -> None:
    """Pass the laptop to whoever the cursor is on, who says that it is theirs."""
    await trainer.press("s")
    await trainer.on("AskLine")
    await trainer.write(CODE)
    await trainer.press("enter")
    await trainer.on("Question")
    await trainer.press("y")
    await trainer.on("SignScreen")


async def fill_in_form(trainer: "Trainer", name: str, *, sentences: int, choices: str = "") -> None:
    """Tick every sentence and these choices, say none twice, and type a name."""
    await trainer.on("SignForm")
    await trainer.press(*"123456789"[:sentences], "enter")
    await trainer.write("none")
    await trainer.press("enter")
    await trainer.write("none")
    await trainer.press("enter", *choices, "enter")
    await trainer.write(name)
    await trainer.press("enter")


def sentences(place: "Place") -> tuple[int, int]:
    centre = place.house().kit().centre
    assert centre is not None
    return len(centre.learner), len(centre.centre)


@BOTH
async def test_a_participant_looks_through_chooses_and_signs(place: "Place", size: tuple[int, int]) -> None:
    """The list says of every sheet whether all of it goes in, part or nothing; what is chosen and signed is recorded."""
    with_sheets(place)
    async with place.desk(size, session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        await trainer.sees(
            "3 of 4 sheets go in", "part *", "nothing *", "group work", "is yours to choose, with Space"
        )
        assert not any(name in trainer.text for name in ("Bronwen", "Wilhelmina"))
        await trainer.press("down")
        await trainer.sees("stays out unless I choose")
        await trainer.press("space")
        chosen = await trainer.records("spring", e.PackChosen)
        assert (chosen.output, chosen.participant, chosen.on) == (f"ten-practices-{AMARA}", AMARA, True)
        await trainer.sees("all *")
        await trainer.press("s")
        await fill_in_form(trainer, "A. Okafor", sentences=sentences(place)[0], choices="2")
        signed = await trainer.records("spring", e.PackSigned)
        assert (signed.participant, signed.name, signed.route, signed.entered_by) == (
            AMARA,
            "A. Okafor",
            "laptop",
            "participant",
        )
        assert (signed.ai_use, signed.reuse, signed.refuses_standardisation, signed.may_be_named) == (
            "none",
            "none",
            False,
            True,
        )
        assert {one.what for one in signed.covers if one.whole} == {f"ten-practices-{AMARA}"}
        await trainer.on("SignScreen")
        await trainer.sees("Thank you. Signed at 09:30", "Give it back to the trainer")


async def test_the_laptop_shows_of_what_stays_out_only_the_question(place: "Place") -> None:
    """A private answer is on no screen before its owner puts it in; then it reads as it will in the pack."""
    with_sheets(place)
    async with place.desk((120, 36), session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        await trainer.press("down", "down", "enter")
        await trainer.on("OwnPageScreen")
        await trainer.sees("Nothing of this sheet goes in", "Stays out: what you wrote to these")
        assert SECRET not in trainer.text
        await trainer.press("enter")
        await trainer.on("SignScreen")
        await trainer.press("space")
        await trainer.records("spring", e.PackChosen)
        await trainer.press("enter")
        await trainer.on("OwnPageScreen")
        await trainer.press("pagedown")
        await trainer.sees(SECRET)
        await trainer.press("escape")
        await trainer.on("SignScreen")
        await trainer.press("up", "up", "space")
        await trainer.told("All of this sheet goes in")


@pytest.mark.parametrize("own", [True, False], ids=["recovery-code", "trainer-code"])
async def test_a_private_sheet_is_corrected_only_with_a_code(place: "Place", *, own: bool) -> None:
    """What nobody else may see is opened for correcting by its owner's recovery code or the trainer's; other sheets by none."""
    with_sheets(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        screen = trainer.desk.screen
        assert isinstance(screen, SignScreen)
        code = await recovery(screen, AMARA)
        await trainer.press("down", "down", "c")
        await trainer.on("AskLine")
        await trainer.write("wrong")
        await trainer.press("enter")
        await trainer.sees("That is not the code")
        await trainer.write(code if own else CODE)
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("escape")
        await trainer.on("SignScreen")
        await trainer.press("up", "up", "c")
        await trainer.on("FormScreen")
        await trainer.press("ctrl+n", "ctrl+n", "ctrl+n")
        await trainer.write("Look at numbers and at how they came about\n")
        await trainer.press("ctrl+s")
        amended = await trainer.records("spring", e.OutputAmended)
        assert (amended.output, amended.entered_by) == (OutputId(f"fair-assessment-{AMARA}"), "participant")
        assert any("Look at numbers" in str(one) for one in amended.answers.values())
        await trainer.on("SignScreen")


async def test_only_the_code_leads_back_from_the_signer(place: "Place") -> None:
    """Whoever has the laptop for signing sees nobody else's evidence: quitting, the palette and wrong codes lead nowhere."""
    with_sheets(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        for key in ("ctrl+q", "ctrl+p", "question_mark", "v", "e", "r"):
            await trainer.press(key)
            assert isinstance(trainer.desk.screen, SignScreen), key
        await trainer.press("escape")
        await trainer.on("AskLine")
        await trainer.write("nope")
        await trainer.press("enter", "escape")
        await trainer.on("SignScreen")
        assert trainer.desk.locked
        await trainer.press("escape")
        await trainer.on("AskLine")
        await trainer.write(CODE)
        await trainer.press("enter")
        await trainer.on("CoverageScreen")
        assert not trainer.desk.locked
        await trainer.press("s")
        await trainer.on("Question")
        await trainer.press("n")
        await trainer.on("AskLine")
        await trainer.press("escape")
        await trainer.on("Question")


async def test_a_form_that_lacks_something_says_what_and_stays(place: "Place") -> None:
    """A sentence that is not ticked, or a name that is not typed, is asked for in place; what was written stays."""
    with_sheets(place)
    learner, _ = sentences(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        await trainer.press("s")
        await fill_in_form(trainer, "A. Okafor", sentences=learner - 1)
        await trainer.sees("Every sentence has to be agreed to")
        await trainer.press("home", "ctrl+k", "ctrl+s")
        await trainer.sees("Type your name: that is your signature")
        await trainer.write("Amara")
        for _ in range(4):
            await trainer.press("shift+tab")
        await trainer.press(str(learner), "ctrl+s")
        signed = await trainer.records("spring", e.PackSigned)
        assert (signed.name, signed.ai_use) == ("Amara", "none")


async def test_what_is_signed_is_what_was_seen(place: "Place") -> None:
    """Something handed in while the form is open is not signed along with the rest: it says so, and nothing is recorded."""
    with_sheets(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await pass_laptop(trainer)
        await trainer.press("s")
        await trainer.on("SignForm")
        meanwhile = Cohort(place, new=False)
        await asyncio.to_thread(
            meanwhile.hand_in, "ten-practices", AMARA, RATED | {"action": "Say it on Monday"}
        )
        await asyncio.to_thread(meanwhile.close)
        await fill_in_form(trainer, "A. Okafor", sentences=sentences(place)[0])
        await trainer.sees("in the meantime")
        assert not any(isinstance(event, e.PackSigned) for event in place.events("spring"))


async def test_signed_on_paper(place: "Place") -> None:
    """The trainer enters what was signed on a sheet: by the route paper, entered by the trainer, and so on the record."""
    with_sheets(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down", "p")
        await trainer.on("SignForm")
        await trainer.sees("Bronwen Pugh ticked and signed on paper")
        await fill_in_form(trainer, "B. Pugh", sentences=sentences(place)[0], choices="1")
        signed = await trainer.records("spring", e.PackSigned)
        assert (signed.participant, signed.route, signed.entered_by) == (BRONWEN, "paper", "trainer")
        assert (signed.refuses_standardisation, signed.may_be_named) == (True, False)
        await trainer.on("CoverageScreen")
        await trainer.sees("1 of 4 signed")


@pytest.mark.parametrize("everybody", [True, False], ids=["all", "one"])
async def test_signing_for_the_centre(place: "Place", *, everybody: bool) -> None:
    """The trainer ticks the centre's sentences once and signs one pack, or all that are signed and wait; and none that is not."""
    with_sheets(place, (AMARA, "Amara Okafor"), (BRONWEN, "Bronwen Pugh"))
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down", "c")
        await trainer.on("Pick")
        await trainer.sees("Bronwen Pugh, and nobody else", "All 2 that are signed")
        await trainer.press(*(["down"] if everybody else []), "enter")
        await trainer.on("SignForm")
        await trainer.press(*"123456789"[: sentences(place)[1]], "enter")
        await trainer.write("Tom Trainer")
        await trainer.press("enter")
        whose = (AMARA, BRONWEN) if everybody else (BRONWEN,)
        signed: Any = await trainer.records("spring", *[e.CentreSigned] * len(whose))
        assert [(one.participant, one.name) for one in (signed if everybody else [signed])] == [
            (one, "Tom Trainer") for one in whose
        ]
        await trainer.on("CoverageScreen")
        await trainer.sees("and centre")
        await trainer.press("c")
        if everybody:
            await trainer.told("Nobody waits for the centre's signature")
        else:
            await trainer.on("Pick")
            await trainer.sees("Amara Okafor: nobody else waits")
            await trainer.press("enter")
            await trainer.on("SignForm")
            await trainer.sees("Tom Trainer")


async def test_correcting_after_signing_voids_the_signature(place: "Place") -> None:
    """Whoever corrects a sheet that they have signed for reads at once that the signature no longer holds, and signs anew."""
    with_sheets(place, (BRONWEN, "Bronwen Pugh"))
    async with place.desk((120, 36), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down")
        await pass_laptop(trainer)
        await trainer.sees("You have signed 1 March 2027")
        other = Cohort.__new__(Cohort)
        other.workshop, other.kit = trainer.run.workshop, place.house().kit()
        await asyncio.to_thread(other.ways, BRONWEN, "Ask her own view", *WAYS)
        await trainer.records("spring", e.OutputAmended)
        await trainer.sees("Your signature no longer holds: “Ways to assess fairly” was amended", "Sign anew")
        await trainer.press("s")
        await fill_in_form(trainer, "Bronwen", sentences=sentences(place)[0])
        await trainer.records("spring", e.PackSigned)
        await trainer.sees("Thank you")


async def test_any_name_and_any_answer_can_be_signed_for(place: "Place") -> None:
    """Hostile names and answers of 10,000 characters are looked through and signed for, verbatim and harmless."""
    cohort = Cohort(place)
    hostile = "\u202e[bold]#panic()[/bold] =HYPERLINK(1) <script> 漢字 👩‍👩‍👧‍👦 " * 40
    cohort.hand_in("fair-assessment", STRANGE, {"own-ways": [hostile[:200], "x"], "where": hostile})
    cohort.hand_in("skill-will", STRANGE, {"who": "TM1", "task": hostile[:150], "next-step": hostile})
    cohort.close()
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down", "down")
        await pass_laptop(trainer)
        trainer.nothing_unprintable()
        await trainer.press("enter")
        await trainer.on("OwnPageScreen")
        await trainer.sees("[bold]#panic()[/bold]", "<script>")
        trainer.nothing_unprintable()
        await trainer.press("enter")
        await trainer.on("SignScreen")
        await trainer.press("s")
        await fill_in_form(trainer, "\u202e" + "n" * 300, sentences=sentences(place)[0])
        signed = await trainer.records("spring", e.PackSigned)
        assert signed.name == "n" * 200
        trainer.nothing_unprintable()


async def test_nothing_to_sign_is_said_before_the_laptop_is_passed(place: "Place") -> None:
    """Somebody who has handed nothing in has nothing to sign, on the laptop or on paper."""
    with_sheets(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down", "down", "s")
        await trainer.told("There is nothing to sign yet")
        assert not trainer.desk.locked
        await trainer.press("p")
        await fill_in_form(trainer, "Somebody", sentences=sentences(place)[0])
        await trainer.sees("There is nothing to sign yet")
