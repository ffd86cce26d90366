"""A disputed guardianship: frozen for all, told to all, decided with reasons (guides C05)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import (
    CLERK,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    THANH_TRI,
    AuditingFailedError,
    an_officer,
    fail_auditing,
)
from tests.registration.children import (
    NGOC,
    TODAY,
    a_child,
    a_child_declaration,
    approved_by_two,
    parents,
)
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message
from vssid.people import commands as people
from vssid.people import queries
from vssid.people.models import Guardianship
from vssid.reference.errors import UnknownOfficeError
from vssid.registration import errors
from vssid.registration.commands import disputing
from vssid.registration.models import GuardianshipDispute
from vssid.staff.models import Officer, Role

pytestmark = pytest.mark.django_db
WORDS = "Tòa án giao con cho tôi nuôi."


@pytest.fixture(autouse=True)
def held() -> dict[str, Guardianship]:
    """Hồng and Khoa act for Ngọc."""
    parents()
    a_child()
    return {
        guardian: people.open_guardianship(
            guardian=guardian,
            child=NGOC.number,
            relation=relation,
            on=TODAY - timedelta(days=90),
            by=CLERK,
        )
        for guardian, relation in ((HONG.number, "mother"), (KHOA.number, "father"))
    }


def _report(guardian: str = HONG.number, words: str = WORDS) -> GuardianshipDispute:
    return disputing.report_dispute(
        guardian=guardian, child=NGOC.number, words=words, now=utc_now()
    )


def _sees(guardian: str) -> bool:
    return queries.child_seen(guardian, NGOC.number, TODAY) is not None


def _told(template: str) -> set[str]:
    found = Message.objects.filter(template=template, channel="sms")
    return set(found.values_list("address", flat=True))


def test_neither_sees_the_record_from_the_report_on_and_both_are_told() -> None:
    _report()
    assert not _sees(HONG.number)
    assert not _sees(KHOA.number)
    assert _told("dispute.opened") == {HONG.phone, KHOA.phone}
    assert Event.objects.filter(act="guardianship.freeze", subject=NGOC.number).count() == 2
    assert Event.objects.filter(act="dispute.open", subject=NGOC.number).count() == 1


def test_officer_marks_by_the_childs_number_for_their_own_office() -> None:
    officer = an_officer(Role.DECISION, HAI_BA_TRUNG)
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    assert (dispute.office, dispute.marked_by) == (HAI_BA_TRUNG, officer.user_name)
    assert not _sees(HONG.number)


def test_who_only_takes_papers_in_freezes_nobody() -> None:
    officer = an_officer(Role.INTAKE, HAI_BA_TRUNG)
    with pytest.raises(errors.MayNotDecideError):
        disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    assert _sees(HONG.number)


def test_office_is_the_one_that_approved_a_guardian(held: dict[str, Guardianship]) -> None:
    Guardianship.objects.filter(id=held[KHOA.number].id).delete()
    approved_by_two(a_child_declaration(guardian=KHOA, relation="father"))
    assert _report().office == THANH_TRI


def test_decision_lets_the_kept_one_act_again_and_ends_the_other(
    held: dict[str, Guardianship],
) -> None:
    disputing.decide_dispute(
        dispute=_report(), kept={held[HONG.number].id}, reason=WORDS, by=_decider(), now=utc_now()
    )
    assert _sees(HONG.number)
    assert not _sees(KHOA.number)
    assert (_told("dispute.kept"), _told("dispute.ended")) == ({HONG.phone}, {KHOA.phone})
    assert Message.objects.filter(template="dispute.ended").first().data["reason"] == WORDS  # type: ignore[union-attr]
    # From now on the ended one is none of the guardians, also on the day of the decision.
    people_now = queries.guardians_of(NGOC.number, TODAY)
    assert [one.guardian_id for one in people_now] == [HONG.number]


def test_one_that_began_today_opens_nothing_once_it_was_ended(
    held: dict[str, Guardianship],
) -> None:
    Guardianship.objects.filter(id=held[KHOA.number].id).update(from_date=TODAY)
    disputing.decide_dispute(
        dispute=_report(), kept=set(), reason=WORDS, by=_decider(), now=utc_now()
    )
    assert not _sees(KHOA.number)
    assert not _sees(HONG.number)


def test_who_was_ended_may_be_approved_anew(held: dict[str, Guardianship]) -> None:
    Guardianship.objects.filter(id=held[KHOA.number].id).update(from_date=TODAY)
    dispute, officer = _report(), _decider()
    disputing.decide_dispute(
        dispute=dispute, kept={held[HONG.number].id}, reason=WORDS, by=officer, now=utc_now()
    )
    approved_by_two(a_child_declaration(guardian=KHOA, relation="father"))
    assert _sees(KHOA.number)


def test_nobody_is_approved_while_it_is_disputed() -> None:
    _report()
    Guardianship.objects.filter(guardian_id=KHOA.number).delete()
    filed = a_child_declaration(guardian=KHOA, relation="father")
    with pytest.raises(errors.GuardianshipDisputedError):
        approved_by_two(filed)


def test_reported_twice_is_refused() -> None:
    _report()
    with pytest.raises(errors.NothingToDisputeError):
        _report(KHOA.number)


def test_stranger_and_only_guardian_have_nothing_to_report() -> None:
    with pytest.raises(errors.NothingToDisputeError):
        _report("0198000077")
    Guardianship.objects.filter(guardian_id=KHOA.number).delete()
    with pytest.raises(errors.NothingToDisputeError):
        _report()


@pytest.mark.parametrize("words", ["", "  ngắn  ", "\0"])
def test_words_are_needed(words: str) -> None:
    with pytest.raises(errors.DisputeWordsMissingError):
        _report(words=words)
    assert _sees(HONG.number)


def test_child_without_guardians_is_not_marked() -> None:
    with pytest.raises(errors.NothingToDisputeError):
        disputing.mark_dispute(child="0199999999", words=WORDS, by=an_officer(), now=utc_now())


def test_who_may_decide() -> None:
    dispute = _report()
    for officer, error in (
        (an_officer(Role.INTAKE, dispute.office), errors.MayNotDecideError),
        (an_officer(office=HAI_BA_TRUNG if dispute.office != HAI_BA_TRUNG else THANH_TRI),
         errors.NotThisOfficeError),
    ):  # fmt: skip
        with pytest.raises(error):
            disputing.decide_dispute(
                dispute=dispute, kept=set(), reason=WORDS, by=officer, now=utc_now()
            )
    assert GuardianshipDispute.objects.get().decided_at is None


def test_second_decision_is_refused(held: dict[str, Guardianship]) -> None:
    dispute, officer = _report(), _decider()
    disputing.decide_dispute(
        dispute=dispute, kept={uuid4()}, reason=WORDS, by=officer, now=utc_now()
    )
    with pytest.raises(errors.DisputeOverError):
        disputing.decide_dispute(
            dispute=dispute,
            kept={held[KHOA.number].id},
            reason=WORDS,
            by=officer,
            now=utc_now(),
        )
    assert not _sees(KHOA.number)


def test_report_is_rolled_back_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_auditing(monkeypatch, people)
    with pytest.raises(AuditingFailedError):
        _report()
    assert _sees(HONG.number)
    assert not GuardianshipDispute.objects.exists()
    assert _told("dispute.opened") == set()


def _decider() -> Officer:
    dispute = GuardianshipDispute.objects.filter(decided_at__isnull=True).first()
    return an_officer(office=dispute.office if dispute else THANH_TRI)


# --- to another office ----------------------------------------------------------------------------


NOTE = "Gia đình ở phía bên kia."


def _hand(
    dispute: GuardianshipDispute, by: Officer, office: str = HAI_BA_TRUNG, note: str = NOTE
) -> GuardianshipDispute:
    return disputing.hand_dispute(dispute=dispute, office=office, note=note, by=by)


def test_dispute_is_handed_over_with_a_word_and_all_guardians_are_told() -> None:
    officer = an_officer()
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    sent = _hand(dispute, officer)
    assert (sent.office, sent.note, sent.note_by) == (HAI_BA_TRUNG, NOTE, officer.user_name)
    told = Message.objects.filter(template="dispute.moved", channel="sms")
    assert set(told.values_list("address", flat=True)) == {HONG.phone, KHOA.phone}
    assert not _sees(HONG.number)
    event = Event.objects.get(act="dispute.hand-over")
    assert (event.details["from"], event.details["to"]) == (THANH_TRI, HAI_BA_TRUNG)
    with pytest.raises(errors.NotThisOfficeError):
        disputing.decide_dispute(dispute=sent, kept=set(), reason=WORDS, by=officer, now=utc_now())
    there = an_officer(office=HAI_BA_TRUNG)
    disputing.decide_dispute(dispute=sent, kept=set(), reason=WORDS, by=there, now=utc_now())


def test_dispute_that_comes_back_is_told_again() -> None:
    officer = an_officer()
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    for _ in range(2):
        _hand(_hand(dispute, officer), an_officer(office=HAI_BA_TRUNG), THANH_TRI)
    told = Message.objects.filter(template="dispute.moved", channel="sms", address=HONG.phone)
    assert told.count() == 4


def test_only_who_decides_there_hands_over() -> None:
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=an_officer(), now=utc_now())
    with pytest.raises(errors.NotThisOfficeError):
        _hand(dispute, an_officer(office=HAI_BA_TRUNG), HAI_BA_TRUNG)
    with pytest.raises(errors.MayNotDecideError):
        _hand(dispute, an_officer(Role.INTAKE))
    dispute.refresh_from_db()
    assert dispute.office == THANH_TRI


@pytest.mark.parametrize(
    ("office", "note", "error"),
    [
        (THANH_TRI, NOTE, errors.OfficeSameError),
        ("99999", NOTE, UnknownOfficeError),
        (HAI_BA_TRUNG, " ", errors.NoteMissingError),
    ],
)
def test_dispute_goes_nowhere_without_a_right_office_and_a_word(
    office: str, note: str, error: type[Exception]
) -> None:
    officer = an_officer()
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    with pytest.raises(error):
        _hand(dispute, officer, office, note)
    dispute.refresh_from_db()
    assert dispute.office == THANH_TRI


def test_decided_dispute_stays_where_it_was_decided() -> None:
    officer = an_officer()
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    disputing.decide_dispute(dispute=dispute, kept=set(), reason=WORDS, by=officer, now=utc_now())
    with pytest.raises(errors.DisputeOverError):
        _hand(dispute, officer)


def test_dispute_stays_when_the_event_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = an_officer()
    dispute = disputing.mark_dispute(child=NGOC.number, words=WORDS, by=officer, now=utc_now())
    fail_auditing(monkeypatch, disputing)
    with pytest.raises(AuditingFailedError):
        _hand(dispute, officer)
    dispute.refresh_from_db()
    assert dispute.office == THANH_TRI
