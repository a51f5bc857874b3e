"""The running workshop: commands in, events made durable, state swapped, everybody told."""
