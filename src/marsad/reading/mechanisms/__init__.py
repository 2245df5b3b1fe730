"""Mechanisms: what is claimed to cause what.  The layer's function is in `find`."""
