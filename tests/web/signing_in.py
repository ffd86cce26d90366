"""Puts somebody in front of the screens without walking through sign-in."""

from typing import Any

from django.test import Client

from tests.factories import an_origin
from vssid.accounts.commands.sessions import Started, start_session
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.web.ui.access import SESSION_COOKIE


def signed_in(number: str, **changes: Any) -> Client:
    """A browser in which the owner of the number is signed in."""
    now = utc_now()
    facts: dict[str, Any] = {
        "phone": "+84912345678",
        "address_era": "2025",
        "address_province": "01",
        "address_commune": "00004",
        "address_street": "Số 5",
        "password": "unused",
        "password_set_at": now,
        "must_change_password": False,
        "activated_at": now,
    }
    account = Account.objects.create(person_id=number, **{**facts, **changes})
    opened = start_session(account=account, origin=an_origin("Firefox"), now=now)
    assert isinstance(opened, Started)
    client = Client()
    client.cookies[SESSION_COOKIE] = opened.cookie
    return client
