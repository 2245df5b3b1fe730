"""Events: who did what to whom.  The layer's function is in `find`."""
