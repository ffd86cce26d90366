"""Who did what: written with the act, never changed afterwards."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, DataError, connection, transaction
from django.db.models import QuerySet

from vssid.audit import commands
from vssid.audit.access import Access, make_access
from vssid.audit.actors import Actor, ActorKind
from vssid.audit.commands import ONE_LOOK, open_record, record_event, with_look, with_looks
from vssid.audit.models import Event

pytestmark = pytest.mark.django_db

NUMBER = "0198000001"
OWNER = Actor.citizen(NUMBER)
OFFICER = Actor.officer("canbo.thanhtri", "00114")


def test_event_says_who_what_whom_why_and_for_which_office() -> None:
    made = record_event(
        by=OFFICER,
        act="declaration.refuse",
        subject=NUMBER,
        reason="Ảnh mờ.",
        details={"code": "TK7F3K92QD"},
    )
    event = Event.objects.get(id=made.id)
    assert (event.actor_kind, event.actor, event.office) == ("officer", "canbo.thanhtri", "00114")
    assert (event.act, event.subject, event.reason) == ("declaration.refuse", NUMBER, "Ảnh mờ.")
    assert event.details == {"code": "TK7F3K92QD"}


def test_reason_longer_than_its_column_is_cut_not_refused() -> None:
    assert len(record_event(by=OFFICER, act="test.act", reason="ă" * 600).reason) == 500


def test_event_goes_with_the_transaction_of_its_act() -> None:
    with transaction.atomic():
        record_event(by=OFFICER, act="test.rolled-back")
        transaction.set_rollback(True)
    assert not Event.objects.filter(act="test.rolled-back").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'nobody'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event ADD COLUMN other integer",
        "DROP TABLE audit_event",
    ],
)
def test_application_can_neither_change_nor_remove_events(statement: str) -> None:
    record_event(by=OFFICER, act="test.kept")
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert Event.objects.filter(act="test.kept").exists()


def test_application_cannot_give_itself_the_right_back() -> None:
    # PostgreSQL answers with a warning, not with an error.
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON audit_event TO CURRENT_USER")
        cursor.execute("SELECT has_table_privilege(current_user, 'audit_event', 'UPDATE')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("actor", [OFFICER, Actor.citizen("0198000002"), Actor.system("sync")])
def test_look_of_anybody_but_the_owner_is_written_down(actor: Actor) -> None:
    open_record(by=actor, subject=NUMBER, purpose="declaration TK7F3K92QD")
    event = Event.objects.get(act="record.look")
    assert (event.actor, event.subject) == (actor.name, NUMBER)
    assert event.reason == "declaration TK7F3K92QD"


def test_owners_look_at_their_own_record_writes_nothing() -> None:
    before = Event.objects.count()
    access = open_record(by=OWNER, subject=NUMBER, purpose="own record")
    assert (access.subject, access.actor) == (NUMBER, OWNER)
    assert Event.objects.count() == before


def test_officer_named_like_a_number_is_not_taken_for_its_owner() -> None:
    open_record(by=Actor.officer(NUMBER, "00114"), subject=NUMBER, purpose="test")
    assert Event.objects.filter(act="record.look").count() == 1


def test_no_key_is_handed_out_when_the_look_cannot_be_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commands, "_WRITE", "SELECT 1 / 0")
    with pytest.raises(DatabaseError):
        open_record(by=OFFICER, subject=NUMBER, purpose="test")


def test_key_is_made_by_open_record_only() -> None:
    with pytest.raises(TypeError, match="open_record"):
        Access(subject=NUMBER, actor=OFFICER, purpose="test", seal=object())


def test_key_cannot_be_turned_to_another_subject() -> None:
    access = make_access(subject=NUMBER, actor=OFFICER, purpose="test")
    with pytest.raises(AttributeError):
        access.subject = "0198000002"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (OWNER, ActorKind.CITIZEN),
        (OFFICER, ActorKind.OFFICER),
        (Actor.visitor("0190"), ActorKind.VISITOR),
        (Actor.system("lapse"), ActorKind.SYSTEM),
    ],
)
def test_actors_know_their_kind(actor: Actor, kind: ActorKind) -> None:
    assert actor.kind is kind
    assert actor.office == ("00114" if kind is ActorKind.OFFICER else "")


# --- a look that is written by the statement that reads -----------------------------------------


def _read(access: Access) -> list[object]:
    statement, look = with_look(access=access, statement="SELECT %(number)s::text")
    with connection.cursor() as cursor:
        cursor.execute(statement, {"number": access.subject, **look})
        return list(cursor.fetchall())


def _written() -> QuerySet[Event]:
    return Event.objects.filter(subject__startswith="000000000")


def _key(**changes: Any) -> Access:
    asked: dict[str, Any] = {
        "by": Actor.citizen("0000000001"), "subject": "0000000002", "purpose": "guardian",
        "details": {"part": "card"}, "once_in": ONE_LOOK, "with_read": True,
    }  # fmt: skip
    return open_record(**{**asked, **changes})


def test_key_alone_writes_nothing_and_reading_with_it_does() -> None:
    key = _key()
    assert not _written().exists()
    assert _read(key) == [("0000000002",)]
    event = _written().get()
    assert (event.actor_kind, event.actor, event.office) == ("citizen", "0000000001", "")
    assert (event.act, event.subject, event.reason) == ("record.look", "0000000002", "guardian")
    assert event.details == {"part": "card"}
    assert event.txid > 0


def test_very_same_look_is_written_once_with_the_reading_as_without() -> None:
    _read(_key())
    _read(_key())
    _key(with_read=False)
    assert _written().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"by": Actor.citizen("0000000003")},
        {"by": Actor.officer("0000000001", "00114")},
        {"subject": "0000000003"},
        {"purpose": "shared"},
        {"details": {"part": "benefits"}},
        {"details": None},
        {"once_in": timedelta()},
    ],
)
def test_look_that_differs_in_anything_is_another(change: dict[str, Any]) -> None:
    _read(_key())
    _read(_key(**change))
    assert _written().count() == 2


def test_owner_reads_their_own_without_a_look() -> None:
    key = _key(subject="0000000001")
    assert with_look(access=key, statement="SELECT 1") == ("SELECT 1", {})
    _read(key)
    assert not _written().exists()


def test_look_goes_with_a_statement_that_has_parts_of_its_own() -> None:
    parts = "\nWITH one AS (SELECT 1 AS n) SELECT n FROM one WHERE n = %(n)s"
    statement, look = with_look(access=_key(), statement=parts)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"n": 1, **look})
        assert cursor.fetchall() == [(1,)]
    assert _written().count() == 1


def test_nothing_is_read_when_the_look_cannot_be_written() -> None:
    key = _key(subject="0" * 65)
    with pytest.raises(DataError), transaction.atomic():
        _read(key)
    assert not _written().exists()


# --- looks at several, written by the statement that reads them all ------------------------------


def _read_all(*keys: Access) -> list[object]:
    statement, looks = with_looks(accesses=keys, statement="SELECT %(n)s::int")
    with connection.cursor() as cursor:
        cursor.execute(statement, {"n": 1, **looks})
        return list(cursor.fetchall())


def test_looks_at_several_are_written_by_one_statement_and_once() -> None:
    keys = [_key(subject=number) for number in ("0000000002", "0000000003")]
    assert _read_all(*keys) == [(1,)]
    event = _written().get(subject="0000000003")
    assert (event.actor, event.reason, event.details) == (
        "0000000001",
        "guardian",
        {"part": "card"},
    )
    _read_all(_key(subject="0000000002"), _key(subject="0000000004"))
    assert [one.subject for one in _written().order_by("subject")] == [
        "0000000002",
        "0000000003",
        "0000000004",
    ]


def test_owners_own_among_several_is_no_look() -> None:
    own = _key(subject="0000000001")
    assert with_looks(accesses=(own,), statement="SELECT 1") == ("SELECT 1", {})
    _read_all(own, _key())
    assert _written().count() == 1


def test_several_are_not_read_when_a_look_cannot_be_written() -> None:
    keys = _key(), _key(subject="0" * 65)
    with pytest.raises(DataError), transaction.atomic():
        _read_all(*keys)
    assert not _written().exists()
