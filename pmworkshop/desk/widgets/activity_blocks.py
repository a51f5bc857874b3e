"""An activity as pages: what to read out, and how far everybody is with it."""

from collections.abc import Collection
from typing import Final

from textual.content import Content

from pmworkshop.core.ids import ParticipantId
from pmworkshop.desk.widgets.markdown import GAP, Block, markdown
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.activity import ActivityView

SIGNS: Final = {"finished": "✓", "working": "…", "nothing yet": " "}
LONGEST: Final = 60
_STYLES: Final = {"finished": "", "working": "italic", "nothing yet": "$foreground 60%"}


def page(view: ActivityView) -> tuple[Block, ...]:
    """Return what to read out."""
    return (
        Block(Content.styled("Read out", "bold $text-primary")),
        GAP,
        *markdown(view.exercise.instructions),
    )


def names(view: ActivityView, dropped: Collection[ParticipantId] = ()) -> tuple[Block, ...]:
    """Return everybody with a sign of how far they are; the phones of those in `dropped` are not heard of."""
    if not view.rows:
        return (Block(Content("Nobody is on the register yet.")),)
    head = Block(Content.styled(view.words, "bold $text-primary"))
    rows = [
        Block(
            Content.assemble(
                (safe_line(row.name, LONGEST).plain, _STYLES[row.standing]),
                ", phone dropped" if row.participant in dropped else "",
            ),
            f"{SIGNS[row.standing]} ",
        )
        for row in view.rows
    ]
    return (head, *rows)
