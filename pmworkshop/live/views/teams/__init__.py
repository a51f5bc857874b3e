"""Groups, rounds with roles and second timers at one instant, for desk, projector and phones."""
