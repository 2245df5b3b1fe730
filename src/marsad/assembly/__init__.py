"""From many articles' records to views over them: pure functions that open nothing."""
