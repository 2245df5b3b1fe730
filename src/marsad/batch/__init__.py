"""Reading many articles: in order, on all cores, with bounded memory and time."""
