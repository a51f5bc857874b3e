"""The screen of the day, what its keys do, and what opens over it while the clock goes on."""
