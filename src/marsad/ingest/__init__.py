"""From files, addresses and lines of JSON to articles.  Nothing here reads what an article says."""
