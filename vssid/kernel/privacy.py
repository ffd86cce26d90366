"""How personal a stored field is. Every model says it, field by field."""

from enum import StrEnum


class Privacy(StrEnum):
    """The class of one field: what it tells about a person to somebody who should not see it."""

    KEY = "key"
    """The person's number or what leads to it: shown masked to others, never logged in full."""
    IDENTITY = "identity"
    """Who the person is: names, birth, papers, origin, family."""
    CONTACT = "contact"
    """Where the person is reached: phone, email, address."""
    HEALTH = "health"
    """Illness and treatment: sensitive by law (Luật 91/2025 on personal data)."""
    MONEY = "money"
    """Pay, benefits, costs, bank accounts."""
    WORK = "work"
    """Employers, occupations, spans of insurance."""
    INTERNAL = "internal"
    """What only the machine needs: ids, states, versions."""
    PUBLIC = "public"
    """Open to everybody: directories, codes of facilities and offices, rates."""
    SECRET = "secret"  # noqa: S105 - the name of a class, no password
    """Passwords' hashes, codes, keys: never shown, logged or exported."""
