"""Who did what with somebody's data, as they may read it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.sealing_helpers import BY, NUMBER, OTHER, write_events
from vssid.audit.actors import Actor, ActorKind
from vssid.audit.commands import record_event
from vssid.audit.models import Event
from vssid.audit.queries import looks_at
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db

OWNER = Actor.citizen(NUMBER)
GUARDIAN = Actor.citizen(OTHER)


def test_a_look_says_who_what_why_and_when() -> None:
    event = record_event(
        by=BY, act="record.look", subject=NUMBER, reason="hồ sơ", details={"code": "TK7F3K92QD"}
    )
    (look,) = looks_at(subject=NUMBER, now=utc_now())
    assert (look.id, look.at, look.act) == (event.id, event.at, "record.look")
    assert (look.actor_kind, look.actor_name, look.office) == (
        ActorKind.OFFICER,
        "canbo.thanhtri",
        "00114",
    )
    assert (look.reason, look.details) == ("hồ sơ", {"code": "TK7F3K92QD"})


def test_newest_comes_first_and_nobody_elses() -> None:
    events = write_events(3)
    write_events(2, OTHER)
    assert [look.id for look in looks_at(subject=NUMBER, now=utc_now())] == [
        event.id for event in reversed(events)
    ]


def test_looks_of_others_are_found_alone_a_guardians_too() -> None:
    for by in (OWNER, GUARDIAN, BY, Actor.officer(NUMBER, "00114")):
        record_event(by=by, act="record.look", subject=NUMBER)
    record_event(by=BY, act="account.open", subject=NUMBER)
    names = [look.actor_name for look in looks_at(subject=NUMBER, now=utc_now(), others_only=True)]
    assert names == [NUMBER, "canbo.thanhtri", OTHER]
    assert len(looks_at(subject=NUMBER, now=utc_now())) == 5


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.lists(st.integers(0, 3), max_size=9), limit=st.integers(1, 4))
def test_pages_together_are_the_whole_list(seconds: list[int], limit: int) -> None:
    """Also when several looks bear the same time."""
    subject = str(uuid4())
    for second in seconds:
        Event.objects.create(
            at=datetime(2026, 11, 20, 8, 0, second, tzinfo=UTC),
            actor_kind="officer",
            actor="canbo",
            act="record.look",
            subject=subject,
        )
    whole = [look.id for look in looks_at(subject=subject, now=utc_now(), limit=99)]
    assert len(whole) == len(seconds)
    paged = []
    before = None
    while page := looks_at(subject=subject, now=utc_now(), before=before, limit=limit):
        assert len(page) <= limit
        paged += [look.id for look in page]
        before = paged[-1]
    assert paged == whole


def test_a_page_after_somebody_elses_look_is_the_first_one() -> None:
    (mine,) = write_events(1)
    (theirs,) = write_events(1, OTHER)
    for before in (theirs.id, uuid4()):
        looks = looks_at(subject=NUMBER, now=utc_now() + timedelta(days=1), before=before)
        assert [look.id for look in looks] == [mine.id]
