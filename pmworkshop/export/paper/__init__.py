"""The kit on paper: the facilitator's guide, sheets to fill in by hand, cards to cut apart, the poster."""
