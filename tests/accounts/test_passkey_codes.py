"""The code before a passkey is added: the phone or SmartOTP must agree."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.factories import HONG, KHOA, an_account, another_code, last_code
from vssid.accounts import errors
from vssid.accounts.commands import passkey_codes, passkeys
from vssid.accounts.models import Account, Passkey
from vssid.kernel.clock import utc_now
from vssid.kernel.passkeys import Party
from vssid.messaging.models import Channel, Kind, Message

pytestmark = pytest.mark.django_db

SITE = Party("vssid.example", "https://vssid.example", "VssID")


def _prepare(number: str = HONG.number) -> str:
    now = utc_now()
    ticket = passkey_codes.prepare_passkey(number=number, now=now)
    passkey_codes.send_passkey_code(number=number, ticket=ticket, now=now)
    return ticket


def _confirm(ticket: str, typed: str | None = None) -> str:
    return passkey_codes.confirm_passkey(
        number=HONG.number, ticket=ticket, typed=typed or last_code(), now=utc_now()
    )


def _ask(proof: str, number: str = HONG.number) -> passkeys.Asked:
    return passkeys.ask_to_add(number=number, proof=proof, party=SITE, now=utc_now())


def test_code_goes_to_the_phone_even_with_an_email() -> None:
    an_account(KHOA)
    _prepare(KHOA.number)
    sent = Message.objects.get(kind=Kind.CODE)
    assert (sent.channel, sent.address) == (Channel.SMS, KHOA.phone)


def test_password_alone_adds_no_passkey() -> None:
    an_account()
    ticket = _prepare()
    for proof in ("", "nonsense", ticket):
        with pytest.raises(errors.TicketLateError):
            _ask(proof)
    with pytest.raises(errors.WrongCodeError):
        _confirm(ticket, another_code(last_code()))
    assert _ask(_confirm(ticket)).options


def test_proof_serves_its_own_person_and_for_one_passkey() -> None:
    an_account()
    an_account(KHOA)
    proof = _confirm(_prepare())
    with pytest.raises(errors.TicketLateError):
        _ask(proof, KHOA.number)
    Passkey.objects.create(
        account_id=HONG.number,
        credential_id=b"x",
        public_key=b"x",
        handle=b"x",
        sign_count=0,
        name="Chrome trên Android",
        made_at=utc_now(),
    )
    with pytest.raises(errors.TicketLateError):
        _ask(proof)


def test_proof_is_late_after_as_long_as_a_session_idles() -> None:
    an_account()
    proof = _confirm(_prepare())
    later = utc_now() + settings.VSSID_SESSION_IDLE + timedelta(minutes=1)
    with pytest.raises(errors.TicketLateError):
        passkeys.ask_to_add(number=HONG.number, proof=proof, party=SITE, now=later)


def test_no_code_is_sent_while_changes_wait() -> None:
    an_account()
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=3))
    with pytest.raises(errors.ChangesHeldError):
        _prepare()
    assert not Message.objects.exists()
