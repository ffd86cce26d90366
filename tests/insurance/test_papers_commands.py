"""Issuing, revoking and checking statements: what is done, refused, written down, undone."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.documents.signed import signature_of, validated
from tests.factories import AuditingFailedError, all_at_once, fail_auditing
from tests.insurance.building import AN, BINH, CLERK, a_life, a_period, a_person, key_to, stored
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.insurance.papers import commands, errors, queries
from vssid.insurance.papers.codes import display_code, new_code, parse_code
from vssid.insurance.papers.models import HistoryStatement, StatementCode
from vssid.insurance.papers.rules import CheckState
from vssid.insurance.queries import UnknownPerson
from vssid.limits.models import Bucket
from vssid.people.commands import bump_record_versions

pytestmark = pytest.mark.django_db

# The evening of the 28th in Vietnam.
NOW = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
OWNER = Actor.citizen(AN)
STRANGER = Actor.visitor("mark")


@pytest.fixture(autouse=True)
def _an() -> None:
    stored(a_life(periods=[a_period(), a_period(fund="bhtn"), a_period(fund="bhyt")]))


def issue(now: datetime = NOW, number: str = AN, by: Actor = OWNER) -> HistoryStatement:
    return commands.issue_statement(access=key_to(number), by=by, now=now)


def events(act: str) -> list[Event]:
    return list(Event.objects.filter(act=act).order_by("at"))


# --- issuing --------------------------------------------------------------------------------------


def test_statement_is_signed_kept_and_found_by_its_code() -> None:
    issued = issue()
    content = queries.file_of(issued)
    assert validated(content).bottom_line
    assert parse_code(str(signature_of(content).sig_object["/Reason"])) == issued.code
    assert hashlib.sha256(content).digest() == bytes(issued.file_sha256)
    assert queries.statement_by_code(issued.code) == issued
    paid, nothing = [12, 0, 0, 0, 0], [0, 0, 0, 0, 0]
    assert issued.totals == {"bhxh": paid, "bhtn": paid, "bhtnld-bnn": nothing}
    assert issued.full_name == "Nguyễn Thị An"
    assert issued.issued_to == f"citizen:{AN}"


def test_issuing_is_an_event_without_names() -> None:
    issued = issue()
    (event,) = events("statement.issue")
    assert (event.subject, event.actor, event.details) == (AN, AN, {"statement": issued.code})


def test_file_is_encrypted_and_has_its_term() -> None:
    issued = issue()
    file = StoredFile.objects.get(pk=issued.file)
    assert file.delete_after == NOW + settings.VSSID_STATEMENT_KEPT
    assert (file.purpose, file.media_type) == ("statement", "application/pdf")
    stored_bytes = b"".join(
        path.read_bytes() for path in settings.VSSID_FILES_DIR.rglob("*") if path.is_file()
    )
    assert stored_bytes
    assert b"%PDF-" not in stored_bytes


def test_same_record_on_the_same_day_gives_the_same_statement() -> None:
    first = issue()
    assert issue(NOW + timedelta(hours=3)) == first
    assert HistoryStatement.objects.count() == StatementCode.objects.count() == 1
    assert len(events("statement.issue")) == 1
    # Not counted: nothing was made.
    assert Bucket.objects.get(name="statement.issue").count == 1


def test_address_that_changed_is_the_same_record() -> None:
    first = issue()
    bump_record_versions(numbers=[AN])
    assert issue() == first


def test_another_day_in_vietnam_gives_another_statement() -> None:
    first = issue()
    assert issue(datetime(2026, 11, 28, 17, 1, tzinfo=UTC)) != first


def test_changed_record_gives_another_statement() -> None:
    first = issue()
    stored(a_life(periods=[a_period(), a_period(from_month=202601, to_month=202603)]))
    second = issue()
    assert second != first
    assert second.totals["bhxh"] == [15, 0, 0, 0, 0]


def test_running_job_is_stated_as_of_the_day_of_issue() -> None:
    job = {"from_month": 202001, "to_month": 209912}
    stored(a_life(periods=[a_period(**job), a_period(fund="bhtn", **job)]))
    issued = issue()
    assert issued.totals["bhxh"] == issued.totals["bhtn"] == [82, 0, 0, 0, 0]
    months_later = NOW + timedelta(days=80)
    # Delivered anew, with the end that is known by then and under other ids.
    job["to_month"] = 202701
    stored(a_life(periods=[a_period(**job), a_period(fund="bhtn", **job)]))
    assert check(issued.code, months_later).state is CheckState.VALID
    assert issue(months_later).totals["bhxh"] == [85, 0, 0, 0, 0]


def test_revoked_or_erased_statement_is_not_given_again() -> None:
    first = issue()
    commands.revoke_statement(access=key_to(), statement_id=first.id, by=OWNER, now=NOW)
    second = issue()
    assert second != first
    files.erase_file(file_id=second.file, by=CLERK)
    assert issue() not in {first, second}


def test_sixth_in_a_day_is_refused_and_leaves_nothing() -> None:
    for count in range(settings.VSSID_STATEMENTS_A_DAY):
        stored(a_life(periods=[a_period(salary=1_000_000 + count)]))
        issue()
    stored(a_life(periods=[a_period(salary=9_000_000)]))
    before = len(events("statement.issue"))
    with pytest.raises(errors.TooManyStatementsError) as caught:
        issue(NOW + timedelta(hours=1))
    assert caught.value.wait == timedelta(hours=23)
    assert HistoryStatement.objects.count() == settings.VSSID_STATEMENTS_A_DAY
    assert len(events("statement.issue")) == before
    assert issue(NOW + timedelta(days=1, minutes=1))


def test_limit_is_each_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_STATEMENTS_A_DAY", 1)
    issue()
    stored(a_life(a_person(BINH), periods=[a_period(BINH)]))
    assert issue(number=BINH, by=Actor.citizen(BINH))


@pytest.mark.parametrize("periods", [[], [a_period(fund="bhyt", kind="household")]])
def test_nothing_on_record_is_refused(periods: list[Any]) -> None:
    stored(a_life(periods=periods))
    with pytest.raises(errors.NothingToStateError):
        issue()
    assert not HistoryStatement.objects.exists()


def test_nobodys_number_is_refused() -> None:
    with pytest.raises(UnknownPerson):
        issue(number="0999999999")


def test_guardian_is_named_as_who_took_it() -> None:
    stored(a_life(a_person(BINH), periods=[a_period(BINH)]))
    access = open_record(by=OWNER, subject=BINH, purpose="guardian")
    issued = commands.issue_statement(access=access, by=OWNER, now=NOW)
    assert (issued.person_id, issued.issued_to) == (BINH, f"citizen:{AN}")
    (event,) = events("statement.issue")
    assert (event.subject, event.actor) == (BINH, AN)


def test_issue_without_its_event_did_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_auditing(monkeypatch, commands)
    with pytest.raises(AuditingFailedError):
        issue()
    for model in (HistoryStatement, StatementCode, StoredFile, Bucket):
        assert not model.objects.exists()


# --- revoking -------------------------------------------------------------------------------------


def test_revoked_statement_loses_its_file_and_says_so_once() -> None:
    issued = issue()
    for _ in range(2):
        commands.revoke_statement(access=key_to(), statement_id=issued.id, by=OWNER, now=NOW)
    issued.refresh_from_db()
    assert issued.revoked_at == NOW
    with pytest.raises(errors.StatementGoneError):
        queries.file_of(issued)
    assert StoredFile.objects.get(pk=issued.file).erased_at
    (event,) = events("statement.revoke")
    assert (event.subject, event.details) == (AN, {"statement": issued.code})
    assert queries.statements(key_to(), NOW) == ()


def test_statement_of_somebody_else_is_not_revoked() -> None:
    issued = issue()
    stored(a_life(a_person(BINH)))
    with pytest.raises(errors.StatementUnknownError):
        commands.revoke_statement(
            access=key_to(BINH), statement_id=issued.id, by=Actor.citizen(BINH), now=NOW
        )
    assert queries.statement(key_to(BINH), issued.id) is None
    assert queries.statement(key_to(), issued.id) == issued


def test_revoking_without_its_event_did_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    issued = issue()
    fail_auditing(monkeypatch, commands)
    with pytest.raises(AuditingFailedError):
        commands.revoke_statement(access=key_to(), statement_id=issued.id, by=OWNER, now=NOW)
    issued.refresh_from_db()
    assert issued.revoked_at is None
    assert queries.file_of(issued)


def test_file_is_erased_when_its_time_is_over() -> None:
    issued = issue()
    after = NOW + settings.VSSID_STATEMENT_KEPT
    assert files.erase_expired(now=after - timedelta(seconds=1), by=CLERK) == 0
    assert queries.statements(key_to(), after - timedelta(seconds=1)) == (issued,)
    assert files.erase_expired(now=after, by=CLERK) == 1
    assert queries.statements(key_to(), after) == ()
    with pytest.raises(errors.StatementGoneError):
        queries.file_of(issued)


# --- checking -------------------------------------------------------------------------------------


def check(code: str, now: datetime = NOW, **what: Any) -> Any:
    return commands.check_statement(code=code, by=STRANGER, now=now, **what)


def test_check_tells_little_and_masks_it() -> None:
    issued = issue()
    found = check(issued.code)
    assert found.state is CheckState.VALID
    assert (found.name, found.number) == ("Nguyễn T*** A***", "0123***789")
    assert (found.totals, found.issued_at) == (issued.totals, NOW)
    assert f"{found.kept_until:%d/%m/%Y}" == "26/02/2027"


def test_check_is_a_look_that_its_holder_sees() -> None:
    issued = issue()
    for _ in range(2):
        check(issued.code)
    (look,) = events("record.look")
    assert (look.subject, look.actor_kind, look.actor) == (AN, "visitor", "mark")
    assert look.reason == f"statement {issued.code}"
    commands.check_statement(code=issued.code, by=Actor.visitor("another"), now=NOW)
    assert len(events("record.look")) == 2


def test_owners_own_check_is_no_look() -> None:
    commands.check_statement(code=issue().code, by=OWNER, now=NOW)
    assert events("record.look") == []


def _changes_the_record(_issued: HistoryStatement) -> None:
    stored(a_life(periods=[a_period(salary=7_000_000)]))


def _changes_the_name(_issued: HistoryStatement) -> None:
    person = replace(a_person(), full_name="Nguyễn Thị Ân")
    stored(a_life(person, periods=[a_period(), a_period(fund="bhtn"), a_period(fund="bhyt")]))


def _delivers_the_rows_anew(_issued: HistoryStatement) -> None:
    stored(
        a_life(periods=[a_period(fund=fund, wage_region=2) for fund in ("bhtn", "bhyt", "bhxh")])
    )


def _changes_the_address(_issued: HistoryStatement) -> None:
    bump_record_versions(numbers=[AN])


def _revokes(issued: HistoryStatement) -> None:
    commands.revoke_statement(access=key_to(), statement_id=issued.id, by=OWNER, now=NOW)


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (_changes_the_record, CheckState.RECORD_CHANGED),
        (_changes_the_name, CheckState.RECORD_CHANGED),
        (_changes_the_address, CheckState.VALID),
        (_delivers_the_rows_anew, CheckState.VALID),
        (_revokes, CheckState.REVOKED),
    ],
)
def test_check_says_what_happened_since(
    happens: Callable[[HistoryStatement], None], state: CheckState
) -> None:
    issued = issue()
    happens(issued)
    found = check(issued.code)
    assert found.state is state
    assert found.tells is (state is not CheckState.REVOKED)


def test_check_after_the_term_says_expired() -> None:
    issued, after = issue(), NOW + settings.VSSID_STATEMENT_KEPT
    assert check(issued.code, after - timedelta(seconds=1)).state is CheckState.VALID
    found = check(issued.code, after)
    assert found.state is CheckState.EXPIRED
    assert not found.tells


def test_check_with_the_file_wants_this_very_file() -> None:
    issued = issue()
    content = queries.file_of(issued)
    assert check(issued.code, content=content).state is CheckState.VALID
    assert check(issued.code, content=content + b"\n").state is CheckState.FILE_CHANGED


def test_unknown_code_is_refused_and_nobody_was_looked_at() -> None:
    with pytest.raises(errors.StatementUnknownError):
        check(new_code())
    assert events("record.look") == []


def test_checks_are_counted_by_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_PAPER_CHECKS_PER_NETWORK_HOUR", 2)
    for address in ("192.0.2.1", "192.0.2.200"):
        commands.count_check(address=address, now=NOW)
    with pytest.raises(errors.TooManyChecksError) as caught:
        commands.count_check(address="192.0.2.7", now=NOW + timedelta(minutes=10))
    assert caught.value.wait == timedelta(minutes=50)
    commands.count_check(address="198.51.100.1", now=NOW)
    commands.count_check(address="192.0.2.7", now=NOW + timedelta(hours=1))


def test_code_belongs_to_its_person_only() -> None:
    code = issue().code
    assert queries.is_of(code, AN)
    assert not queries.is_of(code, BINH)
    assert display_code(code).count("-") == 3


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_makes_one() -> None:
    made = all_at_once([lambda: issue().code] * 3, threads=3)
    assert len({str(one) for one in made}) == 1
    assert HistoryStatement.objects.get().code == made[0]
