"""Writing and following without an account: the phone is proven, unknown codes answered alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    HONG,
    AuditingFailedError,
    another_code,
    drawn,
    fail_auditing,
    last_code,
)
from tests.support.guests import PHONE, WORDS, a_guest_petition, a_letter
from tests.support.reporting import a_record, report
from tests.support.test_opening import PDF
from vssid.accounts import errors as account_errors
from vssid.accounts.commands import codes
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.files.errors import PhotoNotAPhotoError
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import TooManyError
from vssid.messaging.models import Message
from vssid.support import catalogue, errors, papers, rules
from vssid.support.commands import following, guests, opening, steps
from vssid.support.models import Petition, PetitionCode, PetitionFile, PetitionStep

pytestmark = pytest.mark.django_db
NOBODYS = "PA00000000"
FROM = "203.0.113.7"


def _coded(letter: guests.Letter) -> str:
    guests.send_phone_code(letter=letter, asked_from=FROM, now=utc_now())
    return last_code(letter.phone)


# --- writing --------------------------------------------------------------------------------------


def test_u05_letter_with_a_proven_phone_becomes_a_petition_with_code_and_day() -> None:
    petition = a_guest_petition()
    assert (petition.number, petition.sender, petition.phone) == ("", "", PHONE)
    assert (petition.kind, petition.category, petition.words) == ("complaint", "phuc-vu", WORDS)
    days = catalogue.categories()["phuc-vu"].days
    assert petition.due_on == rules.due_day(vietnam_today(utc_now()), days)
    assert PetitionCode.objects.get(code=petition.code).petition == petition.id
    assert PetitionStep.objects.get().act == "open"
    assert Event.objects.get(act="petition.open").details == {"petition": petition.code}
    assert Message.objects.get(template="petition.received").address == PHONE


def test_each_category_promises_its_own_day() -> None:
    quick, slow = a_guest_petition(category="tai-khoan"), a_letter(category="don-vi")
    assert quick.due_on < steps.due_on(category=slow.category, now=utc_now())


def test_wrong_code_opens_nothing() -> None:
    letter = a_letter()
    wrong = another_code(_coded(letter))
    with pytest.raises(account_errors.WrongCodeError):
        guests.send_letter(letter=letter, typed=wrong, now=utc_now())
    assert not Petition.objects.exists()


@pytest.mark.parametrize("changes", [{"words": "Việc khác hẳn."}, {"phone": "+84912000078"}])
def test_code_confirms_nothing_but_what_was_written(changes: dict[str, str]) -> None:
    letter = a_letter()
    code = _coded(letter)
    with pytest.raises(account_errors.WrongCodeError):
        guests.send_letter(letter=replace(letter, **changes), typed=code, now=utc_now())
    assert not Petition.objects.exists()


def test_letter_sent_twice_is_one_petition() -> None:
    letter = a_letter()
    code = _coded(letter)
    sent = guests.send_letter(letter=letter, typed=code, now=utc_now())
    with pytest.raises(account_errors.CodeLateError):
        guests.send_letter(letter=letter, typed=code, now=utc_now())
    assert guests.sent(letter=letter, now=utc_now()) == sent
    assert Petition.objects.count() == 1


@pytest.mark.parametrize("category", ["", "khong-co", catalogue.REPORTED])
def test_what_stands_not_on_the_form_is_refused(category: str) -> None:
    letter = a_letter(category=category)
    with pytest.raises(errors.UnknownCategoryError):
        guests.send_letter(letter=letter, typed="000000", now=utc_now())


def test_a_phone_opens_a_handful_a_day() -> None:
    for _ in range(settings.VSSID_PETITIONS_PER_DAY):
        opening.check_pace(key=PHONE, now=utc_now())
    letter = a_letter()
    code = _coded(letter)
    with pytest.raises(errors.TooManyPetitionsError):
        guests.send_letter(letter=letter, typed=code, now=utc_now())


def test_letter_is_sealed_and_grows_old() -> None:
    now = utc_now()
    sealed = guests.seal_letter(letter=a_letter(), now=now)
    assert WORDS not in sealed
    assert guests.open_letter(sealed=sealed, now=now).words == WORDS
    for given, when in ((sealed[:-2], now), ("", now), (sealed, now + timedelta(days=2))):
        with pytest.raises(account_errors.TicketLateError):
            guests.open_letter(sealed=given, now=when)


def test_failed_auditing_undoes_the_petition(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = a_letter()
    code = _coded(letter)
    fail_auditing(monkeypatch, steps)
    with pytest.raises(AuditingFailedError):
        guests.send_letter(letter=letter, typed=code, now=utc_now())
    for model in (Petition, PetitionCode, PetitionStep):
        assert not model.objects.exists()


# --- pictures -------------------------------------------------------------------------------------


def _kept(content: bytes, parcel: papers.Parcel | None = None) -> papers.Parcel:
    return opening.keep_paper(
        parcel=parcel or papers.new_parcel(),
        content=content,
        by=Actor.visitor("x"),
        now=utc_now(),
        line=FROM,
    )


def test_picture_is_made_anew_and_kept_once_it_was_sent() -> None:
    parcel = _kept(drawn("front"))
    assert StoredFile.objects.get().delete_after is not None
    petition = a_guest_petition(parcel=parcel)
    assert PetitionFile.objects.get(petition=petition.id).media_type == papers.JPEG
    assert StoredFile.objects.get().delete_after is None


@pytest.mark.parametrize("content", [PDF, b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 40])
def test_only_pictures_come_from_who_has_no_account(content: bytes) -> None:
    with pytest.raises(PhotoNotAPhotoError):
        _kept(content)
    assert not StoredFile.objects.exists()


def test_one_line_keeps_no_more_pictures_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_PAPERS", replace(opening._PAPERS, allowed=1))
    _kept(drawn("front"))
    with pytest.raises(errors.PapersTooOftenError):
        _kept(drawn("front"))


# --- following ------------------------------------------------------------------------------------


def _asked(code: str) -> str:
    ticket = following.ask_to_follow(code=code, now=utc_now())
    following.send_code(ticket=ticket, asked_from=FROM, now=utc_now())
    subject = following.asked(ticket=ticket, now=utc_now()).subject
    live = OneTimeCode.objects.get(subject=subject, ended_at=None)
    following.send_follow_code(ticket=ticket, code_id=live.id, now=utc_now())
    return ticket


def _otps() -> list[str]:
    sent = Message.objects.filter(template="code.follow-petition")
    return list(sent.values_list("address", flat=True))


def test_otp_of_the_senders_phone_opens_the_petition_and_the_look_is_written() -> None:
    petition = a_guest_petition()
    ticket = _asked(petition.code)
    opened, found = following.open_petition_by_code(
        ticket=ticket, typed=last_code(PHONE), now=utc_now()
    )
    assert found == petition
    assert following.followed(opened=opened, now=utc_now()) == petition
    assert following.followed(opened=opened, now=utc_now() + timedelta(hours=1)) is None
    assert Event.objects.get(act="petition.follow").details == {"petition": petition.code}


def test_petition_from_an_account_sends_its_otp_to_the_accounts_phone() -> None:
    a_record()
    _asked(report().code)
    assert _otps() == [HONG.phone]


def test_unknown_code_runs_the_same_statements_and_sends_nothing() -> None:
    petition = a_guest_petition()
    counts = []
    for code in (petition.code, NOBODYS):
        with CaptureQueriesContext(connection) as ran:
            ticket = following.ask_to_follow(code=code, now=utc_now())
            following.send_code(ticket=ticket, asked_from=FROM, now=utc_now())
        counts.append(len(ran))
    assert counts[0] == counts[1]
    assert not _otps()


def test_even_the_right_digits_open_nothing_for_an_unknown_code() -> None:
    ticket = _asked(NOBODYS)
    assert not _otps()
    live = OneTimeCode.objects.get(purpose=CodePurpose.FOLLOW)
    digits = codes.digits_of(code_id=live.id)
    with pytest.raises(account_errors.CodeLateError):
        following.open_petition_by_code(ticket=ticket, typed=digits, now=utc_now())


def test_harvesting_codes_is_limited_by_network(settings: Any) -> None:
    settings.VSSID_CODES_PER_NETWORK_HOUR = 3
    for _ in range(3):
        _asked(rules.new_code())
    with pytest.raises(TooManyError):
        _asked(rules.new_code())
