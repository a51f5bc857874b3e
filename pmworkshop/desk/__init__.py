"""The desk: the trainer's terminal app. Widgets post intent, screens ask the running workshop, views say what is."""
