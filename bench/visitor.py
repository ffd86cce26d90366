"""Signs in the invented person with the longest working life, and says which pages to ask for.

    python -m bench.visitor

Prints one JSON object: `cookie` and, under `pages`, the addresses by name.
"""

import json

from django.conf import settings
from django.db import connection
from django.utils.crypto import get_random_string

from config.wsgi import application  # importing it sets Django up, before models are imported
from vssid.accounts.commands import accounts, sessions
from vssid.accounts.origin import Origin
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now

_LONGEST = """
SELECT number FROM insurance_contributionperiod WHERE fund = 'bhxh'
  AND number NOT IN (SELECT number FROM accounts_account)
  AND number IN (SELECT number FROM insurance_card)
GROUP BY number ORDER BY count(*) DESC, number LIMIT 1
"""
_FULLEST_BENEFIT = """
SELECT kind FROM insurance_benefit WHERE number = %s GROUP BY kind ORDER BY count(*) DESC LIMIT 1
"""
_FULLEST_YEAR = """
SELECT extract(year FROM entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS year
FROM insurance_visit WHERE number = %s GROUP BY year ORDER BY count(*) DESC LIMIT 1
"""


def sign_in(number: str) -> str:
    """Make an account for the number and open its session; returns the cookies of a browser."""
    by, now = Actor.system("bench"), utc_now()
    contact = accounts.Contact("+84912345678", "", "2025", "01", "", "00004", "Số 5")
    account, password = accounts.open_account(
        number=number, contact=contact, portrait=None, by=by, now=now
    )
    accounts.set_password(number=number, password=password, by=by, now=now)
    account.refresh_from_db()
    opened = sessions.start_session(
        account=account, origin=Origin(None, "bench", "127.0.0.1"), now=now
    )
    if isinstance(opened, sessions.SignedInElsewhere):
        raise TypeError("a fresh account cannot be signed in elsewhere")
    form_key = get_random_string(32)
    return f"phien={opened.cookie}; {settings.CSRF_COOKIE_NAME}={form_key}"


def pages_of(number: str) -> dict[str, str]:
    """Home and the five pages of the record, each where the person has most to show."""
    benefit, year = _one(_FULLEST_BENEFIT, number), _one(_FULLEST_YEAR, number)
    return {
        "home": "/quan-ly-ca-nhan/",
        "card": "/the-bhyt/",
        "full card": "/the-bhyt/xem/",
        "history": "/qua-trinh-tham-gia/bhxh/",
        "benefits": f"/thong-tin-huong/{benefit or 'mot-lan'}/",
        "medical book": f"/so-kham-chua-benh/{year}/" if year else "/so-kham-chua-benh/",
    }


def _one(sql: str, *params: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return row[0] if row else None


def main() -> None:
    """Print the JSON object."""
    assert application is not None
    number = str(_one(_LONGEST))
    print(json.dumps({"cookie": sign_in(number), "pages": pages_of(number)}))


if __name__ == "__main__":
    main()
