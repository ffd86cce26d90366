"""Who walks through the guides: invented people of the demo who have no account yet."""

from dataclasses import dataclass
from functools import cache

from tests.guides.stack import Stack

PASSWORD = "hoa-sen-xanh-2026"
"""Of everybody in the demo, as `make run` prints it."""

# Whose record shows most comes first: the stories read it afterwards.
_NEWCOMERS = """
SELECT p.number, p.full_name, p.id_number, p.phone
FROM people_person p
LEFT JOIN accounts_account a USING (number)
LEFT JOIN registration_declaration d USING (number)
WHERE a.number IS NULL AND d.number IS NULL AND p.phone <> '' AND p.id_kind = 'cccd'
  -- A name without accents would be asked about.
  AND p.full_name ~ '[^ -~]'
ORDER BY
  (SELECT count(DISTINCT b.kind) FROM insurance_benefit b WHERE b.number = p.number) DESC,
  (SELECT count(DISTINCT c.fund) FROM insurance_contributionperiod c
   WHERE c.number = p.number) DESC,
  (SELECT count(*) FROM insurance_visit v WHERE v.number = p.number) DESC,
  p.number
"""

_WITH_ACCOUNT = """
SELECT p.number, p.full_name, p.id_number, p.phone
FROM people_person p JOIN accounts_account a USING (number)
WHERE NOT a.must_change_password AND p.id_kind = 'cccd' ORDER BY p.number
"""


@dataclass(frozen=True, slots=True)
class Person:
    """As the registry knows them; `phone` as one types it: 0900000001."""

    number: str
    full_name: str
    id_number: str
    phone: str


class Newcomers:
    """Hands out people: `rich()` have much to read, `any()` may have nothing, each only once.

    `lent()` is somebody whose form goes no further than to be filled in: always the same.
    """

    def __init__(self, stack: Stack) -> None:
        rows = stack.rows(_NEWCOMERS)
        self._people = [_person(*row) for row in rows]
        self._lent = self._people.pop()

    def rich(self) -> Person:
        """Somebody with contributions, benefits and visits."""
        return self._people.pop(0)

    def lent(self) -> Person:
        """Somebody who must not get as far as a declaration."""
        return self._lent

    def any(self) -> Person:
        """Somebody."""
        return self._people.pop()


@cache
def people_with_accounts(stack: Stack) -> tuple[Person, ...]:
    """The demo's named people, who can sign in. First asked for before any account changes."""
    return tuple(_person(*row) for row in stack.rows(_WITH_ACCOUNT))


def with_account(stack: Stack, which: int = 0) -> Person:
    """One of them: always the same for the same `which`, whoever opened or closed an account.

    Walks count the cards of the last one, so no other walk gives that one children.
    """
    return people_with_accounts(stack)[which]


def signed_in_nowhere(stack: Stack, person: Person) -> Person:
    """The same, whatever another walk left behind: no session is open."""
    stack.change(
        "UPDATE accounts_session SET ended_at = now(), end_reason = 'signed-out'"
        " WHERE number = %s AND ended_at IS NULL",
        person.number,
    )
    return person


def _person(number: str, name: str, id_number: str, phone: str) -> Person:
    return Person(number, name, id_number, "0" + phone.removeprefix("+84"))
