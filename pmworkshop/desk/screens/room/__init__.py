"""The room while it is open: who is in, who asks to come in, and whose phone is whose."""
