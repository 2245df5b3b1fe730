"""From an archive to the formats of other programs.  `views` says what can be taken out, `write` in which format."""
