"""Relations: how two actors stand.  The layer's function is in `find`."""
