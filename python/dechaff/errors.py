"""What can go wrong. Each message says what happened, where, and what to do about it."""

from __future__ import annotations


class DechaffError(Exception):
    """Any error of this package but wrong arguments, which are :class:`ValueError` and :class:`TypeError`."""


class RulePackError(DechaffError):
    """A rule pack cannot be used."""


class ModelError(DechaffError):
    """A model file cannot be used."""


class OutputError(DechaffError):
    """A file or folder cannot be read or written, or stands nowhere, or an index cannot be used."""


class RecordError(DechaffError):
    """A record cannot be read or cleaned.

    >>> import dechaff
    >>> try:
    ...     dechaff.clean(b"\\x00\\x01\\x02" * 9)
    ... except dechaff.RecordError as error:
    ...     print(error)
    is a binary file (zero byte at offset 0)
    """

    dump: str | None
    """The dump; None for what was given itself."""
    record: str | None
    """The record of the dump; None for the dump as a whole."""
    reason: str
    """What is wrong, without the place."""

    def __init__(self, reason: str, dump: str | None = None, record: str | None = None) -> None:
        super().__init__(reason, dump, record)
        self.reason, self.dump, self.record = reason, dump, record

    def __str__(self) -> str:
        place = [part for part in (self.dump, self.record and f"record {self.record}") if part]
        return ": ".join([", ".join(place), self.reason] if place else [self.reason])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordError) and self.args == other.args

    __hash__ = DechaffError.__hash__
