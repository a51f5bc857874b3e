"""What participants do at the laptop or on paper, and what came of it."""
