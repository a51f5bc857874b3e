"""What leaves the laptop: packs, reports, and the kit on paper."""
