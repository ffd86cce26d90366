"""Every committed event gets its place in a chain, exactly one, however it came to be there."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.conftest import Rewrite
from tests.audit.sealing_helpers import BY, NUMBER, OTHER, chain, findings, write_events
from vssid.audit.commands import record_event
from vssid.audit.models import Event, Progress, Seal
from vssid.audit.sealing import chains, heads
from vssid.audit.sealing.commands import chain_ends, export_heads, seal_events
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7

INSERT = """
    INSERT INTO audit_event (id, at, actor_kind, actor, office, act, subject, reason, details)
    VALUES (%s, now(), 'officer', 'late', '', 'record.look', %s, '', '{}')
"""


@contextmanager
def another_program(name: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection of its own to the same database, as the application or `owner_url`."""
    values = connection.settings_dict
    with psycopg.connect(
        host=values["HOST"],
        port=values["PORT"],
        user=values["USER"],
        password=values["PASSWORD"],
        dbname=values["NAME"],
        application_name=name,
    ) as program:
        yield program


def unsealed() -> int:
    return Event.objects.exclude(id__in=Seal.objects.values("event")).count()


def findings_of_chains() -> list[str]:
    return [str(finding) for finding in findings() if "head" not in finding.kind]


@pytest.fixture
def _nothing_waits(db: None) -> None:
    """What setting up the database wrote is sealed."""
    seal_events()


@pytest.mark.usefixtures("_nothing_waits")
def test_events_about_one_person_follow_each_other_in_one_chain() -> None:
    events = write_events(3)
    assert seal_events() == 3
    seals = chain()
    assert [(seal.event, seal.position) for seal in seals] == [
        (event.id, position) for position, event in enumerate(events, 1)
    ]
    assert len({seal.shard for seal in seals}) == 1


@pytest.mark.usefixtures("_nothing_waits")
def test_a_second_run_has_nothing_to_do_and_goes_on_where_the_first_ended() -> None:
    write_events(2)
    assert (seal_events(), seal_events()) == (2, 0)
    write_events(1)
    assert seal_events() == 1
    assert [seal.position for seal in chain()] == [1, 2, 3]


@pytest.mark.usefixtures("_nothing_waits")
def test_a_backlog_is_sealed_batch_by_batch_in_one_run() -> None:
    write_events(11)
    write_events(6, OTHER)
    assert seal_events(batch=4) == 17
    write_events(11)
    assert seal_events(batch=4) == 11
    assert (unsealed(), findings_of_chains()) == (0, [])


@pytest.mark.usefixtures("_nothing_waits")
def test_events_about_nobody_are_sealed_too() -> None:
    record_event(by=BY, act="reference.load")
    assert seal_events() == 1
    assert unsealed() == 0


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_long_after_later_ones_is_sealed_next() -> None:
    with another_program("late") as late:
        late.execute(INSERT, [uuid7(), NUMBER])
        write_events(3)
        assert seal_events() == 3
        write_events(2)
        assert seal_events() == 2
        late.commit()
    assert seal_events() == 1
    assert [seal.position for seal in chain()] == [1, 2, 3, 4, 5, 6]
    assert unsealed() == 0


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_leaves_nothing_to_seal() -> None:
    with another_program("given up") as given_up:
        given_up.execute(INSERT, [uuid7(), NUMBER])
        assert seal_events() == 0
        given_up.rollback()
    assert seal_events() == 0


STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "commit", "roll back", "seal"]), st.integers(0, 3)),
    max_size=24,
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, batch=st.integers(1, 4))
def test_no_order_of_commits_lets_an_event_slip_through(
    steps: list[tuple[str, int]], batch: int
) -> None:
    with another_program("a") as a, another_program("b") as b, another_program("c") as c:
        programs = [a, b, c, a]
        for step, which in steps:
            if step == "insert":
                programs[which].execute(INSERT, [uuid7(), f"{NUMBER[:-1]}{which}"])
            elif step == "commit":
                programs[which].commit()
            elif step == "roll back":
                programs[which].rollback()
            else:
                seal_events(batch=batch)
                assert unsealed() == 0
    seal_events(batch=batch)
    assert unsealed() == 0
    assert findings_of_chains() == []


def in_threads(works: list[Callable[[], None]]) -> None:
    """Do all at once; the first that failed is raised again."""
    failed: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_lose_nothing_and_seal_nothing_twice() -> None:
    def write() -> None:
        for _ in range(15):
            with transaction.atomic():
                write_events(3)

    def seal() -> None:
        for _ in range(30):
            seal_events(batch=5)

    in_threads([write, write, write, seal, seal])
    seal_events()
    assert (Event.objects.filter(subject=NUMBER).count(), len(chain()), unsealed()) == (135, 135, 0)
    assert findings_of_chains() == []


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
def test_while_one_sealer_works_another_leaves_it_alone() -> None:
    write_events(1)
    with another_program("sealer") as sealer:
        sealer.execute("SELECT pg_advisory_xact_lock(7420, 1)")
        assert seal_events() == 0
    assert seal_events() == 1


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db
@pytest.mark.parametrize("server", ["7710870230442909928:16386", ""])
def test_a_restored_dump_whose_server_counts_anew_is_sealed_completely(server: str) -> None:
    """Restored rows bear transaction ids of the other server: far ahead of this one's."""
    write_events(2)
    seal_events()
    Progress.objects.update(server=server or Progress.objects.get().server, sealed_below=2**40)
    write_events(3)
    assert seal_events() == 3
    assert Progress.objects.get().sealed_below < 2**40


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("txid", "below"), [(2**40, 2**41), (4, 9)], ids=["ahead", "behind"])
def test_rows_of_a_restored_dump_are_sealed_once_whatever_their_ids(
    rewrite: Rewrite, txid: int, below: int
) -> None:
    write_events(4)
    rewrite("UPDATE audit_event SET txid = %s", txid)
    rewrite("UPDATE audit_progress SET server = '1:1', sealed_below = %s", below)
    assert seal_events() == 4
    write_events(2)
    assert (seal_events(), seal_events(), unsealed()) == (2, 0, 0)


def _until_nothing_older_runs() -> None:
    """Transactions of other databases hold the horizon of the whole server back."""
    written = Event.objects.order_by("-txid").values_list("txid", flat=True)[0]
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > written:
                return
        time.sleep(0.05)
    pytest.fail("A transaction of another database does not end.")


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db(transaction=True)
def test_a_whole_run_finds_what_the_quick_one_passes_by(rewrite: Rewrite) -> None:
    write_events(4)
    _until_nothing_older_runs()
    seal_events()
    rewrite("DELETE FROM audit_seal WHERE position > 2")
    assert (seal_events(), unsealed()) == (0, 2)
    assert (seal_events(whole=True), unsealed()) == (2, 0)


@pytest.mark.django_db
def test_an_event_is_sealed_with_what_its_row_says() -> None:
    (event,) = write_events(1)
    event.refresh_from_db()
    seal_events()
    record = chains.Record(
        id=str(event.id),
        at=str(int(event.at.timestamp()) * 1_000_000 + event.at.microsecond),
        actor_kind="officer",
        actor="canbo.thanhtri",
        office="00114",
        act="record.look",
        subject=NUMBER,
        reason="lần 0",
        details="{}",
        txid=str(event.txid),
    )
    (seal,) = chain()
    assert bytes(seal.link) == chains.link_after(chains.start_of(seal.shard), record)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_seal", "audit_hold", "audit_event"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"],
)
def test_application_can_neither_change_nor_remove_rows(table: str, statement: str) -> None:
    column = {"audit_seal": "link", "audit_hold": "until", "audit_event": "txid"}[table]
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column, column))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.usefixtures("_nothing_waits")
@pytest.mark.django_db
def test_heads_are_exported_when_something_was_sealed() -> None:
    assert export_heads(now=utc_now()) is not None
    assert export_heads(now=utc_now()) is None
    write_events(1)
    assert export_heads(now=utc_now()) is None
    seal_events()
    path = export_heads(now=utc_now())
    assert path is not None
    assert list(heads.read(path).head.ends) == chain_ends()


@pytest.mark.usefixtures("_nothing_waits")
def test_heads_are_exported_on_demand_and_name_the_one_before(heads_folder: Path) -> None:
    paths = [export_heads(now=utc_now(), always=True) for _ in range(3)]
    assert paths == list(heads.files(heads_folder))
    signed = [heads.read(path) for path in paths if path]
    assert [one.head.number for one in signed] == [1, 2, 3]
    assert [one.head.before for one in signed] == ["", signed[0].digest, signed[1].digest]


@pytest.mark.django_db
def test_no_head_is_signed_before_the_first_whole_run() -> None:
    """It would say that what came before it was sealed."""
    Progress.objects.all().delete()
    assert export_heads(now=utc_now(), always=True) is None


@pytest.mark.usefixtures("_nothing_waits")
def test_no_head_is_signed_while_the_sealer_is_behind() -> None:
    write_events(1)
    assert export_heads(now=utc_now() + timedelta(minutes=11), always=True) is None
    assert export_heads(now=utc_now() + timedelta(minutes=9), always=True) is not None
    seal_events()
    assert export_heads(now=utc_now() + timedelta(minutes=11), always=True) is not None


@pytest.mark.django_db(transaction=True)
def test_two_exporters_at_once_do_not_write_the_same_number() -> None:
    write_events(1)
    seal_events()

    def export() -> None:
        for _ in range(5):
            export_heads(now=utc_now(), always=True)

    in_threads([export, export])
    assert [str(finding) for finding in findings()] == []
