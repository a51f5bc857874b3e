"""A desk on which a participant is half through a worksheet; it says so and goes on standing there until it is killed.

Run as `python half_filled.py DATA EXERCISE TEXT` in the project's folder.
"""

import asyncio
import sys
from pathlib import Path

from tests.desk.conftest import Place
from tests.desk.participant import on_form, pass_laptop


async def stand_there(data: str, exercise: str, text: str) -> None:
    async with Place(Path(data)).desk((80, 24), session="session-b") as trainer:
        await pass_laptop(trainer, exercise)
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("enter")
        form = on_form(trainer)
        for number, written in enumerate(("TM1", text), 1):
            await trainer.sees(f"{number} of")
            await trainer.until(lambda: form.focused is not None, "the question's input")
            await trainer.write(written)
            if number == 1:
                await trainer.press("enter")
        await asyncio.sleep(1)
        sys.stdout.write("half filled\n")
        sys.stdout.flush()
        await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(stand_there(*sys.argv[1:]))
