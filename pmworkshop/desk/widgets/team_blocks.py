"""What the trainer should know of groups, under them: who is in none, and what odd numbers mean."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.teams.view import TeamMate
from pmworkshop.live.views.teams.words import few

LONGEST_NAME: Final = 30


def remarks(loose: Sequence[TeamMate], said: Sequence[str]) -> Content:
    """Return a line for whoever is in no group, then what else is to be said."""
    lines = [safe(words) for words in said]
    if loose:
        names = few([safe_line(one.name, LONGEST_NAME).plain for one in loose])
        words = f"Not in a group yet: {names}. p puts them where they fit best."
        lines.insert(0, Content.styled(words, "bold $text-warning"))
    return Content("\n").join(lines)
