"""What is wrong with a piece of markup, and where in it."""

from __future__ import annotations


class MarkupError(ValueError):
    """A fault in a text. `offset` (from 0) and `length` count its characters; `help` says what to write instead."""

    def __init__(self, message: str, offset: int, length: int, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help
