"""Marsad: an observatory of relations between states, read from the Arabic press."""

__version__ = "0.1.0"
