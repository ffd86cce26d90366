"""«Chia sẻ hồ sơ»: made with a code, accepted, ended by either side, by its term, by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    a_session,
    all_at_once,
    an_account,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors
from vssid.accounts.commands import closing, disowning, sharing
from vssid.accounts.models import Account, Session
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.identifiers import LoginNumber, parse_login_number
from vssid.messaging.models import Message
from vssid.people import commands as people
from vssid.people.errors import ShareExistsError, ShareOverError
from vssid.people.models import Person, Share, ShareEnd
from vssid.people.visibility import Part

pytestmark = pytest.mark.django_db

CARD = frozenset({Part.CARD})


@pytest.fixture
def both() -> None:
    """Hồng and Khoa have accounts; Hồng is to share."""
    an_account(HONG)
    an_account(KHOA)


def _typed(number: str = KHOA.number) -> LoginNumber:
    return parse_login_number(number)


def _prepare(**changes: Any) -> str:
    wish: dict[str, Any] = {
        "number": HONG.number, "typed": _typed(), "name": KHOA.full_name, "parts": CARD,
        "term": "week", "now": utc_now(),
    }  # fmt: skip
    return sharing.prepare_share(**{**wish, **changes})


def _sent(**changes: Any) -> str:
    ticket = _prepare(**changes)
    sharing.send_share_code(number=HONG.number, ticket=ticket, now=utc_now())
    return ticket


def _finish(ticket: str, typed: str | None = None) -> Share:
    return sharing.finish_share(
        number=HONG.number, ticket=ticket, typed=typed or last_code(), now=utc_now()
    )


def _shared(*, accepted: bool = True) -> Share:
    share = _finish(_sent())
    if accepted:
        sharing.accept_share(number=KHOA.number, share=share, now=utc_now())
    Message.objects.all().delete()
    return share


def _told() -> dict[str, str]:
    """Which template went to which phone."""
    return dict(Message.objects.filter(channel="sms").values_list("address", "template"))


def _ended(share: Share) -> str:
    share.refresh_from_db()
    assert (share.ended_at is None) is (share.end_reason == "")
    return share.end_reason


# --- making one -------------------------------------------------------------------------------


@pytest.mark.usefixtures("both")
def test_share_is_offered_with_a_code_and_both_are_told() -> None:
    ticket = _sent()
    assert Message.objects.get(template="code.share").data["other"] == "0198***002"
    Message.objects.exclude(template="code.share").delete()
    share = _finish(ticket)
    assert (share.owner_number, share.reader_id) == (HONG.number, KHOA.number)
    assert (share.shows_card, share.shows_medical_book, share.accepted_at) == (True, False, None)
    assert share.ends_at - share.made_at == timedelta(days=7)
    told = Message.objects.values_list("address", "template")
    assert (HONG.phone, "share.made") in told
    assert {(KHOA.phone, "share.offered"), (KHOA.email, "share.offered")} <= set(told)
    event = Event.objects.get(act="share.open")
    assert (event.actor, event.subject) == (HONG.number, HONG.number)
    assert event.details == {"share": str(share.id), "reader": KHOA.number, "parts": ["card"]}


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    "change", [{"parts": frozenset({Part.CARD, Part.BENEFITS})}, {"term": "month"}]
)
def test_code_serves_exactly_what_it_was_sent_for(change: dict[str, Any]) -> None:
    _sent()
    with pytest.raises(errors.WrongCodeError):
        _finish(_prepare(**change))
    assert not Share.objects.exists()


@pytest.mark.usefixtures("both")
def test_code_serves_once_and_a_wrong_one_not_at_all() -> None:
    ticket = _sent()
    with pytest.raises(errors.WrongCodeError):
        _finish(ticket, another_code(last_code()))
    share, code = _finish(ticket), last_code()
    sharing.end_share(number=HONG.number, share=share, now=utc_now())
    with pytest.raises(errors.CodeLateError):
        _finish(ticket, code)


@pytest.mark.usefixtures("both")
def test_ticket_of_somebody_else_is_late() -> None:
    with pytest.raises(errors.TicketLateError):
        sharing.wish_of(number=KHOA.number, ticket=_prepare(), now=utc_now())


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("typed", [KHOA.number, KHOA.id_number])
@pytest.mark.parametrize("name", [KHOA.full_name, "trần  đăng khoa", "TRAN DANG KHOA"])
def test_reader_is_found_by_either_number_and_a_name_of_any_case(typed: str, name: str) -> None:
    ticket = _prepare(typed=_typed(typed), name=name)
    assert sharing.wish_of(number=HONG.number, ticket=ticket, now=utc_now()).reader == KHOA.number


def _no_account() -> None:
    Account.objects.filter(person_id=KHOA.number).delete()


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("number", "name", "before"),
    [
        (KHOA.number, "Trần Đăng Khôi", None),
        ("0198000077", KHOA.full_name, None),
        ("001090000077", KHOA.full_name, None),
        (KHOA.number, KHOA.full_name, _no_account),
        (KHOA.number, KHOA.full_name,
         lambda: Account.objects.filter(person_id=KHOA.number).update(locked_at=utc_now())),
        (KHOA.number, KHOA.full_name,
         lambda: Person.objects.filter(number=KHOA.number).update(died_on=date(2026, 1, 1))),
    ],
    ids=["name", "number", "personal-number", "no-account", "locked", "dead"],
)  # fmt: skip
def test_whatever_does_not_match_is_refused_with_the_same_sentence(
    number: str, name: str, before: Callable[[], object] | None
) -> None:
    if before:
        before()
    with pytest.raises(errors.ShareUnknownError) as refused:
        _prepare(typed=_typed(number), name=name)
    assert str(refused.value) == str(errors.ShareUnknownError())


@pytest.mark.usefixtures("both")
def test_eleventh_try_in_an_hour_is_refused_though_it_would_match() -> None:
    for _ in range(10):
        with pytest.raises(errors.ShareUnknownError):
            _prepare(name="Ai Đó")
    with pytest.raises(errors.ShareTriesError) as refused:
        _prepare()
    assert refused.value.wait <= timedelta(hours=1)
    assert _prepare(now=utc_now() + timedelta(hours=1))


@pytest.mark.usefixtures("both")
def test_own_number_no_part_a_minor_and_a_held_account_are_refused() -> None:
    with pytest.raises(errors.ShareSelfError):
        _prepare(typed=_typed(HONG.number), name=HONG.full_name)
    with pytest.raises(errors.ShareNothingError):
        _prepare(parts=frozenset())
    until = utc_now() + settings.VSSID_CHANGES_HELD
    Account.objects.filter(person_id=HONG.number).update(changes_held_until=until)
    with pytest.raises(errors.ChangesHeldError):
        _prepare()
    Account.objects.update(changes_held_until=None)
    Person.objects.filter(number=HONG.number).update(birth_date=date(utc_now().year - 17, 1, 1))
    with pytest.raises(errors.ShareAdultsOnlyError):
        _prepare()


@pytest.mark.usefixtures("both")
def test_second_share_with_the_same_person_is_refused_until_the_first_is_over() -> None:
    share = _shared()
    Account.objects.update(email="")
    ticket = _sent()
    with pytest.raises(ShareExistsError):
        _finish(ticket)
    now = utc_now()
    Share.objects.update(made_at=now - timedelta(days=9), ends_at=now - timedelta(seconds=1))
    assert _finish(ticket).id != share.id
    assert _ended(share) == ShareEnd.TERM


@pytest.mark.usefixtures("both")
def test_account_that_closed_meanwhile_is_offered_nothing() -> None:
    ticket = _sent()
    _no_account()
    with pytest.raises(errors.ShareUnknownError):
        _finish(ticket)
    assert not Share.objects.exists()


# --- answering and ending ---------------------------------------------------------------------


@pytest.mark.usefixtures("both")
def test_reader_accepts_once_and_both_are_told() -> None:
    share = _shared(accepted=False)
    before = Person.objects.get(number=KHOA.number).record_version
    sharing.accept_share(number=KHOA.number, share=share, now=utc_now())
    assert _told() == {HONG.phone: "share.accepted", KHOA.phone: "share.received"}
    assert Person.objects.get(number=KHOA.number).record_version == before + 1
    with pytest.raises(ShareOverError):
        sharing.accept_share(number=KHOA.number, share=share, now=utc_now())
    event = Event.objects.get(act="share.accept")
    assert (event.actor, event.subject) == (KHOA.number, HONG.number)


@pytest.mark.usefixtures("both")
def test_owner_cannot_accept_for_the_reader_nor_a_stranger_end_it() -> None:
    share = _shared(accepted=False)
    for answer in (sharing.accept_share, sharing.decline_share):
        with pytest.raises(ShareOverError):
            answer(number=HONG.number, share=share, now=utc_now())
    with pytest.raises(ShareOverError):
        sharing.end_share(number="0198000077", share=share, now=utc_now())
    assert _ended(share) == ""


@pytest.mark.usefixtures("both")
def test_reader_declines_and_both_are_told() -> None:
    share = _shared(accepted=False)
    sharing.decline_share(number=KHOA.number, share=share, now=utc_now())
    assert _ended(share) == ShareEnd.DECLINED
    assert _told() == {HONG.phone: "share.declined", KHOA.phone: "share.declined"}
    with pytest.raises(ShareOverError):
        sharing.accept_share(number=KHOA.number, share=share, now=utc_now())


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("number", "reason"), [(HONG.number, ShareEnd.OWNER), (KHOA.number, ShareEnd.READER)]
)
def test_either_side_ends_it_at_once_and_both_are_told(number: str, reason: ShareEnd) -> None:
    share = _shared()
    sharing.end_share(number=number, share=share, now=utc_now())
    assert _ended(share) == reason
    assert _told() == {HONG.phone: "share.ended", KHOA.phone: "share.ended"}
    event = Event.objects.get(act="share.end")
    assert (event.actor, event.subject, event.details["reason"]) == (number, HONG.number, reason)
    with pytest.raises(ShareOverError):
        sharing.end_share(number=number, share=share, now=utc_now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("both")
def test_both_sides_ending_at_once_end_it_once() -> None:
    share = _shared()
    ends = [
        lambda who=who: sharing.end_share(number=who, share=share, now=utc_now())
        for who in (HONG.number, KHOA.number)
    ]
    outcomes = all_at_once(ends * 4, threads=4)
    assert [one for one in outcomes if not isinstance(one, ShareOverError)] == [None]
    assert Event.objects.filter(act="share.end").count() == 1


# --- by itself --------------------------------------------------------------------------------


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("who", [HONG, KHOA])
@pytest.mark.parametrize("accepted", [True, False])
def test_closing_either_account_ends_it_and_tells_both(who: Any, *, accepted: bool) -> None:
    share = _shared(accepted=accepted)
    closing.send_closing_code(number=who.number, now=utc_now())
    closing.close_account(number=who.number, typed=last_code(who.phone), now=utc_now())
    assert _ended(share) == ShareEnd.ACCOUNT
    told = Message.objects.filter(template="share.ended", channel="sms")
    assert set(told.values_list("address", flat=True)) == {HONG.phone, KHOA.phone}


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("who", [HONG, KHOA])
def test_locking_either_account_ends_it(who: Any) -> None:
    share = _shared()
    a_session(Account.objects.get(person_id=who.number))
    session = Session.objects.get(account_id=who.number)
    link = disowning.make_link(number=who.number, session_id=session.id, now=utc_now())
    disowning.disown(code=link.rstrip("/").rsplit("/", 1)[-1], now=utc_now())
    assert _ended(share) == ShareEnd.ACCOUNT


@pytest.mark.usefixtures("both")
def test_lapsed_share_is_ended_and_the_owner_told() -> None:
    share = _shared()
    assert sharing.end_over(now=share.ends_at - timedelta(seconds=1)) == 0
    assert sharing.end_over(now=share.ends_at) == 1
    assert _ended(share) == ShareEnd.TERM
    assert _told() == {HONG.phone: "share.lapsed", KHOA.phone: "share.lapsed"}
    assert sharing.end_over(now=share.ends_at) == 0


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("who", [HONG, KHOA])
def test_share_of_somebody_dead_is_ended(who: Any) -> None:
    share = _shared()
    Person.objects.filter(number=who.number).update(died_on=date(2026, 1, 1))
    assert sharing.end_over(now=utc_now()) == 1
    assert _ended(share) == ShareEnd.DEATH


# --- when auditing fails ----------------------------------------------------------------------


@pytest.mark.usefixtures("both")
def test_nothing_is_shared_answered_or_ended_when_auditing_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket, code = _sent(), last_code()
    with monkeypatch.context() as failing:
        fail_auditing(failing, people)
        with pytest.raises(AuditingFailedError):
            _finish(ticket, code)
    assert not Share.objects.exists()
    share = _finish(ticket, code)
    Message.objects.all().delete()
    fail_auditing(monkeypatch, people)
    for act in (sharing.accept_share, sharing.decline_share, sharing.end_share):
        with pytest.raises(AuditingFailedError):
            act(number=KHOA.number, share=share, now=utc_now())
    assert _ended(share) == ""
    assert share.accepted_at is None
    assert not Message.objects.exists()
