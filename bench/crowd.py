"""Makes accounts that a crowd signs in to: python -m bench.crowd COUNT

Prints one JSON object: their `numbers` and the one `password` of all. Their hashes are one hash:
making each would take longer than the measurement.
"""

import json
import sys
from datetime import date

from django.contrib.auth.hashers import make_password

from config.wsgi import application  # importing it sets Django up, before models are imported
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.kernel.text import fold, sort_key
from vssid.people.models import Person

PASSWORD = "bench-crowd-7431"  # noqa: S105 - of invented people in a database that is thrown away
_FIRST = 9_900_000_000
_NAME = "Nguyễn Văn Đo"


def make_crowd(count: int) -> list[str]:
    """Write that many persons with accounts; returns their numbers."""
    numbers = [str(_FIRST + place) for place in range(count)]
    Person.objects.bulk_create(_person(number) for number in numbers)
    password, now = make_password(PASSWORD), utc_now()
    Account.objects.bulk_create(
        Account(
            person_id=number,
            phone=f"+8491{place:07d}",
            address_era="2025",
            address_province="01",
            address_commune="00004",
            address_street="Số 5",
            password=password,
            password_set_at=now,
            must_change_password=False,
            activated_at=now,
        )
        for place, number in enumerate(numbers)
    )
    return numbers


def _person(number: str) -> Person:
    return Person(
        number=number,
        full_name=_NAME,
        sort_key=sort_key(_NAME),
        search_key=fold(_NAME),
        sex="M",
        birth_date=date(1990, 1, 1),
        is_invented=True,
    )


def main() -> None:
    """Print the JSON object."""
    assert application is not None
    print(json.dumps({"numbers": make_crowd(int(sys.argv[1])), "password": PASSWORD}))


if __name__ == "__main__":
    main()
