"""pmworkshop: an ILM session runner for the trainer's laptop."""

__version__ = "0.1.0"
