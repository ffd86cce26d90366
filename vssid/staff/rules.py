"""Which role may do what."""

from vssid.staff.models import Role

_SEE_CASES = frozenset({Role.INTAKE, Role.DECISION, Role.HEAD})
_DECIDE = frozenset({Role.DECISION, Role.HEAD})


def can_enter(role: str) -> bool:
    """Whether a role may be at the desk at all: every officer signs in and out."""
    return role in Role.values


def can_see_cases(role: str) -> bool:
    """Whether a role works with declarations at all."""
    return role in _SEE_CASES


def can_decide(role: str) -> bool:
    """Whether a role may approve or refuse a declaration (guides O03)."""
    return role in _DECIDE
