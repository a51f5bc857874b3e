"""Results as small pictures: SVG for phones, the projector and packs, always with their words beside them."""
