"""Concepts: what causes and effects are merged on.  The layer's class is in `find`."""
