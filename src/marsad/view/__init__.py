"""How a reading is shown: on a terminal, as a page, in a notebook.  Sees records, never makes any."""
