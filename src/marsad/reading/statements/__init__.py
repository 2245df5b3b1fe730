"""Statements: who says what.  The layer's function is in `find`."""
