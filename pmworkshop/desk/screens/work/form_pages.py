"""A form page by page: what it is for, a question with its input, all answers to look over. Keys are in `form`."""

from collections.abc import Mapping
from typing import Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core.answers import Sheet, asked, read
from pmworkshop.core.coach import prompts
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, EnteredBy, OutputId, ParticipantId, Route
from pmworkshop.core.saying import PRIVACY, answer_text
from pmworkshop.core.value import value
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.answering import Ahead, Answering
from pmworkshop.desk.widgets.bars import Ends, Progress
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.inputs import input_for
from pmworkshop.desk.widgets.markdown import GAP, Block, markdown
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.activity import draft_key
from pmworkshop.live.views.outputs import person_name
from pmworkshop.live.workshop import Workshop


@value
class Filling:
    """Which form is filled in, by and for whom, and what was given before. `only` asks some questions and no others."""

    exercise_id: str
    exercise: Exercise
    edition: int
    participant: ParticipantId
    name: str
    members: tuple[ParticipantId, ...] = ()
    output: OutputId
    amending: bool = False
    answers: Mapping[str, Any]
    submission: str
    route: Route = "laptop"
    entered_by: EnteredBy = "participant"
    delivery: DeliveryId | None = None
    only: frozenset[str] = frozenset()
    at: int = -1

    @property
    def draft(self) -> str:
        """The key of what is half written."""
        return draft_key(self.exercise_id, self.participant, self.output if self.amending else "", self.route)


class Paper(VerticalScroll, can_focus=False):
    """The question and its input."""


class FormPages(CohortScreen):
    """Shows the page where we are, `-1` being the first and the last one that of all answers."""

    def __init__(self, workshop: Workshop, filling: Filling) -> None:
        super().__init__(workshop)
        self._filling = filling
        self._raw: dict[str, Any] = dict(filling.answers)
        self._at = filling.at
        self._input: Answering | None = None
        self._ahead: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """Lay the form out."""
        yield Ends(id="top")
        yield Progress(id="form-progress")
        with Paper(id="paper"):
            yield Static(id="section")
            yield Static(id="question")
            yield Static(id="question-help")
            yield Prose(id="intro")
            yield Vertical(id="answer")
            yield Static(id="form-words")
            yield Static(id="how")
            yield OptionList(id="review", compact=True)
        yield Ends(id="foot", keep_left=True)
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin where it stopped."""
        self._show()

    def _hint(self, action: str, label: str) -> str:
        if action == "back" and self._at <= self._first:
            return ""
        if action in ("next", "all") and self._at >= len(self._items):
            return ""
        return "begin" if action == "next" and self._at < 0 else label

    @property
    def _first(self) -> int:
        known = self._filling.only or self._filling.route == "paper"
        return 0 if known or not self._intro else -1

    @property
    def _intro(self) -> str:
        return self._filling.exercise.intro or ""

    @property
    def _sheet(self) -> Sheet:
        return read(self._filling.exercise, self._raw)

    @property
    def _items(self) -> list[Item]:
        """The questions to be asked, given the answers so far."""
        wanted = self._filling.only
        items = asked(self._filling.exercise, self._sheet.answers)
        return [item for item in items if not wanted or item.id in wanted]

    def _show(self) -> None:
        """Show the page where we are."""
        items = self._items
        self._at = min(max(self._at, self._first), len(items))
        self._input = None
        self.set_class(self._at == len(items), "-reviewing")
        self._show_frame(items)
        for name in ("section", "question", "question-help", "intro", "answer", "how", "review"):
            self.query_one(f"#{name}").display = False
        if self._at < 0:
            self._show_intro()
        elif self._at == len(items):
            self._show_review()
        else:
            self._show_item(items[self._at])
        self.query_one(Paper).scroll_home(animate=False)
        self.query_one(Hints).refresh()

    def _show_frame(self, items: list[Item]) -> None:
        filling = self._filling
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left = filling.exercise.title
        paper = ", from paper" if filling.route == "paper" else ""
        name = (
            ""
            if filling.exercise.privacy == "anonymous"
            else safe_line(filling.name, self.size.width // 2).plain
        )
        where = f"{self._at + 1} of {len(items)}" if 0 <= self._at < len(items) else ""
        top.right = " · ".join(part for part in (f"{name}{paper}", where) if part)
        self.query_one("#form-progress", Progress).show(max(self._at, 0) / max(len(items), 1), "")
        foot.left, foot.right = PRIVACY[filling.exercise.privacy], ""
        self._say("")

    def _say(self, words: str) -> None:
        found = self.query_one("#form-words", Static)
        found.display = bool(words)
        found.update(safe(words))

    def _show_intro(self) -> None:
        prose = self.query_one("#intro", Prose)
        prose.display = True
        prose.show((*self._whose(), *markdown(self._intro)))
        self._put("how", Content.styled("Enter begins", "$foreground 70%"))
        self.set_focus(None)

    def _whose(self) -> tuple[Block, ...]:
        """Return in full whose form it is, and who else is in the group."""
        if self._filling.exercise.privacy == "anonymous":
            return ()
        names = [self._filling.name, *(person_name(self.state, one) for one in self._filling.members)]
        return (Block(Content.styled(safe_line(", ".join(names)).plain, "bold")), GAP)

    def _show_item(self, item: Item) -> None:
        exercise = self._filling.exercise
        section = next((one.section for one in self._items[: self._at + 1][::-1] if one.section), "")
        optional = "" if item.required else "  (optional)"
        self._put("section", Content.styled(safe_line(section).plain, "bold $text-primary"))
        self._put("question", Content.assemble(Content.styled(safe(item.text).plain, "bold"), optional))
        self._put("question-help", Content.styled(safe(item.help or "").plain, "$foreground 70%"))
        privacy = item.privacy or exercise.privacy
        self.query_one("#foot", Ends).left = PRIVACY[privacy]
        self.set_focus(None)
        self._input = input_for(exercise, item, self._raw.get(item.id))
        self._put("how", Content.styled(self._input.HOW, "$foreground 70%"))
        self._mount_input(self._input)

    def _put(self, name: str, content: Content) -> None:
        found = self.query_one(f"#{name}", Static)
        found.display = bool(content.plain)
        found.update(content)

    @work(exclusive=True, group="input")
    async def _mount_input(self, asking: Answering) -> None:
        place = self.query_one("#answer", Vertical)
        async with self.batch():
            await place.remove_children()
            await place.mount(asking)
            place.display = asking is self._input  # by now another page may be shown
        if asking is self._input:
            focusable = [one for one in asking.query("*") if one.focusable and one.display]
            if focusable:
                first = next((one for one in focusable if one.id != "rows"), focusable[0])
                first.focus()
            ahead, self._ahead = self._ahead, []
            for key in ahead:
                (self.focused or self).post_message(key)

    @on(Ahead)
    def _typed_ahead(self, event: Ahead) -> None:
        """Keep a key that was pressed too early for the question that it is meant for."""
        self._take_ahead(event.key)

    def _take_ahead(self, key: events.Key) -> None:
        """Give it to the next question at once if that is there by now."""
        if self._input is not None and self.focused is not None and self._input in self.focused.ancestors:
            self.focused.post_message(events.Key(key.key, key.character))
        else:
            self._ahead.append(events.Key(key.key, key.character))

    def on_key(self, event: events.Key) -> None:
        """Keep keys pressed while one question gives way to the next."""
        if self.focused is None and self._input is not None and (event.is_printable or event.key == "enter"):
            event.stop()
            self._ahead.append(events.Key(event.key, event.character))

    def _show_review(self) -> None:
        sheet, exercise = self._sheet, self._filling.exercise
        flaws = {flaw.item: flaw.words for flaw in sheet.flaws}
        asking = {one.item: one.words for one in prompts(exercise, sheet.answers, self.state.unit)}
        review = self.query_one("#review", OptionList)
        review.display = True
        review.clear_options()
        for number, item in enumerate(self._items, 1):
            answer = safe_line(answer_text(exercise, item, sheet.answers.get(item.id)), 400).plain
            words = f"! {flaws[item.id]}" if item.id in flaws else answer
            style = "bold" if item.id in flaws else "italic"
            question = safe_line(item.text, max(self.size.width - 14, 20)).plain
            asked_back = f"\n   ? {asking[item.id]}" if item.id in asking else ""
            line = Content.assemble((f"{number:>2} ", "bold"), question, "\n   ", (words, style), asked_back)
            review.add_option(Option(line))
        self._put("section", Content.styled("All your answers", "bold $text-primary"))
        left = len([item for item in self._items if item.id in flaws])
        still = (
            f"{left} still need{'s' if left == 1 else ''} an answer, marked with !." if left else "Complete."
        )
        self._put("question", Content(f"{still} Enter goes to a question, Ctrl+S hands in."))
        self._ahead.clear()
        review.highlighted = next((n for n, item in enumerate(self._items) if item.id in flaws), 0)
        review.focus()
