"""A desk on which a participant is half through a worksheet; it says so and goes on standing there until it is killed.

Run as `python half_filled.py CONFTEST DATA EXERCISE TEXT`.
"""

import asyncio
import importlib.util
import sys
from pathlib import Path
from typing import Any


def helpers(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("desk_helpers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["desk_helpers"] = module
    spec.loader.exec_module(module)
    return module


async def stand_there(conftest: str, data: str, exercise: str, text: str) -> None:
    place = helpers(conftest).Place(Path(data))
    async with place.desk((80, 24), session="session-b") as trainer:
        await trainer.press("i")
        await trainer.on("PickName")
        await trainer.write(exercise)
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        await trainer.press("p")
        await trainer.on("AskLine")
        await trainer.write("4711")
        await trainer.press("enter")
        await trainer.on("KioskScreen")
        await trainer.sees("Choose your name")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("enter")
        form = trainer.desk.screen
        await trainer.until(lambda: form.focused is not None, "the first question")
        await trainer.write("TM1")
        await trainer.press("enter")
        await trainer.sees("2 of")
        await trainer.until(lambda: form.focused is not None, "the second question")
        await trainer.write(text)
        await asyncio.sleep(1)
        sys.stdout.write("half filled\n")
        sys.stdout.flush()
        await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(stand_there(*sys.argv[1:]))
