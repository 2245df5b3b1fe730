"""The exceptions that Marsad raises on purpose.

    MarsadError
    ├── InputError            the input cannot be read (exit status 2)
    │   ├── NotTextError      binary, undecodable or empty input
    │   ├── NotArabicError    text in which hardly any word is Arabic
    │   ├── TooLargeError     larger than the limit in force
    │   ├── TooSlowError      reading took longer than the limit in force
    │   └── FetchError        a page could not be fetched, or holds no article
    ├── ArchiveError          the archive cannot be opened, read or written (exit status 2)
    │   ├── NotFoundError     the archive holds no such article or record
    │   └── ReadOnlyError     the archive may only be read
    ├── QueryError            a search or filter that cannot be understood (exit status 2)
    └── DataError             a data file of the project is not valid

Every message says what is wrong, where, and what to do about it.
"""


class MarsadError(Exception):
    """Base of all errors that Marsad raises on purpose."""


class InputError(MarsadError):
    """The input cannot be read."""


class NotTextError(InputError):
    """The input is empty, binary, or in no known encoding."""


class NotArabicError(InputError):
    """The input is text, but hardly any of it is Arabic."""


class TooLargeError(InputError):
    """The input is larger than the limit in force."""


class TooSlowError(InputError):
    """Reading took longer than the limit in force."""


class FetchError(InputError):
    """A page could not be fetched, or it holds no article."""


class ArchiveError(MarsadError):
    """The archive cannot be opened, read or written."""


class NotFoundError(ArchiveError):
    """The archive holds no such article or record."""


class ReadOnlyError(ArchiveError):
    """The archive may only be read."""


class QueryError(MarsadError):
    """A search or filter that cannot be understood."""


class DataError(MarsadError):
    """A data file of the project is not valid; the message names file and row."""
