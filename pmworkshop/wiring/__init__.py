"""The only part that knows everybody: it reads the clock, makes ids, finds places and hands things out."""
