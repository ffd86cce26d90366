"""What becomes of a petition: each move, its refusals, its event, its message."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import (
    HA_NOI,
    HAI_BA_TRUNG,
    AuditingFailedError,
    an_officer,
    fail_auditing,
)
from tests.support.reporting import NUMBER, a_line, a_record, report
from tests.support.test_opening import PDF
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.files.models import StoredFile
from vssid.insurance.lines import LineKind
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.reference.errors import UnknownOfficeError
from vssid.staff.models import Officer, Role
from vssid.support import errors, papers, queries
from vssid.support.commands import moving, opening
from vssid.support.models import Petition, PetitionStep, State
from vssid.support.tasks import close_quiet

pytestmark = pytest.mark.django_db


def _queue(office: str) -> list[Petition]:
    wanted = queries.Wanted([office], "tham")
    return list(queries.queue(wanted, today=vietnam_today(utc_now())))


ME = Actor.citizen(NUMBER)
ANSWER = "Đã điều chỉnh quá trình tham gia của bạn."


def _at_hanoi(role: Role = Role.SUPPORT) -> Officer:
    return an_officer(role, HA_NOI)


def _petition() -> Petition:
    a_record()
    return report(a_line(LineKind.VISIT))


def _answer(petition: Petition, by: Officer, **changes: Any) -> Petition:
    given: dict[str, Any] = {"petition": petition, "words": ANSWER, "by": by, "now": utc_now()}
    return moving.answer_petition(**{**given, **changes})


def _add(petition: Petition, words: str = "Tôi gửi thêm sổ.", **changes: Any) -> Petition:
    given: dict[str, Any] = {
        "petition": petition,
        "words": words,
        "parcel": papers.new_parcel(),
        "by": ME,
        "now": utc_now(),
    }
    return moving.add_to_petition(**{**given, **changes})


def _take(petition: Petition, by: Officer) -> Petition:
    return moving.take_petition(petition=petition, by=by, now=utc_now())


def _forward(petition: Petition, by: Officer, office: str = HAI_BA_TRUNG) -> Petition:
    return moving.forward_petition(
        petition=petition, office=office, words="Đúng nơi quản lý.", by=by, now=utc_now()
    )


def _close(petition: Petition, by: Officer) -> Petition:
    return moving.close_petition(petition=petition, words="", by=by, now=utc_now())


def _withdraw(petition: Petition, _by: Officer) -> Petition:
    return moving.withdraw_petition(petition=petition, by=ME, now=utc_now())


def _added(petition: Petition, _by: Officer) -> Petition:
    return _add(petition)


MOVES: list[tuple[Callable[..., Petition], str, State, str]] = [
    (_take, "petition.take", State.IN_WORK, "petition.taken"),
    (_answer, "petition.answer", State.ANSWERED, "petition.answered"),
    (_forward, "petition.forward", State.FORWARDED, "petition.forwarded"),
    (_withdraw, "petition.close", State.CLOSED, "petition.closed"),
    (_added, "petition.add", State.RECEIVED, "petition.added"),
]
OF_OFFICE = [_take, _answer, _forward]


@pytest.mark.parametrize(("move", "act", "state", "template"), MOVES)
def test_move_writes_step_event_and_message(
    move: Callable[..., Petition], act: str, state: State, template: str
) -> None:
    petition, officer = _petition(), _at_hanoi()
    move(petition, officer)
    petition.refresh_from_db()
    assert petition.state == state
    step = PetitionStep.objects.order_by("id").last()
    assert step is not None
    assert (f"petition.{step.act}", step.state, step.office) == (act, state, petition.office)
    event = Event.objects.get(act=act)
    assert event.subject == NUMBER
    assert event.details["petition"] == petition.code
    assert Message.objects.filter(template=template).count() == 1


@pytest.mark.parametrize(("move", "act", "state", "template"), MOVES)
def test_failed_auditing_undoes_the_move(
    monkeypatch: pytest.MonkeyPatch,
    move: Callable[..., Petition],
    act: str,
    state: State,
    template: str,
) -> None:
    petition, officer = _petition(), _at_hanoi()
    fail_auditing(monkeypatch, moving)
    with pytest.raises(AuditingFailedError):
        move(petition, officer)
    petition.refresh_from_db()
    assert (petition.state, petition.office) == (State.RECEIVED, HA_NOI)
    assert PetitionStep.objects.count() == 1
    assert not Message.objects.filter(template=template).exists()


@pytest.mark.parametrize("move", OF_OFFICE)
@pytest.mark.parametrize("role", [Role.INTAKE, Role.CONTENT, Role.OPERATOR])
def test_role_that_answers_nothing_moves_nothing(move: Callable[..., Petition], role: Role) -> None:
    petition = _petition()
    with pytest.raises(errors.MayNotAnswerError):
        move(petition, _at_hanoi(role))


@pytest.mark.parametrize("move", OF_OFFICE)
def test_other_office_moves_nothing(move: Callable[..., Petition]) -> None:
    petition = _petition()
    with pytest.raises(errors.NotThisOfficeError, match="BHXH TP Hà Nội"):
        move(petition, an_officer(Role.SUPPORT, HAI_BA_TRUNG))


def test_provincial_agency_sees_to_what_lies_below_it() -> None:
    petition = _petition()
    _forward(petition, _at_hanoi())
    assert _answer(petition, _at_hanoi()).state == State.ANSWERED


@pytest.mark.parametrize("move", [*OF_OFFICE, _close, _withdraw, _added])
def test_closed_petition_stays_closed(move: Callable[..., Petition]) -> None:
    petition, officer = _petition(), _at_hanoi()
    _withdraw(petition, officer)
    with pytest.raises(errors.NotPossibleNowError, match="Đã đóng"):
        move(petition, officer)


def test_office_closes_only_what_it_answered() -> None:
    petition, officer = _petition(), _at_hanoi()
    with pytest.raises(errors.NotPossibleNowError):
        _close(petition, officer)
    _answer(petition, officer)
    closed = _close(petition, officer)
    assert closed.state == State.CLOSED
    assert closed.closed_at is not None


def test_forwarded_petition_lies_in_the_other_queue_under_the_same_day() -> None:
    petition, officer = _petition(), _at_hanoi()
    _forward(petition, officer)
    assert _queue(HA_NOI) == []
    (found,) = _queue(HAI_BA_TRUNG)
    assert (found.id, found.due_on) == (petition.id, petition.due_on)
    details = Event.objects.get(act="petition.forward").details
    assert (details["from"], details["to"]) == (HA_NOI, HAI_BA_TRUNG)


@pytest.mark.parametrize(
    ("office", "error"), [(HA_NOI, errors.SameOfficeError), ("99999", UnknownOfficeError)]
)
def test_forwarding_nowhere_is_refused(office: str, error: type[Exception]) -> None:
    petition = _petition()
    with pytest.raises(error):
        _forward(petition, _at_hanoi(), office)


def test_person_who_writes_back_puts_an_answered_petition_in_work_again() -> None:
    petition, officer = _petition(), _at_hanoi()
    _answer(petition, officer)
    assert _add(petition).state == State.IN_WORK


def test_same_addition_sent_twice_is_one() -> None:
    petition = _petition()
    parcel = papers.new_parcel()
    _add(petition, parcel=parcel)
    _add(petition, parcel=parcel)
    assert PetitionStep.objects.filter(act="add").count() == 1


def test_additions_of_a_day_are_limited() -> None:
    petition, now = _petition(), utc_now()
    for _ in range(settings.VSSID_PETITION_ADDITIONS_PER_DAY):
        _add(petition, now=now)
    with pytest.raises(errors.TooManyAdditionsError, match="24 giờ"):
        _add(petition, now=now)


@pytest.mark.parametrize("words", ["", " ok "])
def test_empty_words_are_refused_everywhere(words: str) -> None:
    petition, officer = _petition(), _at_hanoi()
    with pytest.raises(errors.WordsMissingError):
        _answer(petition, officer, words=words)
    with pytest.raises(errors.WordsMissingError):
        _add(petition, words=words)
    with pytest.raises(errors.WordsMissingError):
        moving.forward_petition(
            petition=petition, office=HAI_BA_TRUNG, words=words, by=officer, now=utc_now()
        )


def test_who_closed_their_account_is_told_nothing_and_the_office_still_answers() -> None:
    petition, officer = _petition(), _at_hanoi()
    before = Message.objects.count()
    Petition.objects.update(sender="0198000099")
    assert _answer(petition, officer).state == State.ANSWERED
    assert Message.objects.count() == before
    assert Account.objects.exists()


@pytest.mark.parametrize(
    ("phone", "email", "channels"),
    [("+84912000077", "", {"sms"}), ("", "ai@example.com", {"email"})],
)
def test_who_wrote_without_an_account_is_told_where_they_can_be_reached(
    phone: str, email: str, channels: set[str]
) -> None:
    petition, officer = _petition(), _at_hanoi()
    Petition.objects.update(sender="", phone=phone, email=email)
    _answer(petition, officer)
    told = Message.objects.filter(template="petition.answered")
    assert set(told.values_list("channel", flat=True)) == channels
    assert set(told.values_list("address", flat=True)) == {phone or email}


def test_papers_go_a_year_after_closing() -> None:
    a_record()
    now = utc_now()
    parcel = opening.keep_paper(parcel=papers.new_parcel(), content=PDF, by=ME, now=now)
    petition = report(parcel=parcel)
    moving.withdraw_petition(petition=petition, by=ME, now=now)
    kept = StoredFile.objects.get().delete_after
    assert kept == now + settings.VSSID_PETITION_PAPERS_KEPT


def test_answer_that_nobody_writes_back_to_closes_after_its_time() -> None:
    petition, officer = _petition(), _at_hanoi()
    _answer(petition, officer)
    close_quiet(timestamp=0)
    petition.refresh_from_db()
    assert petition.state == State.ANSWERED
    late = utc_now() - settings.VSSID_PETITION_CLOSES_AFTER - timedelta(minutes=1)
    Petition.objects.update(changed_at=late)
    close_quiet(timestamp=0)
    petition.refresh_from_db()
    assert petition.state == State.CLOSED
    assert Event.objects.get(act="petition.close").actor == "close-quiet"


# --- reads ----------------------------------------------------------------------------------------


def test_history_tells_who_did_what_and_when() -> None:
    petition, officer = _petition(), _at_hanoi()
    _take(petition, officer)
    _answer(petition, officer)
    petition.refresh_from_db()
    view = queries.whole(petition, today=petition.due_on)
    assert [one.act for one in view.steps] == ["open", "take", "answer"]
    assert [one.by_person for one in view.steps] == [True, False, False]
    assert view.steps[2].by == officer.full_name
    assert view.steps[2].words == ANSWER
    assert view.title == "Sổ khám chữa bệnh"


def test_queue_shows_what_waits_by_its_day_and_the_answered_last() -> None:
    a_record()
    first = report(a_line(LineKind.VISIT))
    Petition.objects.update(due_on=first.due_on + timedelta(days=3))
    second = report(a_line(LineKind.PERSON))
    third = report(a_line(LineKind.CARD))
    Petition.objects.update(office=HA_NOI)
    _answer(second, _at_hanoi())
    assert [one.id for one in _queue(HA_NOI)] == [third.id, first.id, second.id]


def test_unknown_code_is_said() -> None:
    with pytest.raises(errors.PetitionUnknownError):
        queries.by_code("PA-0000-0001")
