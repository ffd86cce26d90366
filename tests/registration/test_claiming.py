"""One officer at a time works on a case, whom all others see."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories import (
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    AuditingFailedError,
    a_declaration,
    a_person,
    all_at_once,
    fail_auditing,
    received,
)
from tests.registration.desk_people import duyen, far, lan, minh, provincial
from vssid.audit.models import Event
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.reference import queries as reference
from vssid.reference.errors import UnknownOfficeError
from vssid.registration import errors, queries
from vssid.registration.commands import cases, claiming, deciding, handing_over
from vssid.registration.models import Declaration
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)
REASON = "Người khai đang ở quầy của tôi."


def _claim(declaration: Declaration, by: Officer, reason: str = "") -> Declaration:
    return claiming.claim_case(declaration=declaration, by=by, now=utc_now(), reason=reason)


def _holder() -> str:
    return Declaration.objects.get().claimed_by


def _expire() -> None:
    Declaration.objects.update(claimed_until=utc_now() - timedelta(seconds=1))


def _complete(by: Officer, count: int = 1) -> list[Declaration]:
    """Complete dossiers that nobody holds, the oldest first."""
    people = (HONG, KHOA, RIVAL)
    filed = [a_declaration(people[n], number=f"019800010{n}") for n in range(count)]
    for one in filed:
        claiming.release_case(declaration=received(one, by), by=by)
    return filed


def test_claim_holds_for_half_an_hour_and_longer_when_renewed() -> None:
    declaration, officer, now = a_declaration(), lan(), utc_now()
    claimed = claiming.claim_case(declaration=declaration, by=officer, now=now)
    assert (claimed.claimed_by, claimed.claimed_until) == ("lan", now + HALF_AN_HOUR)
    later = now + timedelta(minutes=20)
    renewed = claiming.claim_case(declaration=declaration, by=officer, now=later)
    assert renewed.claimed_until == later + HALF_AN_HOUR
    assert Event.objects.filter(act="declaration.claim").count() == 1


def test_held_case_says_who_holds_it() -> None:
    declaration = _claim(a_declaration(), lan())
    with pytest.raises(errors.CaseHeldError) as refused:
        _claim(declaration, minh())
    assert "Đỗ Thị Lan đang xử lý tờ khai này đến" in str(refused.value)
    assert _holder() == "lan"


def test_case_is_free_again_after_its_time() -> None:
    declaration = _claim(a_declaration(), lan())
    _expire()
    _claim(declaration, minh())
    assert _holder() == "minh"


def test_held_case_is_taken_with_a_reason_that_is_recorded() -> None:
    declaration = _claim(a_declaration(), lan())
    taken = _claim(declaration, minh(), REASON)
    assert (taken.claimed_by, taken.note, taken.note_by) == ("minh", REASON, "minh")
    event = Event.objects.filter(act="declaration.claim").latest("id")
    assert (event.actor, event.reason) == ("minh", REASON)
    assert event.details == {"code": declaration.code, "from": "lan"}


def test_short_reason_takes_nothing() -> None:
    declaration = _claim(a_declaration(), lan())
    with pytest.raises(errors.NoteMissingError):
        _claim(declaration, minh(), "ok")
    assert _holder() == "lan"


def test_case_of_another_office_is_not_claimed_and_one_below_is() -> None:
    declaration = a_declaration()
    with pytest.raises(errors.NotThisOfficeError):
        _claim(declaration, far())
    assert _claim(declaration, provincial()).claimed_by == "tinh"


def test_only_the_holder_lets_go() -> None:
    declaration = _claim(a_declaration(), lan())
    claiming.release_case(declaration=declaration, by=minh())
    assert _holder() == "lan"
    claiming.release_case(declaration=declaration, by=Officer.objects.get(user_name="lan"))
    assert _holder() == ""


def test_claim_is_not_kept_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = a_declaration()
    fail_auditing(monkeypatch, cases)
    with pytest.raises(AuditingFailedError):
        _claim(declaration, lan())
    assert _holder() == ""


def test_closed_case_is_not_claimed() -> None:
    declaration, officer = a_declaration(), lan()
    deciding.lapse_overdue(now=utc_now() + timedelta(days=11))
    with pytest.raises(errors.DeclarationNotOpenError):
        _claim(declaration, officer)


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_claim_at_once_one_does() -> None:
    declaration = a_declaration()
    officers = [lan(), minh(), duyen(), provincial()]
    found = all_at_once([lambda one=one: _claim(declaration, one) for one in officers], threads=4)  # type: ignore[misc]
    assert sum(isinstance(one, Declaration) for one in found) == 1
    assert sum(isinstance(one, errors.CaseHeldError) for one in found) == 3


# --- a decision needs the claim -------------------------------------------------------------------

_DECISIONS: dict[str, Callable[[Declaration, Officer], object]] = {
    "receive": received,
    "refuse": lambda one, by: deciding.refuse_declaration(
        declaration=one, reason="Ảnh giấy tờ mờ.", by=by, now=utc_now()
    ),
    "approve": lambda one, by: deciding.approve_declaration(declaration=one, by=by, now=utc_now()),
    "hand over": lambda one, by: handing_over.hand_to_office(
        declaration=one, office=HAI_BA_TRUNG, note=REASON, by=by, now=utc_now()
    ),
}


@pytest.mark.parametrize("act", _DECISIONS)
def test_nobody_decides_what_somebody_else_holds(act: str) -> None:
    a_person()
    declaration = _claim(a_declaration(), lan())
    with pytest.raises(errors.CaseHeldError):
        _DECISIONS[act](declaration, minh())
    declaration.refresh_from_db()
    assert (declaration.state, declaration.claimed_by) == ("filed", "lan")


def test_decided_case_is_held_by_nobody() -> None:
    officer = lan()
    _DECISIONS["refuse"](_claim(a_declaration(), officer), officer)
    assert _holder() == ""


def test_held_case_goes_to_another_office_only_with_a_reason() -> None:
    declaration, other = _claim(a_declaration(), lan()), far()
    with pytest.raises(errors.CaseHeldError):
        deciding.take_over_case(declaration=declaration, by=other, now=utc_now())
    deciding.take_over_case(declaration=declaration, by=other, now=utc_now(), reason=REASON)
    assert _holder() == "xa"
    assert Event.objects.get(act="declaration.take-over").reason == REASON
    assert Declaration.objects.get().note == REASON


@pytest.mark.parametrize("reason", [" ", "vì"])
def test_held_case_is_not_taken_over_with_an_empty_reason(reason: str) -> None:
    declaration, other = _claim(a_declaration(), lan()), far()
    with pytest.raises(errors.NoteMissingError):
        deciding.take_over_case(declaration=declaration, by=other, now=utc_now(), reason=reason)
    assert _holder() == "lan"


# --- the next one ---------------------------------------------------------------------------------


def test_next_case_is_the_oldest_complete_one_that_nobody_holds() -> None:
    officer = lan()
    first, second, third = _complete(officer, 3)
    a_declaration(KHOA, number="0198000199")
    _claim(first, minh())
    found = claiming.claim_next(by=officer, now=utc_now())
    assert found is not None
    assert (found.id, found.claimed_by) == (second.id, "lan")
    again = claiming.claim_next(by=officer, now=utc_now())
    assert again is not None
    assert again.id == second.id, "what one holds comes first"
    _DECISIONS["refuse"](second, officer)
    last = claiming.claim_next(by=officer, now=utc_now())
    assert last is not None
    assert last.id == third.id


def test_no_next_case_where_no_dossier_is_complete() -> None:
    a_declaration()
    assert claiming.claim_next(by=lan(), now=utc_now()) is None


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_two_cases() -> None:
    officers = [lan(), minh()]
    _complete(officers[0], 2)
    calls = [lambda one=one: claiming.claim_next(by=one, now=utc_now()) for one in officers]  # type: ignore[misc]
    found = [one.id for one in all_at_once(calls, threads=2) if isinstance(one, Declaration)]
    assert len(set(found)) == 2


# --- handing over ---------------------------------------------------------------------------------


def test_colleague_holds_what_is_handed_over_and_reads_the_note() -> None:
    officer = lan()
    duyen()
    declaration = _claim(a_declaration(), officer)
    given = handing_over.hand_to_colleague(
        declaration=declaration, colleague="duyen", note=REASON, by=officer, now=utc_now()
    )
    assert (given.claimed_by, given.note, given.note_by) == ("duyen", REASON, "lan")
    event = Event.objects.get(act="declaration.hand-over")
    assert event.details == {"code": declaration.code, "to": "duyen"}


def test_what_was_handed_over_waits_for_the_colleague_all_day() -> None:
    officer, colleague, now = lan(), minh(), utc_now()
    [declaration] = _complete(officer)
    handing_over.hand_to_colleague(
        declaration=declaration, colleague="minh", note=REASON, by=officer, now=now
    )
    later = now + timedelta(hours=7)
    assert claiming.claim_next(by=officer, now=later) is None
    found = claiming.claim_next(by=colleague, now=later)
    assert found is not None
    assert found.id == declaration.id


@pytest.mark.parametrize("colleague", ["lan", "xa", "nobody", ""])
def test_case_is_handed_to_who_works_with_cases_at_its_office_alone(colleague: str) -> None:
    officer, declaration = lan(), a_declaration()
    far()
    with pytest.raises(errors.ColleagueUnknownError):
        handing_over.hand_to_colleague(
            declaration=declaration, colleague=colleague, note=REASON, by=officer, now=utc_now()
        )


def test_other_office_gets_the_case_free_and_no_longer_proposed() -> None:
    officer = lan()
    declaration = _claim(a_declaration(), officer)
    sent = handing_over.hand_to_office(
        declaration=declaration, office=HAI_BA_TRUNG, note=REASON, by=officer, now=utc_now()
    )
    assert (sent.office, sent.claimed_by, sent.proposed_by) == (HAI_BA_TRUNG, "", "")
    with pytest.raises(errors.NotThisOfficeError):
        _claim(sent, officer)


def test_r11_applicant_is_told_where_the_case_is_now_and_what_to_bring_until_when() -> None:
    officer = lan()
    declaration = a_declaration()
    handing_over.hand_to_office(
        declaration=declaration, office=HAI_BA_TRUNG, note=REASON, by=officer, now=utc_now()
    )
    office = reference.known_office(HAI_BA_TRUNG)
    told = Message.objects.get(template="declaration.handed", channel="sms")
    assert told.address == HONG.phone
    assert told.data["place"].startswith(office.name)
    assert told.data["place"].endswith(office.phone)
    assert told.data["opens"] == "T2-T6 7:30-11:30, 13:30-17:00"
    assert told.data["day"] == format_date(vietnam_today(queries.paper_due(declaration)))
    assert REASON not in str(told.data)


def test_whose_dossier_is_complete_hears_that_nothing_is_brought_again() -> None:
    officer = lan()
    declaration = received(a_declaration(), officer)
    for office, by in ((HAI_BA_TRUNG, officer), ("00114", far())):
        handing_over.hand_to_office(
            declaration=declaration, office=office, note=REASON, by=by, now=utc_now()
        )
    told = Message.objects.filter(template="declaration.handed-complete", channel="sms")
    assert told.count() == 2
    assert not Message.objects.filter(template="declaration.handed").exists()


def test_applicant_is_told_when_another_office_takes_the_case_over() -> None:
    declaration = a_declaration()
    deciding.take_over_case(declaration=declaration, by=far(), now=utc_now())
    told = Message.objects.get(template="declaration.handed", channel="sms")
    assert told.address == HONG.phone
    assert told.data["place"].startswith(reference.known_office(HAI_BA_TRUNG).name)


def test_colleague_of_the_same_office_is_no_news_to_the_applicant() -> None:
    officer = lan()
    duyen()
    handing_over.hand_to_colleague(
        declaration=a_declaration(), colleague="duyen", note=REASON, by=officer, now=utc_now()
    )
    assert not Message.objects.filter(template__startswith="declaration.handed").exists()


@pytest.mark.parametrize(
    ("office", "note", "error"),
    [
        ("00114", REASON, errors.OfficeSameError),
        ("99999", REASON, UnknownOfficeError),
        (HAI_BA_TRUNG, " ", errors.NoteMissingError),
    ],
)
def test_case_goes_nowhere_without_a_right_office_and_a_word(
    office: str, note: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        handing_over.hand_to_office(
            declaration=a_declaration(), office=office, note=note, by=lan(), now=utc_now()
        )
    assert Declaration.objects.get().office == "00114"
