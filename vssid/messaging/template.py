"""One message, before its names are filled in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """One message: `{names}` are filled from the data and the secret of the outbox row."""

    subject: object
    text: object
