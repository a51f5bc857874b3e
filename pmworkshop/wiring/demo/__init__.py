"""The demonstration: a whole cohort of eight invented managers, played through both sessions on the real machinery."""
