"""Sessions of officers: one statement reads them, one writes them, none outlives its end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.base import UpdateError

from tests.factories import an_officer
from vssid.kernel.clock import utc_now
from vssid.staff.commands import screens
from vssid.staff.commands.desk_sessions import DESK, SCREEN, SessionStore, forget_ended
from vssid.staff.models import DeskSession, Officer

pytestmark = pytest.mark.django_db


def _begun(officer: Officer) -> SessionStore:
    store = SessionStore()
    store["_auth_user_id"] = str(officer.pk)
    store[DESK] = {SCREEN: uuid4().hex}
    store.save()
    return store


def test_session_comes_with_officer_and_lock_in_one_statement(
    django_assert_num_queries: Any,
) -> None:
    officer = an_officer()
    begun = _begun(officer)
    with django_assert_num_queries(1):
        store = SessionStore(begun.session_key)
        assert store[DESK] == begun[DESK]
        assert (store.officer, store.is_screen_locked) == (officer, False)
    screen = DeskSession.objects.get().screen
    assert screen is not None
    screens.lock_screen(officer=officer, screen=screen, now=utc_now())
    again = SessionStore(begun.session_key)
    assert again[DESK] == begun[DESK]
    assert again.is_screen_locked


def test_known_session_is_written_by_one_statement(django_assert_num_queries: Any) -> None:
    begun = _begun(an_officer())
    store = SessionStore(begun.session_key)
    store["note"] = "x"
    with django_assert_num_queries(1):
        store.save()
    assert SessionStore(begun.session_key)["note"] == "x"


def test_ended_session_is_not_written_back() -> None:
    begun = _begun(an_officer())
    slow = SessionStore(begun.session_key)
    slow["note"] = "x"
    begun.flush()
    with pytest.raises(UpdateError):
        slow.save()
    assert SessionStore(slow.session_key).officer is None


def test_sessions_that_are_over_open_nothing_and_are_forgotten_others_stay() -> None:
    over, live = _begun(an_officer()), _begun(an_officer())
    past = utc_now() - timedelta(seconds=1)
    DeskSession.objects.filter(session_key=over.session_key).update(expire_date=past)
    store = SessionStore(over.session_key)
    assert DESK not in store
    assert store.officer is None
    forget_ended(now=utc_now())
    assert [one.session_key for one in DeskSession.objects.all()] == [live.session_key]
