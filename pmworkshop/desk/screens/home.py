"""Home: the cohorts, the sessions of the kit, and what is wrong with the kit, if anything."""

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.desk.keys import HOME
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.services import CohortLine, KitContents
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe_line

LOOKED_INTO = 20
LONGEST_NAME = 70


class HomeScreen(DeskScreen):
    """Lists what is there; opens a cohort and a session."""

    PURPOSE = "Home. Enter opens the cohort under the cursor and asks which session to run."
    BINDINGS: ClassVar[list[BindingType]] = HOME

    def __init__(self) -> None:
        super().__init__()
        self._cohorts: list[CohortLine] = []
        self._words: dict[str, Content] = {}
        self._opening = False

    def compose(self) -> ComposeResult:
        """Lay Home out."""
        yield Ends(id="top")
        with Horizontal(id="body"):
            with Vertical(id="cohorts"):
                yield Static("Cohorts", classes="title")
                yield OptionList(id="list")
                yield Static("No cohort yet. n begins one.", id="empty")
            with Vertical(id="kit"):
                yield Static("Sessions", classes="title")
                yield Static("Reading the kit …", id="sessions")
                yield Static(id="problems")
        yield Hints()

    def on_mount(self) -> None:
        """Show the cohorts at once; the kit and where each cohort stands follow."""
        top = self.query_one("#top", Ends)
        top.left, top.right = "PM Workshop", str(self.desk.services.data)
        self.list_cohorts()

    def on_screen_resume(self) -> None:
        """Read what takes a while once Home is seen; coming back from a cohort, it may have moved on."""
        if not self.desk.going_straight:
            self.list_cohorts()
            self.call_after_refresh(self._read)

    def list_cohorts(self) -> None:
        """Show the cohorts by name."""
        self._cohorts = self.desk.services.cohorts()
        cohorts = self.query_one("#list", OptionList)
        here = cohorts.highlighted or 0
        cohorts.clear_options()
        cohorts.add_options(
            Option(self._words.get(line.name, safe_line(line.name))) for line in self._cohorts
        )
        cohorts.display = bool(self._cohorts)
        self.query_one("#empty").display = not self._cohorts
        if self._cohorts:
            cohorts.highlighted = min(here, len(self._cohorts) - 1)
            cohorts.focus()

    def _read(self) -> None:
        self._read_kit()
        self._read_standings()

    @work(exclusive=True, group="kit")
    async def _read_kit(self, *, again: bool = False) -> None:
        await self.desk.read_kit(again=again)
        if self.stands:
            self.kit_changed()

    def kit_changed(self) -> None:
        """Use the kit as it is now, and show it: nothing is under way here."""
        if self.desk.going_straight:
            return
        self.desk.kits.use()
        self.desk.kits.news()
        if self.desk.kit is not None:
            self.show_kit(self.desk.kit)

    @work(exclusive=True, group="standings")
    async def _read_standings(self) -> None:
        cohorts = self.query_one("#list", OptionList)
        for index, line in enumerate(list(self._cohorts[:LOOKED_INTO])):
            name, standing = await asyncio.to_thread(self.desk.services.standing, line.name)
            if index < cohorts.option_count and self._cohorts[index].name == line.name:
                words = Content.assemble(
                    (safe_line(name, LONGEST_NAME).plain, "bold"), "\n  ", safe_line(standing)
                )
                self._words[line.name] = words
                cohorts.replace_option_prompt_at_index(index, words)

    def show_kit(self, kit: KitContents) -> None:
        """Show the sessions with their length, and how many problems there are."""
        from pmworkshop.core.timetable import place  # noqa: PLC0415  # what Home does not need at once is not imported at once
        from pmworkshop.core.units import MINUTE  # noqa: PLC0415
        from pmworkshop.core.words import length_words  # noqa: PLC0415

        lines = []
        for name, session in kit.sessions.items():
            timetable, _ = place(session)
            head = f"{session.start}–{session.end}  {length_words(timetable.end // MINUTE)}  {len(timetable.slots)} segments"  # noqa: RUF001
            lines.append(Content.assemble((safe_line(session.title).plain, "bold"), f"  {name}"))
            lines += [safe_line(session.subtitle)] if session.subtitle else []
            lines += [Content.styled(head, "$foreground 60%"), Content("")]
        title = kit.course.title if kit.course else "This kit has no readable course"
        self.query_one("#kit .title", Static).update(safe_line(title))
        empty = Content("No session in this kit can be run.")
        self.query_one("#sessions", Static).update(Content("\n").join(lines) if lines else empty)
        count = len(kit.problems)
        found = (
            "1 problem in the kit; p lists it" if count == 1 else f"{count} problems in the kit; p lists them"
        )
        words = f"! {found}." if count else "The kit is in order."
        words += " What worked before stays in use." if kit.kept else ""
        self.query_one("#problems", Static).update(Content(words))

    async def action_reload(self) -> None:
        """Read everything again."""
        self.list_cohorts()
        self._read_kit(again=True)
        self._read_standings()

    @work
    async def action_problems(self) -> None:
        """List the kit's problems."""
        from pmworkshop.desk.screens.dialogs import Pick  # noqa: PLC0415  # not needed at once

        kit = await self.desk.read_kit()
        problems = [(str(index), words) for index, words in enumerate(kit.problems)]
        await self.put(Pick(f"Problems in {kit.place}", problems or [("", "None.")]))

    @work
    async def action_new(self) -> None:
        """Begin a cohort."""
        from pmworkshop.desk.screens.dialogs import AskLine  # noqa: PLC0415  # not needed at once

        name = await self.put(
            AskLine("A name for the new cohort", hint="such as spring-2027", wrong=_no_name)
        )
        if name is not None:
            await self._open(name, new=True)

    @on(OptionList.OptionSelected, "#list")
    @work
    async def opened(self, event: OptionList.OptionSelected) -> None:
        """Open a cohort."""
        await self._open(self._cohorts[event.option_index].name, new=False)

    async def _open(self, name: str, *, new: bool) -> None:
        from pmworkshop.core.refusal import Refusal  # noqa: PLC0415  # not needed at once
        from pmworkshop.desk.screens.work.opening import choose_and_open  # noqa: PLC0415

        if self._opening:
            return
        self._opening = True
        try:
            workshop = await asyncio.to_thread(self.desk.services.open_cohort, name, new=new)
            if isinstance(workshop, Refusal):
                self.say_no(workshop)
            else:
                await choose_and_open(self, workshop)
        finally:
            self._opening = False

    def action_leave_desk(self) -> None:
        """Quit."""
        self.app.exit()


def _no_name(text: str) -> str:
    return "" if text.strip() else "A cohort needs a name, such as spring-2027."
