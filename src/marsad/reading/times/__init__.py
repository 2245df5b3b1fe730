"""Times: which day, month or year the text names.  The layer's function is in `find`."""
