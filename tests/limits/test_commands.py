"""The limiter: exactly as often as allowed, also when everybody comes at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.factories import all_at_once
from vssid.limits import commands
from vssid.limits.commands import Limit
from vssid.limits.models import Bucket

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
THREE = Limit("test.three", 3, HOUR)
LOCKING = Limit("test.locking", 3, 15 * MINUTE, locks=True)


def _hits(limit: Limit, *moments: datetime, key: str = "key") -> list[timedelta | None]:
    return [commands.hit(limit=limit, key=key, now=moment) for moment in moments]


@pytest.mark.django_db
def test_what_is_within_the_limit_passes_and_the_next_waits_for_the_window_to_end() -> None:
    found = _hits(THREE, NOW, NOW + MINUTE, NOW + 2 * MINUTE, NOW + 10 * MINUTE)
    assert found == [None, None, None, 50 * MINUTE]


@pytest.mark.django_db
def test_window_begins_anew_at_the_moment_it_ends() -> None:
    _hits(THREE, NOW, NOW, NOW, NOW)
    assert _hits(THREE, NOW + HOUR) == [None]
    assert Bucket.objects.get().window_ends_at == NOW + 2 * HOUR


@pytest.mark.django_db
def test_waiting_is_not_prolonged_by_further_tries() -> None:
    _hits(THREE, NOW, NOW, NOW)
    assert _hits(THREE, NOW + MINUTE, NOW + 59 * MINUTE) == [59 * MINUTE, MINUTE]


@pytest.mark.django_db
def test_locking_limit_counts_its_period_from_the_last_allowed_one() -> None:
    _hits(LOCKING, NOW, NOW, NOW + 14 * MINUTE)
    assert commands.wait(limit=LOCKING, key="key", now=NOW + 20 * MINUTE) == 9 * MINUTE
    assert commands.wait(limit=LOCKING, key="key", now=NOW + 29 * MINUTE) is None


@pytest.mark.django_db
def test_locked_key_does_not_lock_itself_for_longer() -> None:
    _hits(LOCKING, NOW, NOW, NOW, NOW + 10 * MINUTE)
    assert commands.wait(limit=LOCKING, key="key", now=NOW + 10 * MINUTE) == 5 * MINUTE


@pytest.mark.django_db
def test_several_at_once_count_as_many() -> None:
    assert commands.hit(limit=THREE, key="key", now=NOW, times=2) is None
    assert commands.hit(limit=THREE, key="key", now=NOW) is None
    assert commands.hit(limit=THREE, key="key", now=NOW + MINUTE) == 59 * MINUTE
    assert commands.hit(limit=THREE, key="other", now=NOW, times=4) == HOUR


@pytest.mark.django_db
def test_several_that_pass_the_last_allowed_one_lock_from_then_on() -> None:
    commands.hit(limit=LOCKING, key="key", now=NOW)
    commands.hit(limit=LOCKING, key="key", now=NOW + 10 * MINUTE, times=5)
    assert commands.wait(limit=LOCKING, key="key", now=NOW + 10 * MINUTE) == 15 * MINUTE


@pytest.mark.django_db
def test_asking_how_long_to_wait_counts_nothing() -> None:
    for _ in range(5):
        assert commands.wait(limit=THREE, key="key", now=NOW) is None
    assert not Bucket.objects.exists()


@pytest.mark.django_db
def test_key_below_its_limit_need_not_wait() -> None:
    _hits(THREE, NOW, NOW)
    assert commands.wait(limit=THREE, key="key", now=NOW) is None


@pytest.mark.django_db
def test_keys_and_limits_are_counted_apart() -> None:
    _hits(THREE, NOW, NOW, NOW, NOW)
    assert _hits(THREE, NOW, key="other key") == [None]
    assert _hits(LOCKING, NOW) == [None]


@pytest.mark.django_db
def test_cleared_key_begins_anew_and_no_other() -> None:
    _hits(THREE, NOW, NOW, NOW)
    _hits(THREE, NOW, NOW, NOW, key="other key")
    commands.clear(limit=THREE, key="key")
    assert _hits(THREE, NOW) == [None]
    assert _hits(THREE, NOW, key="other key") == [HOUR]


@pytest.mark.django_db
def test_only_past_windows_are_forgotten() -> None:
    _hits(THREE, NOW)
    _hits(LOCKING, NOW)
    assert commands.forget_past(now=NOW + 15 * MINUTE) == 1
    assert Bucket.objects.get().name == THREE.name


@pytest.mark.django_db
def test_table_does_not_tell_whom_it_counts() -> None:
    commands.hit(limit=THREE, key="+84912000001", now=NOW)
    assert "912000001" not in str(Bucket.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_allowed_get_through() -> None:
    found = all_at_once([lambda: commands.hit(limit=THREE, key="key", now=NOW)] * 24)
    assert found.count(None) == 3
    assert found.count(HOUR) == 21


@pytest.mark.django_db
def test_count_tells_the_last_one_that_is_allowed() -> None:
    found = [commands.count(limit=THREE, key="key", now=NOW) for _ in range(4)]
    assert [(one.wait, one.is_last) for one in found] == [
        (None, False),
        (None, False),
        (None, True),
        (HOUR, False),
    ]


@pytest.mark.django_db
def test_several_keys_are_looked_up_at_once_without_counting(
    django_assert_num_queries: Any,
) -> None:
    _hits(THREE, NOW, NOW)
    _hits(LOCKING, NOW, key="other key")
    asked = [(THREE, "key"), (LOCKING, "key"), (LOCKING, "other key"), (THREE, "other key")]
    with django_assert_num_queries(1):
        found = commands.running(of=asked, now=NOW)
    assert [one.count for one in found] == [2, 0, 1, 0]
    later = commands.running(of=asked, now=NOW + 15 * MINUTE)
    assert [one.count for one in later] == [2, 0, 0, 0]


@pytest.mark.django_db
def test_counting_waits_for_no_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'limits_bucket'")
        assert cursor.fetchone() == ("u",)
