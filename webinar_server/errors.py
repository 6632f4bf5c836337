"""The errors people meet, one tree: what was refused, what cannot be read, what a person must fix."""


class WebinarError(Exception):
    """Root of all errors this package raises on purpose."""


class Refusal(WebinarError):
    """A command changed nothing; told to the asker only.

    `code` is dotted (`chat.too_long`), `text` says in English what to do, `retry_after` is in seconds
    and given only where waiting helps.
    """

    def __init__(self, code: str, text: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.retry_after = retry_after


class Malformed(WebinarError):
    """A frame or body that is not of the protocol; `code` is one of `frame.*`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class StorageError(WebinarError):
    """The log cannot be opened, read or written; the text is one line that says what to do."""


class Unanswered(StorageError):
    """The log was asked and did not answer: whether it did what it was asked is unknown."""


class TokenError(WebinarError):
    """A token that is wrong, expired or meant for something else; `code` is one of `token.*`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
