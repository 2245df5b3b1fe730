"""Measuring readings against reference readings, layer by layer."""
