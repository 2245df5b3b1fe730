"""Actors: mentions, and the entities behind them.  The layer's function is in `find`."""
