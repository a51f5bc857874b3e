"""Phones and the projector, served from the trainer's laptop (Starlette)."""
