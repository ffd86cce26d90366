"""Facilities check cards: limits, looks that the person finds, offline reports."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    AuditingFailedError,
    a_person,
    an_officer,
    fail_auditing,
)
from vssid.audit import commands as audit
from vssid.audit.models import Event
from vssid.audit.queries import looks_at
from vssid.insurance import queries as insurance
from vssid.insurance.card_pass.keys import issue_pass
from vssid.insurance.card_pass.tokens import DamagedPassError, ExpiredPassError, ForgedPassError
from vssid.insurance.checking import Asked, Code
from vssid.insurance.models import Card
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference.models import Facility
from vssid.staff.commands import card_checks, facility_keys
from vssid.staff.commands.card_checks import Checker, OfflineCheck, Reported, Way
from vssid.staff.errors import (
    FacilityEndedError,
    FacilityUnknownError,
    KeyEndedError,
    TooManyChecksError,
    TooManyFacilityMissesError,
    TooManyMissesError,
)
from vssid.staff.models import FacilityKey, ReportedCheck, Role
from vssid.staff.queries import facility_key

pytestmark = pytest.mark.django_db
HOSPITAL = "01001"
NOW = utc_now()
ASKED: dict[str, Any] = {
    "number": HONG.number,
    "full_name": HONG.full_name,
    "born": date(1990, 5, 12),
    "sex": "F",
}


def give_card(number: str = HONG.number, **changes: Any) -> Card:
    """A card that is valid for a year around today."""
    today = vietnam_today(NOW)
    fields = {
        "card_number": f"DN401{number}",
        "group_code": "DN",
        "benefit_level": 4,
        "issuing_province": "01",
        "facility_code": HOSPITAL,
        "facility_name": "Bệnh viện Đa khoa",
        "valid_from": today - timedelta(days=100),
        "valid_to": today + timedelta(days=200),
        "issued_on": today - timedelta(days=100),
    }
    return Card.objects.create(person_id=number, **{**fields, **changes})


def make_near_poor() -> None:
    """The cards were printed with 95 %; since 1/1/2026 they pay 100 % (NQ 261/2025/QH15)."""
    first = date(2015, 1, 1)
    for card in Card.objects.all():
        Card.objects.filter(pk=card.pk).update(
            card_number=f"CN3{card.card_number[3:]}",
            group_code="CN",
            benefit_level=3,
            valid_from=first,
        )


def a_pass(now: datetime = NOW) -> str:
    """A pass of Hồng's card as her phone shows it."""
    access = audit.open_record(by=CLERK, subject=HONG.number, purpose="tests")
    book = insurance.cards(access)
    return issue_pass(book.holder, book.cards[0], now)[0]


@pytest.fixture
def counter() -> Checker:
    """Somebody at the counter of a hospital; Hồng has a card."""
    a_person()
    give_card()
    return Checker.account(an_officer(Role.FACILITY, HOSPITAL, user_name="quay1"))


def _ask(by: Checker, now: datetime = NOW, **changes: Any) -> Code:
    asked = Asked(**{**ASKED, **changes})
    return card_checks.check_card(asked=asked, way=Way.TYPED, by=by, now=now).code


def _looks() -> list[Event]:
    return list(Event.objects.filter(act="card.check").order_by("id"))


@pytest.mark.parametrize("number", [HONG.number, HONG.id_number, f"DN401{HONG.number}"])
def test_each_number_of_a_patient_leads_to_the_card(counter: Checker, number: str) -> None:
    assert _ask(counter, number=number) is Code.RIGHT
    assert [one.subject for one in _looks()] == [HONG.number]


def test_check_is_a_look_with_facility_and_purpose(counter: Checker) -> None:
    _ask(counter)
    _ask(counter, admitted_on=vietnam_today(NOW))
    visit, stay = _looks()
    assert (visit.actor_kind, visit.actor, visit.office) == ("facility", "quay1", "KCB01001")
    assert (visit.reason, stay.reason) == ("card visit", "card stay")
    assert visit.details == {"way": "number"}
    shown = looks_at(subject=HONG.number, now=NOW, others_only=True)
    assert [one.act for one in shown].count("card.check") == 2


def test_wrong_name_is_a_look_too_and_an_incomplete_question_is_none(counter: Checker) -> None:
    assert _ask(counter, full_name="Lê Văn Tám") is Code.WRONG_NAME
    assert _ask(counter, full_name="") is Code.MISSING_DATA
    assert _ask(counter, born=3000) is Code.BAD_DATA
    assert len(_looks()) == 1


@pytest.mark.parametrize("number", ["0198009999", "999999999999", "DN4010198AB0001"])
def test_number_of_nobody_is_not_known_and_was_asked_for(counter: Checker, number: str) -> None:
    assert _ask(counter, number=number) is Code.UNKNOWN
    assert [one.subject for one in _looks()] == [number]


@pytest.mark.parametrize("number", ["²" * 10, "１" * 10, "DN401" + "²" * 10])
def test_signs_that_only_look_like_digits_are_nobodys_number(counter: Checker, number: str) -> None:
    assert _ask(counter, number=number) is Code.BAD_DATA
    assert _looks() == []


def test_nothing_is_answered_when_the_look_cannot_be_written(
    counter: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_auditing(monkeypatch, audit)
    with pytest.raises(AuditingFailedError):
        _ask(counter)


# --- limits ---------------------------------------------------------------------------------------


def test_account_waits_after_so_many_checks_in_a_minute(counter: Checker) -> None:
    for _ in range(settings.VSSID_CARD_CHECKS_A_MINUTE):
        _ask(counter, full_name="")
    with pytest.raises(TooManyChecksError):
        _ask(counter)
    colleague = Checker.account(an_officer(Role.FACILITY, HOSPITAL))
    assert _ask(colleague) is Code.RIGHT
    assert _ask(counter, now=NOW + timedelta(seconds=61)) is Code.RIGHT


def test_guesses_at_one_person_are_stopped_for_the_whole_facility(counter: Checker) -> None:
    for miss in range(settings.VSSID_CARD_MISSES_A_DAY):
        assert _ask(counter, born=1900 + miss) is Code.WRONG_BIRTH
    colleague = Checker.account(an_officer(Role.FACILITY, HOSPITAL))
    for by in (counter, colleague):
        with pytest.raises(TooManyMissesError):
            _ask(by)
    _asked, signed = card_checks.check_pass(text=a_pass(), admitted_on=None, by=counter, now=NOW)
    assert signed.code is Code.RIGHT, "the phone of the patient guesses nothing"
    elsewhere = Checker.account(an_officer(Role.FACILITY, "79001"))
    assert _ask(elsewhere) is Code.RIGHT
    later = NOW + timedelta(days=1, seconds=1)
    assert _ask(counter, now=later) is Code.RIGHT


def test_guesses_at_numbers_are_stopped_for_the_whole_facility(
    counter: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_CARD_FACILITY_MISSES_AN_HOUR", 3)
    assert _ask(counter) is Code.RIGHT, "what is right counts nothing"
    for number in ("0198009997", "999999999999"):
        assert _ask(counter, number=number) is Code.UNKNOWN
    assert _ask(counter, full_name="Lê Văn Tám") is Code.WRONG_NAME
    colleague = Checker.account(an_officer(Role.FACILITY, HOSPITAL))
    for by in (counter, colleague):
        with pytest.raises(TooManyFacilityMissesError, match="60 phút"):
            _ask(by)
    _asked, signed = card_checks.check_pass(text=a_pass(), admitted_on=None, by=counter, now=NOW)
    assert signed.code is Code.RIGHT, "the phone of the patient guesses nothing"
    elsewhere = Checker.account(an_officer(Role.FACILITY, "79001"))
    assert _ask(elsewhere) is Code.RIGHT
    assert _ask(counter, now=NOW + timedelta(hours=1, seconds=1)) is Code.RIGHT


def test_who_must_wait_a_day_is_told_so_in_hours(counter: Checker) -> None:
    for miss in range(settings.VSSID_CARD_MISSES_A_DAY):
        _ask(counter, born=1900 + miss)
    with pytest.raises(TooManyMissesError, match="sau 24 giờ"):
        _ask(counter)


@pytest.mark.parametrize(
    "changes", [{"has_contract": False}, {"valid_to": vietnam_today(NOW) - timedelta(days=1)}]
)
def test_facility_without_a_contract_checks_nothing(
    counter: Checker, changes: dict[str, Any]
) -> None:
    Facility.objects.filter(code=HOSPITAL).update(**changes)
    with pytest.raises(FacilityEndedError):
        _ask(counter)
    assert _looks() == []


# --- by pass --------------------------------------------------------------------------------------


def test_pass_used_again_within_its_time_is_allowed_and_seen(counter: Checker) -> None:
    text = a_pass()
    for _ in range(2):
        asked, verdict = card_checks.check_pass(text=text, admitted_on=None, by=counter, now=NOW)
        assert (asked.full_name, verdict.code) == (HONG.full_name, Code.RIGHT)
    first, again = _looks()
    assert first.details == again.details
    assert first.details["way"] == "pass"
    assert len(first.details["pass"]) == 16


def test_record_decides_not_the_token(counter: Checker) -> None:
    text = a_pass()
    Card.objects.update(valid_to=vietnam_today(NOW) - timedelta(days=1))
    _asked, verdict = card_checks.check_pass(text=text, admitted_on=None, by=counter, now=NOW)
    assert verdict.code is Code.EXPIRED


def test_late_and_damaged_passes_look_at_nobody(counter: Checker) -> None:
    text = a_pass()
    late = NOW + settings.VSSID_CARD_PASS_LIFETIME
    for given, now, refused in [
        (text, late, ExpiredPassError),
        (text[:-3], NOW, DamagedPassError),
    ]:
        with pytest.raises(refused):
            card_checks.check_pass(text=given, admitted_on=None, by=counter, now=now)
    assert _looks() == []


# --- offline --------------------------------------------------------------------------------------


def _report(by: Checker, reference: str, text: str, happened_at: datetime) -> Reported:
    check = OfflineCheck(reference, text, happened_at)
    return card_checks.report_offline(check=check, by=by, now=NOW)


def test_offline_check_is_a_look_of_when_it_happened_and_is_kept_once(counter: Checker) -> None:
    before = NOW - timedelta(hours=3)
    text = a_pass(before)
    assert _report(counter, "a-1", text, before) is Reported.KEPT
    assert _report(counter, "a-1", text, before) is Reported.KNOWN
    elsewhere = Checker.account(an_officer(Role.FACILITY, "79001"))
    assert _report(elsewhere, "a-1", text, before) is Reported.KEPT
    first, _other = _looks()
    assert first.reason == "card offline"
    assert first.details["happened_at"] == before.isoformat()
    assert first.details["was_late"] is False


@pytest.mark.parametrize(("ahead", "outcome"), [(5, Reported.KEPT), (6, Reported.REFUSED)])
def test_offline_check_of_the_future_is_refused(
    counter: Checker, ahead: int, outcome: Reported
) -> None:
    at = NOW + timedelta(minutes=ahead)
    assert _report(counter, "a-1", a_pass(), at) is outcome
    assert ReportedCheck.objects.count() == (outcome is Reported.KEPT)


@pytest.mark.parametrize(("before", "outcome"), [(5, Reported.KEPT), (6, Reported.TOO_EARLY)])
def test_offline_check_from_before_the_pass_was_made_is_refused(
    counter: Checker, before: int, outcome: Reported
) -> None:
    at = NOW.replace(microsecond=0) - timedelta(minutes=before)
    assert _report(counter, "a-1", a_pass(), at) is outcome
    assert _report(counter, "a-2", a_pass(), datetime(1, 1, 1, tzinfo=UTC)) is Reported.TOO_EARLY
    assert ReportedCheck.objects.count() == len(_looks()) == (outcome is Reported.KEPT)


def test_pass_that_was_over_when_it_was_scanned_is_kept_and_marked(counter: Checker) -> None:
    _report(counter, "a-1", a_pass(NOW - timedelta(hours=1)), NOW)
    assert _looks()[0].details["was_late"] is True


def test_forged_offline_check_is_not_kept(
    counter: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_pass()
    monkeypatch.setattr(settings, "VSSID_CARD_KEYS", {"tests": bytes(range(32))})
    with pytest.raises(ForgedPassError):
        _report(counter, "a-1", text, NOW)
    assert ReportedCheck.objects.count() == 0


def test_offline_check_is_not_known_when_its_look_failed(
    counter: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = a_pass()
    with monkeypatch.context() as patch:
        fail_auditing(patch, audit)
        with pytest.raises(AuditingFailedError):
            _report(counter, "a-1", text, NOW)
    assert _report(counter, "a-1", text, NOW) is Reported.KEPT


# --- keys -----------------------------------------------------------------------------------------


def test_key_opens_until_it_is_ended() -> None:
    made, text = facility_keys.open_key(facility=HOSPITAL, name="HIS", by=CLERK, now=NOW)
    assert facility_key(text) == made
    assert text.split(".")[1].encode() not in bytes(made.digest)
    facility_keys.end_key(key_id=made.id, by=CLERK, now=NOW)
    assert facility_key(text) is None
    with pytest.raises(KeyEndedError):
        facility_keys.end_key(key_id=made.id, by=CLERK, now=NOW)
    acts = Event.objects.filter(subject=str(made.id)).values_list("act", flat=True)
    assert sorted(acts) == ["facility-key.end", "facility-key.open"]


def test_wrong_keys_open_nothing() -> None:
    made, text = facility_keys.open_key(facility=HOSPITAL, name="HIS", by=CLERK, now=NOW)
    other, _ = facility_keys.open_key(facility=HOSPITAL, name="HIS 2", by=CLERK, now=NOW)
    swapped = f"{other.id.hex}.{text.split('.')[1]}"
    for wrong in ("", ".", "x.y", text[:-1], f"{made.id.hex}.", swapped, "\udc80.\udc80"):
        assert facility_key(wrong) is None, wrong


def test_key_is_not_made_for_an_unknown_facility_or_without_its_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(FacilityUnknownError, match="99ZZZ"):
        facility_keys.open_key(facility="99ZZZ", name="HIS", by=CLERK, now=NOW)
    fail_auditing(monkeypatch, facility_keys)
    with pytest.raises(AuditingFailedError):
        facility_keys.open_key(facility=HOSPITAL, name="HIS", by=CLERK, now=NOW)
    assert FacilityKey.objects.count() == 0


def test_check_of_another_person_is_no_look_at_hong(counter: Checker) -> None:
    a_person(KHOA)
    give_card(KHOA.number)
    code = _ask(counter, number=KHOA.number, full_name=KHOA.full_name)
    assert code is Code.RIGHT
    assert looks_at(subject=HONG.number, now=NOW, others_only=True) == []
