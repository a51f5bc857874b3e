"""Read models: what the desk, the room and the packs show, worked out once, so that no two disagree."""
