"""A made-up exercise that asks in every way there is, with questions that hang on others, and ids that a browser might trip over."""

from pmworkshop.core.exercise import Axis, Choice, Column, Exercise, Item, Scale, When
from pmworkshop.core.units import Minutes

AGREE = Scale(id="agree", labels=("Not at all", "Hardly", "Partly", "Mostly", "Wholly"))
NEAR = Axis(title="Nearness", low="far off", high="close by")
SKILL = Axis(title="Skill", low="learns it", high="masters it")
WILL = Axis(title="Will", low="has to", high="wants to")


def _options(*texts: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=text.split()[0].lower(), text=text) for text in texts)


ITEMS = (
    Item(
        id="action",
        kind="rating",
        text="I know what is expected of me.",
        scale="agree",
        dont_know=True,
        section="Beginning",
    ),
    Item(
        id="elements",
        kind="choice",
        text="Where do you work?",
        options=_options("Library", "Laboratory", "Lecture hall"),
    ),
    Item(
        id="topics",
        kind="choices",
        text="What did you speak about?",
        options=_options("Goals", "Learning", "Pay and grading"),
        at_least=1,
        at_most=2,
        help="Think of the last time.",
    ),
    Item(
        id="promised",
        kind="short",
        text="What was promised about pay?",
        when=When(item="topics", any_of=("pay",)),
    ),
    Item(id="order", kind="ranking", text="What matters most?", options=_options("Clarity", "Trust", "Time")),
    Item(id="met", kind="yes-no", text="Have you met this year?", section="The talk"),
    Item(id="when", kind="date", text="When was it?", when=When(item="met", any_of=("yes",))),
    Item(id="why", kind="long", text="What came of it?", required=False, privacy="private"),
    Item(id="people", kind="number", text="How many are in the team?", lowest=1, highest=99, unit="people"),
    Item(id="who", kind="code", text="Who is it about?"),
    Item(id="steps", kind="list", text="What will you do?", at_least=2, at_most=5),
    Item(
        id="plan",
        kind="table",
        text="Who does what by when?",
        at_least=1,
        at_most=4,
        columns=(
            Column(id="what", title="What"),
            Column(id="by", title="By when", kind="date"),
            Column(id="many", title="How often", kind="number", required=False),
            Column(
                id="how",
                title="How urgent",
                kind="choice",
                required=False,
                options=_options("Urgent", "Calm"),
            ),
            Column(id="for", title="For whom", kind="code", required=False),
        ),
    ),
    Item(id="near", kind="line", text="How near are you?", x=NEAR),
    Item(id="place", kind="grid", text="Where does the person stand?", x=SKILL, y=WILL),
    Item(id="sheet", kind="photo", text="A photo of your sheet", required=False),
)
EVERY_KIND = Exercise(
    title="In every way",
    kind="worksheet",
    about="team member",
    privacy="evidence",
    minutes=Minutes(10),
    instructions="Ten minutes, **each for yourself**. Then compare in pairs.",
    intro="Think of *one* person.",
    scales=(AGREE,),
    items=ITEMS,
)
AGAIN = Exercise(
    title="Again and again",
    kind="worksheet",
    about="me",
    privacy="evidence",
    minutes=Minutes(3),
    repeatable=True,
    instructions="As often as you like.",
    items=(
        Item(id="what-i-do", kind="list", text="What do you do?"),
        Item(id="why-me", kind="long", text="Why you?"),
    ),
)
"""Nothing but its submission tells one sheet of it from another: what is handed in twice would be there twice."""
