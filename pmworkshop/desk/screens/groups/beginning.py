"""Beginning rounds: coaching in trios, the roles of this segment's cards, or the trainer's own."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pmworkshop.core import commands as c
from pmworkshop.core.ids import GroupingId, RotationId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.text import clean_line, matching
from pmworkshop.core.units import MINUTE, Duration, minutes
from pmworkshop.core.value import value
from pmworkshop.core.words import length_words, whole_minutes
from pmworkshop.desk.screens.dialogs import AskFields, Pick
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.live.views.run import RunView, activities_of, run_view
from pmworkshop.live.views.teams.words import as_noun

if TYPE_CHECKING:
    from pmworkshop.core.deck import Deck
    from pmworkshop.desk.services import KitContents

OBSERVER: Final = "Observer"
TALK: Final = minutes(4)
FEEDBACK: Final = minutes(2)
FIELDS: Final = (
    "Roles, with commas between them",
    "How many rounds",
    "Minutes of work",
    "Minutes of feedback",
)


@value
class Preset:
    """Rounds as they can be begun."""

    title: str
    roles: tuple[str, ...]
    rounds: int
    work: Duration
    feedback: Duration

    @property
    def words(self) -> str:
        """Say roles and times: `Coaching: coach, coachee, observer · 3 rounds of 4 + 2 min, 18 min`."""
        first, *rest = self.roles
        roles = ", ".join([as_noun(first), *map(as_noun, rest)])
        length = f"{whole_minutes(self.work)} + {whole_minutes(self.feedback)} min"
        whole = length_words(whole_minutes(Duration((self.work + self.feedback) * self.rounds)))
        return f"{self.title}: {roles} · {self.rounds} rounds of {length}, {whole}"


COACHING: Final = Preset(
    title="Coaching", roles=("Coach", "Coachee", OBSERVER), rounds=3, work=TALK, feedback=FEEDBACK
)


async def begin_rounds(screen: WorkshopScreen, grouping: GroupingId) -> bool:
    """Ask which rounds, and begin the first; False where the trainer leaves it. Call from a worker."""
    services = screen.desk.services
    view = run_view(screen.state, screen.delivery, services.now(), services.zone()[1])
    presets = [COACHING, *of_decks(decks_of(view, await screen.desk.read_kit()))]
    choices = [(str(number), one.words) for number, one in enumerate(presets)]
    picked = await screen.put(Pick("Which rounds?", [*choices, ("own", "Your own roles and times …")]))
    preset = await _own(screen) if picked == "own" else presets[int(picked)] if picked else None
    if preset is None:
        return False
    command = c.StartRotation(
        rotation=RotationId(services.new_id()),
        grouping=grouping,
        delivery=screen.delivery_id,
        title=preset.title,
        roles=preset.roles,
        rounds=preset.rounds,
        work=preset.work,
        feedback=preset.feedback,
    )
    return await screen.ask(command) is not None


def decks_of(view: RunView, kit: "KitContents") -> tuple["Deck", ...]:
    """Return the decks of a segment: its own, those of its exercises and of the options that may be run."""
    exercises = [(name, kit.exercises.get(name)) for name in activities_of(view)]
    found = dict.fromkeys(exercise.deck if exercise else name for name, exercise in exercises)
    return tuple(kit.decks[name] for name in found if name is not None and name in kit.decks)


def of_decks(decks: Iterable["Deck"]) -> Iterator[Preset]:
    """Yield rounds with the roles of decks, and an observer."""
    for deck in decks:
        roles = [role.title for role in deck.roles]
        if roles and matching(OBSERVER) not in map(matching, roles):
            roles.append(OBSERVER)
        if len(roles) > 1:
            work = minutes(deck.minutes) if deck.minutes else TALK
            yield Preset(
                title=deck.title, roles=tuple(roles), rounds=len(roles), work=work, feedback=FEEDBACK
            )


async def _own(screen: WorkshopScreen) -> Preset | None:
    given: tuple[str, ...] | None = ("coach, coachee, observer", "3", "4", "2")
    while given is not None:
        given = await screen.put(AskFields("Your own rounds", list(zip(FIELDS, given, strict=True))))
        read = read_own(*given) if given else None
        if isinstance(read, Preset):
            return read
        if read is not None:
            screen.say_no(refuse(read))
    return None


def read_own(roles: str, rounds: str, work: str, feedback: str) -> Preset | str:
    """Return rounds as they were typed, or words on what is wrong with them."""
    named = tuple(text for one in roles.replace(";", ",").split(",") if (text := clean_line(one)))
    lengths = [as_minutes(text) for text in (work, feedback or "0")]
    count = clean_line(rounds)
    if not count.isdecimal() or len(count) > 2:  # noqa: PLR2004  # more digits are no number of rounds
        return "How many rounds: a whole number, such as 3."
    if lengths[0] is None or lengths[1] is None:
        return "Minutes are numbers, such as 4 or 2.5."
    return Preset(title="Rounds", roles=named, rounds=int(count), work=lengths[0], feedback=lengths[1])


def as_minutes(text: str) -> Duration | None:
    """Return minutes as they are typed, such as 4 or 2.5; None where they are none."""
    try:
        return Duration(round(float(clean_line(text).replace(",", ".").removesuffix("min")) * MINUTE))
    except (ValueError, OverflowError):
        return None
