"""The desk's own widgets. None of them asks the workshop for anything."""
