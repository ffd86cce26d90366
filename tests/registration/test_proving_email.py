"""The email of a declaration, proven by the link in its letter, opens the case (guides R13)."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import HONG, KHOA, a_declaration, last_code, secret_of
from tests.registration.children import a_child, a_child_declaration, parents
from vssid.accounts import tokens
from vssid.accounts.models import OneTimeCode
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel, Message
from vssid.registration import errors
from vssid.registration.commands import following, proving_email
from vssid.registration.models import Declaration
from vssid.registration.rules import display_code, paper_due

pytestmark = pytest.mark.django_db


def _proof(declaration: Declaration) -> str:
    letter = Message.objects.get(idempotency_key=f"declaration.email.{declaration.id}")
    assert (letter.channel, letter.address) == ("email", declaration.email)
    return secret_of(letter)["proof"].rstrip("/").rpartition("/")[2]


def _asked_by_email(declaration: Declaration) -> str:
    """Ask for the OTP by email and let the worker work; the ticket."""
    now = utc_now()
    ticket = following.ask_to_follow(code=declaration.code, now=now)
    following.send_code(ticket=ticket, asked_from="", now=now, channel=Channel.EMAIL)
    subject = following.asked(ticket=ticket, now=now).subject
    live = OneTimeCode.objects.get(subject=subject)
    following.send_follow_code(ticket=ticket, code_id=live.id, now=now, channel=Channel.EMAIL)
    return ticket


def _codes() -> set[str]:
    return set(Message.objects.filter(template="code.follow").values_list("address", flat=True))


def test_letter_proves_the_email_once() -> None:
    declaration = a_declaration(KHOA)
    for _ in range(2):
        proving_email.prove_email(proof=_proof(declaration), number=KHOA.number, now=utc_now())
    declaration.refresh_from_db()
    assert declaration.email_proven_at
    assert Event.objects.filter(act="declaration.prove-email").count() == 1


def test_proven_email_receives_the_otp_and_opens_the_case() -> None:
    declaration = a_declaration(KHOA)
    proving_email.prove_email(proof=_proof(declaration), number=KHOA.number, now=utc_now())
    ticket = _asked_by_email(declaration)
    assert _codes() == {KHOA.email}
    opened = following.open_case(ticket=ticket, typed=last_code(KHOA.email), now=utc_now())
    found = following.followed(opened=opened, now=utc_now())
    assert found
    assert found.id == declaration.id


def test_email_that_nobody_proved_receives_nothing() -> None:
    _asked_by_email(a_declaration(KHOA))
    assert _codes() == set()


def test_declaration_without_an_email_has_no_letter_and_no_way_by_email() -> None:
    declaration = a_declaration(HONG)
    assert not Message.objects.filter(template="declaration.email").exists()
    _asked_by_email(declaration)
    assert _codes() == set()


def test_guardians_account_has_proven_its_email() -> None:
    parents()
    a_child()
    declaration = a_child_declaration(guardian=KHOA)
    assert not Message.objects.filter(template="declaration.email").exists()
    _asked_by_email(declaration)
    assert _codes() == {KHOA.email}


@pytest.mark.parametrize("proof", ["", "x", "é", "a" * 500])
def test_what_is_no_link_proves_nothing(proof: str) -> None:
    a_declaration(KHOA)
    with pytest.raises(errors.EmailProofUnknownError):
        proving_email.prove_email(proof=proof, number=KHOA.number, now=utc_now())


def test_link_of_another_email_or_purpose_proves_nothing() -> None:
    declaration = a_declaration(KHOA)
    proof = _proof(declaration)
    Declaration.objects.update(email="khac@example.com")
    other = tokens.seal("another", b'{"code": "x", "email": "y"}')
    for one in (proof, other):
        with pytest.raises(errors.EmailProofUnknownError):
            proving_email.prove_email(proof=one, number=KHOA.number, now=utc_now())
    assert Declaration.objects.get().email_proven_at is None


def test_page_of_the_link_asks_before_it_confirms() -> None:
    declaration = a_declaration(KHOA)
    address = f"/dang-ky/theo-doi/email/{_proof(declaration)}/"
    page = Client().get(address).content.decode()
    assert "Email này có đúng là của bạn?" in page
    assert KHOA.phone not in page
    assert KHOA.email not in page
    assert display_code(declaration.code) not in page
    declaration.refresh_from_db()
    assert declaration.email_proven_at is None
    assert Client().post(address).status_code == 422
    assert Client().post(address, {"number": KHOA.number})["Location"] == address
    assert "Email đã được xác nhận" in Client().get(address).content.decode()


def test_page_of_a_wrong_link_says_what_to_do() -> None:
    answer = Client().get("/dang-ky/theo-doi/email/sai/")
    assert answer.status_code == 404
    assert "theo dõi tờ khai bằng mã gửi đến điện thoại" in answer.content.decode()


def test_stranger_with_the_letter_cannot_prove_the_email_without_the_number() -> None:
    declaration = a_declaration(KHOA)
    address = f"/dang-ky/theo-doi/email/{_proof(declaration)}/"
    for _ in range(5):
        answer = Client().post(address, {"number": HONG.number})
        assert answer.status_code == 422
        assert "không phải mã số trong tờ khai" in answer.content.decode()
    braked = Client().post(address, {"number": KHOA.number})
    assert braked.status_code == 429
    assert "theo dõi tờ khai bằng mã gửi đến điện thoại" in braked.content.decode()
    declaration.refresh_from_db()
    assert declaration.email_proven_at is None
    _asked_by_email(declaration)
    assert _codes() == set()


def test_tries_of_a_link_end_altogether() -> None:
    proof, now = _proof(a_declaration(KHOA)), utc_now()
    for number in range(20):
        with pytest.raises(errors.EmailNumberDiffersError):
            _try(proof, now + timedelta(hours=2 * number))
    with pytest.raises(errors.EmailProofsExhaustedError):
        _try(proof, now + timedelta(hours=50), KHOA.number)


def _try(proof: str, now: datetime, number: str = HONG.number) -> None:
    proving_email.prove_email(proof=proof, number=number, now=now)


def test_link_is_over_with_the_term_of_the_paper(settings: LazySettings) -> None:
    declaration = a_declaration(KHOA)
    proof = _proof(declaration)
    due = paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE)
    assert proving_email.named_by(proof=proof, now=due - timedelta(seconds=1)) == declaration
    with pytest.raises(errors.EmailProofUnknownError):
        _try(proof, due, KHOA.number)
