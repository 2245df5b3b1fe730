"""The version of the project, written into every reading: the same text and version give the same reading."""

VERSION = "0.1.0"
