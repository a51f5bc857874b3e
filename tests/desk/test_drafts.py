"""What is half written survives: a kill, a leaving, another participant in between."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person

if TYPE_CHECKING:
    from tests.desk.conftest import Place

HERE = Path(__file__).parent
EXERCISE = "Planning a challenging conversation"


def test_a_killed_worksheet_is_there_on_return(tmp_path: Path) -> None:
    """Kill -9 in the middle of a worksheet: what was typed a second before is there for whoever picks the name again."""
    data, text = tmp_path / "data", "They hand over before half past eight, every day."
    place = helpers().Place(data)
    workshop = place.workshop("spring", new=True)
    workshop.handle(c.AddParticipants(people=((ParticipantId("p1"), Person(name="Ada Okafor")),)))
    workshop.close()
    script = [sys.executable, str(HERE / "half_filled.py"), str(HERE / "conftest.py"), str(data), EXERCISE, text]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "half filled\n"
        desk.kill()
