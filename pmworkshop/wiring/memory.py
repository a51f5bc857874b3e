"""How often Python looks for lost memory."""

import gc


def collect_seldom() -> None:
    """Let Python look for lost memory seldom: with a day's outputs in memory each full look holds the keys up for 0.15 s."""
    gc.set_threshold(50_000, 20, 100)
