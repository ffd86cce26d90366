"""Looks that a recorded decision keeps from the person looked at, for a term."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from tests.audit.sealing_helpers import BY, NUMBER, OTHER
from vssid.audit import commands
from vssid.audit.actors import Actor
from vssid.audit.commands import Decision, record_event, record_look, withhold_looks
from vssid.audit.errors import HoldDecisionError, HoldScopeError, HoldTermError
from vssid.audit.holds import LOOKS
from vssid.audit.models import Event, Hold
from vssid.audit.queries import looks_at
from vssid.audit.sealing.findings import Kind
from vssid.audit.sealing.verifying_holds import check_holds
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError

pytestmark = pytest.mark.django_db

OFFICE = "00114"
LOOKER = Actor.officer("canbo.thanhtri", OFFICE)
COLLEAGUE = Actor.officer("canbo.hai", OFFICE)
ELSEWHERE = Actor.officer("canbo.thanhtri", "00200")
RECORDER = Actor.officer("lanhdao.hanoi", "00100")
DAY = timedelta(days=1)
CENTURY = 36_500 * DAY


def look(by: Actor, subject: str = NUMBER) -> Event:
    return record_event(by=by, act="record.look", subject=subject, reason="kiểm tra")


def decision(now: datetime, **changes: object) -> Decision:
    fields: dict[str, object] = {
        "number": "12/QĐ-BHXH",
        "from_at": now - DAY,
        "until": now + 30 * DAY,
        "office": OFFICE,
    }
    return Decision(**{**fields, **changes})  # type: ignore[arg-type] # fields by name


def withhold(now: datetime, **changes: object) -> Hold:
    return withhold_looks(subject=NUMBER, decision=decision(now, **changes), by=RECORDER, now=now)


def seen(now: datetime, **kwargs: object) -> list[tuple[str, str]]:
    """Who and at which office, of what the person sees."""
    looks = looks_at(subject=NUMBER, now=now, **kwargs)  # type: ignore[arg-type] # by name
    return [(one.actor_name, one.office) for one in looks]


def test_looks_of_the_office_are_left_out_until_the_term_is_over() -> None:
    now = utc_now()
    look(LOOKER)
    look(ELSEWHERE)
    hold = withhold(now)
    look(COLLEAGUE)
    assert seen(now) == [("canbo.thanhtri", "00200")]
    assert seen(hold.until - timedelta(microseconds=1)) == [("canbo.thanhtri", "00200")]
    assert seen(hold.until) == [
        ("canbo.hai", OFFICE),
        ("lanhdao.hanoi", "00100"),
        ("canbo.thanhtri", "00200"),
        ("canbo.thanhtri", OFFICE),
    ]


def test_the_decision_is_told_when_its_term_is_over_and_not_before() -> None:
    now = utc_now()
    hold = withhold(now)
    assert looks_at(subject=NUMBER, now=now) == []
    (told,) = looks_at(subject=NUMBER, now=hold.until)
    assert (told.id, told.act, told.reason) == (hold.event, "looks.withhold", "12/QĐ-BHXH")
    assert told.details["office"] == OFFICE


def test_only_the_named_officer_is_withheld_wherever_they_serve() -> None:
    now = utc_now()
    for by in (LOOKER, COLLEAGUE, ELSEWHERE):
        look(by)
    withhold(now, office="", actor="canbo.thanhtri")
    assert seen(now) == [("canbo.hai", OFFICE)]


def test_an_officer_at_one_office_is_withheld_there_only() -> None:
    now = utc_now()
    for by in (LOOKER, COLLEAGUE, ELSEWHERE):
        look(by)
    withhold(now, actor="canbo.thanhtri")
    assert seen(now) == [("canbo.thanhtri", "00200"), ("canbo.hai", OFFICE)]


def test_looks_from_before_the_decisions_begin_stay_in_sight() -> None:
    look(LOOKER)
    now = utc_now()
    withhold(now, from_at=now)
    look(COLLEAGUE)
    assert seen(now) == [("canbo.thanhtri", OFFICE)]


def test_looks_at_others_stay_in_sight() -> None:
    now = utc_now()
    look(LOOKER, OTHER)
    withhold(now)
    assert [one.actor_name for one in looks_at(subject=OTHER, now=now)] == ["canbo.thanhtri"]


def test_what_the_owner_did_is_never_withheld_from_them() -> None:
    now = utc_now()
    record_event(by=Actor.citizen(NUMBER), act="session.start", subject=NUMBER)
    withhold(now, office="", actor=NUMBER)
    assert seen(now) == [(NUMBER, "")]


def test_a_renewal_goes_on_withholding_looks_and_both_decisions() -> None:
    now = utc_now()
    look(LOOKER)
    first = withhold(now)
    renewed = now + 29 * DAY
    second = withhold(renewed, from_at=first.from_at, number="40/QĐ-BHXH")
    assert seen(first.until) == []
    assert [one.reason for one in looks_at(subject=NUMBER, now=second.until)] == [
        "40/QĐ-BHXH",
        "12/QĐ-BHXH",
        "kiểm tra",
    ]


def test_a_later_decision_does_not_hide_an_older_one_again() -> None:
    now = utc_now()
    first = withhold(now)
    withhold(first.until + DAY, from_at=first.until, until=first.until + 9 * DAY)
    assert [one.reason for one in looks_at(subject=NUMBER, now=first.until + 2 * DAY)] == [
        "12/QĐ-BHXH"
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"until": timedelta(0)}, HoldTermError),
        ({"until": -DAY}, HoldTermError),
        ({"until": 90 * DAY + timedelta(seconds=1)}, HoldTermError),
        ({"from_at": 31 * DAY}, HoldTermError),
        ({"office": ""}, HoldScopeError),
        ({"number": "  "}, HoldDecisionError),
    ],
)
def test_a_decision_that_does_not_hold_is_refused_and_writes_nothing(
    changes: dict[str, object], error: type[CodedError]
) -> None:
    now = utc_now()
    before = Event.objects.count()
    with pytest.raises(error) as refused:
        withhold(now, **after(now, changes))
    assert "{" not in str(refused.value)
    assert (Event.objects.count(), Hold.objects.count()) == (before, 0)


def test_what_the_office_did_to_somebody_is_never_withheld() -> None:
    now = utc_now()
    deeds = ("password.reset-by-desk", "phone.change-by-desk", "declaration.approve")
    for act in (*deeds, *LOOKS):
        record_event(by=LOOKER, act=act, subject=NUMBER)
    withhold(now)
    assert {one.act for one in looks_at(subject=NUMBER, now=now)} == set(deeds)


def test_only_looks_are_written_as_looks() -> None:
    with pytest.raises(ValueError, match="no look"):
        record_look(by=LOOKER, act="password.reset-by-desk", subject=NUMBER, once_in=DAY)
    assert seen(utc_now()) == []


def tell(now: datetime, **details: object) -> Event:
    """The event of a decision, without its hold."""
    term = {"from": now - DAY, "until": now + 30 * DAY, "office": OFFICE, "actor": ""} | details
    written = {
        name: one.isoformat() if isinstance(one, datetime) else one for name, one in term.items()
    }
    return record_event(
        by=RECORDER, act="looks.withhold", subject=NUMBER, reason="12/QĐ", details=written
    )


def put_in(event: Event, now: datetime, /, **changes: object) -> Hold:
    """The hold that `tell` tells of, with `changes`: as the application's role may insert it."""
    fields = {
        "subject": NUMBER,
        "from_at": now - DAY,
        "until": now + 30 * DAY,
        "office": OFFICE,
        "decision": "12/QĐ",
        "recorded_by": RECORDER.name,
        "recorded_at": now,
        "event": event.id,
    }
    return Hold.objects.create(**{**fields, **after(now, changes)})


def after(now: datetime, changes: dict[str, object]) -> dict[str, object]:
    """`changes` with its spans as moments."""
    return {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }


def found() -> list[Kind]:
    return [finding.kind for finding in check_holds()]


def test_a_hold_with_its_event_withholds_looks() -> None:
    """The other way round from all tests below."""
    now = utc_now()
    look(LOOKER)
    put_in(tell(now), now)
    assert seen(now) == []
    assert found() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"event": uuid4()},
        {"event": uuid4(), "until": CENTURY},
        {"office": "", "actor": LOOKER.name},
        {"actor": LOOKER.name},
        {"decision": "99/QĐ"},
        {"recorded_by": "canbo.khac"},
    ],
)
def test_a_hold_that_no_event_tells_of_withholds_nothing_and_is_found(
    changes: dict[str, object],
) -> None:
    now = utc_now()
    look(LOOKER)
    event = tell(now)
    hold = put_in(event, now, **changes)
    assert ("canbo.thanhtri", OFFICE) in seen(now)
    assert [str(finding) for finding in check_holds()] == [
        f"hold without its event: hold {hold.id}, event {hold.event}",
        f"removed hold: event {event.id}",
    ]


def test_the_event_of_one_person_tells_of_no_hold_on_another() -> None:
    now = utc_now()
    look(LOOKER, OTHER)
    put_in(tell(now), now, subject=OTHER)
    assert len(looks_at(subject=OTHER, now=now)) == 1
    assert Kind.HOLD_UNTOLD in found()


def test_a_hold_on_another_event_hides_neither_looks_nor_that_event() -> None:
    now = utc_now()
    withhold(now)
    look(ELSEWHERE)
    put_in(record_event(by=BY, act="phone.change-by-desk", subject=NUMBER), now)
    assert len(seen(now)) == 2


@pytest.mark.parametrize(
    "changes", [{"until": 31 * DAY}, {"until": CENTURY}, {"from_at": -2 * DAY}]
)
def test_a_hold_with_another_term_than_its_event_withholds_nothing_and_is_found(
    changes: dict[str, object],
) -> None:
    now = utc_now()
    look(LOOKER)
    put_in(tell(now), now, **changes)
    assert ("canbo.thanhtri", OFFICE) in seen(now)
    assert found() == [Kind.HOLD_TERM]


@pytest.mark.parametrize("later", [timedelta(0), CENTURY - DAY])
def test_no_hold_is_longer_than_allowed_whatever_its_event_says(
    monkeypatch: pytest.MonkeyPatch, later: timedelta
) -> None:
    """Also when the event says that it comes from the future."""
    now = utc_now()
    look(LOOKER)
    monkeypatch.setattr(commands, "utc_now", lambda: now + later)
    put_in(tell(now, until=now + CENTURY), now, until=CENTURY)
    assert ("canbo.thanhtri", OFFICE) in seen(now)


def test_no_hold_grows_into_its_last_days_and_it_is_found() -> None:
    now = utc_now()
    look(LOOKER)
    put_in(tell(now, until=now + CENTURY), now, until=CENTURY)
    assert ("canbo.thanhtri", OFFICE) in seen(now + CENTURY - DAY)
    assert found() == [Kind.HOLD_TERM]


@pytest.mark.parametrize("until", ["", "soon", "2026-12-01", None, 7])
def test_an_event_whose_term_cannot_be_read_tells_of_none(until: object) -> None:
    now = utc_now()
    look(LOOKER)
    put_in(tell(now, until=until), now)
    assert ("canbo.thanhtri", OFFICE) in seen(now)
    assert found() == [Kind.HOLD_TERM]


def test_decisions_and_renewals_are_found_as_they_were_told() -> None:
    now = utc_now()
    first = withhold(now, number=" 12/QĐ ")
    withhold(now, from_at=first.from_at, until=first.until + DAY)
    assert found() == []


def test_the_longest_term_is_let_through() -> None:
    now = utc_now()
    assert withhold(now, until=now + 90 * DAY).until == now + 90 * DAY


def test_no_hold_without_its_event(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_fields: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(commands, "record_event", fail)
    with pytest.raises(DatabaseError):
        withhold(utc_now())
    assert Hold.objects.count() == 0


def test_database_refuses_a_hold_without_term_scope_or_decision() -> None:
    hold = withhold(utc_now())
    fields = {
        field.name: getattr(hold, field.name) for field in Hold._meta.fields if field.name != "id"
    }
    wrongs: list[dict[str, object]] = [
        {"until": hold.recorded_at},
        {"from_at": hold.until},
        {"office": ""},
        {"decision": ""},
    ]
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.create(**{**fields, **wrong})


def test_command_records_a_decision() -> None:
    look(LOOKER)
    day = (utc_now() + 30 * DAY).strftime("%Y-%m-%d")
    output = io.StringIO()
    call_command(
        *("withhold_looks", NUMBER, "--decision", "12/QĐ-BHXH", "--until", day),
        *("--from", "2026-01-01", "--office", OFFICE, "--by", "lanhdao.hanoi"),
        stdout=output,
    )
    hold = Hold.objects.get()
    assert (hold.subject, hold.office, hold.recorded_by) == (NUMBER, OFFICE, "lanhdao.hanoi")
    assert f"until {day} 23:59" in output.getvalue()
    assert seen(utc_now()) == []


def test_command_says_why_not() -> None:
    with pytest.raises(CommandError, match="không quá 90 ngày"):
        call_command(
            *("withhold_looks", NUMBER, "--decision", "1", "--until", "2099-01-01"),
            *("--office", OFFICE, "--by", "lanhdao.hanoi"),
        )
