"""Petitions of people without an account, for tests."""

from typing import Any

from tests.factories import HA_NOI, last_code
from vssid.kernel.clock import utc_now
from vssid.limits.models import Bucket
from vssid.support.commands import guests
from vssid.support.models import Petition
from vssid.support.papers import Parcel, new_parcel, seal_parcel

PHONE = "+84912000077"
WORDS = "Quầy số 3 đóng cửa sớm, tôi đến ba lần."


def a_letter(parcel: Parcel | None = None, **changes: Any) -> guests.Letter:
    """What Lê Văn Khách writes to Hà Nội."""
    sealed = seal_parcel(parcel or new_parcel(), number=guests.HOLDER, now=utc_now())
    given = {
        "category": "phuc-vu",
        "words": WORDS,
        "full_name": "Lê Văn Khách",
        "phone": PHONE,
        "office": HA_NOI,
        "parcel": sealed,
    }
    return guests.Letter(**{**given, **changes})


def a_guest_petition(**changes: Any) -> Petition:
    """The same, with its phone proven."""
    Bucket.objects.all().delete()  # One phone gets a code a minute.
    letter = a_letter(**changes)
    guests.send_phone_code(letter=letter, asked_from="203.0.113.7", now=utc_now())
    return guests.send_letter(letter=letter, typed=last_code(letter.phone), now=utc_now())
