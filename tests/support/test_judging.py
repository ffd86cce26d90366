"""What people make of an answer, and what officers do among themselves."""

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
from tests.support.guests import a_guest_petition
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.staff.models import Officer, Role
from vssid.support import errors, figures, papers, queries
from vssid.support.commands import judging, moving, overdue, working
from vssid.support.models import Petition, PetitionStep, State

pytestmark = pytest.mark.django_db
WHO = Actor.visitor("khach")
DAY = timedelta(days=1)


def _officer(role: Role = Role.SUPPORT, office: str = HA_NOI) -> Officer:
    return an_officer(role, office)


def _answered(petition: Petition | None = None, by: Officer | None = None) -> Petition:
    return moving.answer_petition(
        petition=petition or a_guest_petition(),
        words="Chúng tôi xin lỗi và đã nhắc quầy.",
        by=by or _officer(),
        now=utc_now(),
    )


def _closed() -> Petition:
    by = _officer()
    answered = _answered(by=by)
    return moving.close_petition(petition=answered, words="", by=by, now=utc_now())


def _reopen(petition: Petition, **changes: Any) -> Petition:
    given: dict[str, Any] = {
        "petition": petition,
        "words": "Quầy vẫn đóng cửa.",
        "parcel": papers.new_parcel(),
        "by": WHO,
        "now": utc_now(),
    }
    return judging.reopen_petition(**{**given, **changes})


# --- rating and reopening -------------------------------------------------------------------------


@pytest.mark.parametrize("helped", [True, False])
def test_u05_answer_is_rated_and_the_next_answer_is_rated_anew(helped: bool) -> None:  # noqa: FBT001 - a case of the table
    answered = _answered()
    for _ in range(2):
        judging.rate_answer(petition=answered, is_helpful=helped, by=WHO, now=utc_now())
    answered.refresh_from_db()
    assert answered.is_helpful is helped
    assert PetitionStep.objects.filter(act="rate").count() == 1
    assert Event.objects.filter(act="petition.rate").count() == 1
    assert _answered(answered, Officer.objects.get()).is_helpful is None


def test_nothing_is_rated_before_there_is_an_answer() -> None:
    with pytest.raises(errors.NotPossibleNowError):
        judging.rate_answer(petition=a_guest_petition(), is_helpful=True, by=WHO, now=utc_now())


def test_u05_closed_petition_is_reopened_with_a_new_day() -> None:
    closed = _closed()
    Petition.objects.update(due_on=vietnam_today(utc_now()) - DAY)
    parcel = papers.new_parcel()
    reopened = _reopen(closed, parcel=parcel)
    assert (reopened.state, reopened.closed_at) == (State.IN_WORK, None)
    assert reopened.due_on > vietnam_today(utc_now())
    assert Message.objects.filter(template="petition.reopened").count() == 1
    _reopen(closed, parcel=parcel)
    assert PetitionStep.objects.filter(act="reopen").count() == 1


def test_late_or_unanswered_petition_is_not_reopened() -> None:
    closed = _closed()
    late = utc_now() + settings.VSSID_PETITION_REOPENS_WITHIN + DAY
    with pytest.raises(errors.ReopenTooLateError):
        _reopen(closed, now=late)
    withdrawn = moving.withdraw_petition(petition=a_guest_petition(), by=WHO, now=utc_now())
    with pytest.raises(errors.ReopenTooLateError):
        _reopen(withdrawn)


def test_failed_auditing_undoes_the_reopening(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = _closed()
    fail_auditing(monkeypatch, judging)
    with pytest.raises(AuditingFailedError):
        _reopen(closed)
    closed.refresh_from_db()
    assert closed.state == State.CLOSED


# --- working together -----------------------------------------------------------------------------


def test_taken_petition_is_not_answered_by_a_colleague_until_taken_over() -> None:
    petition, first, second = a_guest_petition(), _officer(), _officer(Role.HEAD)
    moving.take_petition(petition=petition, by=first, now=utc_now())
    with pytest.raises(errors.ClaimedByAnotherError) as refused:
        _answered(petition, second)
    assert first.full_name in str(refused.value)
    working.take_over_petition(petition=petition, by=second, now=utc_now())
    assert _answered(petition, second).claimed_by == second.user_name
    assert Event.objects.get(act="petition.take-over").details["from"] == first.user_name


def test_note_is_read_at_the_desk_alone() -> None:
    petition = a_guest_petition()
    working.note_petition(petition=petition, words="Đã gọi quầy 3.", by=_officer(), now=utc_now())
    today = vietnam_today(utc_now())
    assert "Đã gọi quầy 3." not in str(queries.whole(petition, today=today).steps)
    assert "Đã gọi quầy 3." in str(queries.whole(petition, today=today, inside=True).steps)
    assert (
        not Message.objects.exclude(template="petition.received")
        .exclude(template="code.petition")
        .exists()
    )


@pytest.mark.parametrize("command", [working.note_petition, working.take_over_petition])
def test_officer_of_another_office_does_neither(command: Any) -> None:
    more = {"words": "Ghi chú."} if command is working.note_petition else {}
    with pytest.raises(errors.NotThisOfficeError):
        command(
            petition=a_guest_petition(), by=_officer(office=HAI_BA_TRUNG), now=utc_now(), **more
        )


def test_double_is_merged_and_its_sender_told_where_the_answer_will_be() -> None:
    kept, double, by = a_guest_petition(), a_guest_petition(words="Như trên."), _officer()
    merged = working.merge_petition(petition=double, into=kept, by=by, now=utc_now())
    assert (merged.state, merged.double_of) == (State.CLOSED, kept.code)
    told = Message.objects.get(template="petition.merged")
    assert told.data["into"] == queries.whole(merged, today=merged.due_on).double_of
    with pytest.raises(errors.ReopenTooLateError):
        _reopen(merged)


def test_only_open_petitions_of_the_same_sender_are_doubles() -> None:
    mine, others, by = a_guest_petition(), a_guest_petition(phone="+84912000078"), _officer()
    for into in (others, mine):
        with pytest.raises(errors.NotADoubleError):
            working.merge_petition(petition=mine, into=into, by=by, now=utc_now())


# --- overdue --------------------------------------------------------------------------------------


def test_overdue_petition_is_brought_up_once_in_the_pause() -> None:
    petition = a_guest_petition()
    assert overdue.remind_heads(now=utc_now()) == 0
    late = utc_now() + 40 * DAY
    assert [overdue.remind_heads(now=late) for _ in range(2)] == [1, 0]
    assert overdue.remind_heads(now=late + settings.VSSID_PETITION_REMINDER_PAUSE) == 1
    assert PetitionStep.objects.filter(act="remind").count() == 2
    assert queries.overdue([HA_NOI], vietnam_today(late)) == (1, petition.due_on)
    assert not queries.whole(petition, today=vietnam_today(late)).steps[1:]


# --- figures --------------------------------------------------------------------------------------


def test_figures_count_by_category_and_office_with_median_and_late_share() -> None:
    now = utc_now()
    for days in (2, 4, 30):
        answered = _answered(a_guest_petition(phone=f"+8491200{days:04}"), _any_officer())
        Petition.objects.filter(id=answered.id).update(
            opened_at=now - days * DAY, answered_at=now, was_late=days == 30, is_helpful=days < 30
        )
    a_guest_petition(category="gop-y", phone="+84912009999")
    found = figures.total(None, since=now - 90 * DAY, now=now)
    assert (found.all, found.answered, found.waiting, found.late) == (4, 3, 1, 1)
    assert found.median_days == pytest.approx(4)
    assert (found.late_share, found.rated, found.helpful) == (0.25, 3, 2)
    by = figures.by("category", [HA_NOI], since=now - 90 * DAY, now=now)
    assert [(one.key, one.all) for one in by] == [("phuc-vu", 3), ("gop-y", 1)]
    assert figures.total([HAI_BA_TRUNG], since=now - 90 * DAY, now=now).all == 0
    assert figures.total(None, since=now - 10 * DAY, now=now).all == 3


def _any_officer() -> Officer:
    return Officer.objects.first() or _officer()
