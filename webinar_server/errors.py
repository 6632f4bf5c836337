"""The errors people meet, one tree: what was refused, what cannot be read, what a person must fix."""

from typing import Any


class WebinarError(Exception):
    """Root of all errors this package raises on purpose."""


class Refusal(WebinarError):
    """A command changed nothing; told to the asker only.

    `code` is dotted (`chat.too_long`), `text` says in English what to do, `retry_after` is in seconds
    and given only where waiting helps. Where words are refused, `field` is the argument they came in,
    `places` the indexes of the code points that are meant, `suggestion` the words as they would be taken.
    `reason` is what a host gave as one.
    """

    def __init__(
        self,
        code: str,
        text: str,
        retry_after: float | None = None,
        *,
        field: str = "",
        places: tuple[int, ...] = (),
        suggestion: str = "",
        reason: str = "",
    ) -> None:
        # people's words are in none of this, so that no log has them
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.retry_after = retry_after
        self.field = field
        self.places = places
        self.suggestion = suggestion
        self.reason = reason

    def told(self) -> dict[str, Any]:
        """As the asker is told, without what is not known."""
        told = {"code": self.code, "text": self.text}
        helps = {"field": self.field, "places": list(self.places), "suggestion": self.suggestion}
        helps["reason"] = self.reason
        helps = {name: value for name, value in helps.items() if value}
        return told | helps if self.retry_after is None else told | helps | {"retry_after": self.retry_after}


class Malformed(WebinarError):
    """A frame or body that is not of the protocol; `code` is one of `frame.*`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class StorageError(WebinarError):
    """The log cannot be opened, read or written; the text is one line that says what to do."""


class GivenUp(StorageError):
    """Entries are asked for that the log gave up for a snapshot."""


class Unanswered(StorageError):
    """The log was asked and did not answer: whether it did what it was asked is unknown."""


class TokenError(WebinarError):
    """A token that is wrong, expired or meant for something else; `code` is one of `token.*`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
