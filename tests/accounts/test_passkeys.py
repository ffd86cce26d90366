"""Passkeys of citizens: made, used, renamed, removed; and everything that is refused."""

from datetime import timedelta
from typing import Any

import pytest

from tests.accounts.proofs import passkey_proof
from tests.authenticator import PRESENT, Authenticator
from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    an_account,
    fail_auditing,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import passkeys
from vssid.accounts.models import Account, DisownLink, Passkey, PasskeyOwner
from vssid.accounts.queries import passkeys_of
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.passkeys import Party
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db
SITE = Party("vssid.example", "https://vssid.example", "VssID")
HERE = "192.0.2.7"
SESSION = uuid7()


def _phone(**changes: Any) -> Authenticator:
    return Authenticator(**{"rp_id": SITE.id, "origin": SITE.origin, **changes})


def _add(phone: Authenticator, number: str = HONG.number, **changes: Any) -> Passkey:
    now = utc_now()
    asked = _ask_to_add(number, now=now)
    facts = {"ticket": asked.ticket, "answer": phone.make(asked.options), "now": now, **changes}
    return passkeys.add_passkey(
        number=number, session_id=SESSION, party=SITE, device="Chrome trên Android", **facts
    )


def _ask_to_add(number: str = HONG.number, **changes: Any) -> passkeys.Asked:
    facts = {"proof": passkey_proof(number), "now": utc_now(), **changes}
    return passkeys.ask_to_add(number=number, party=SITE, **facts)


def _use(phone: Authenticator, **changes: Any) -> Account:
    now = utc_now()
    number = changes.get("number", "")
    purpose = "prove" if number else "sign-in"
    asked = passkeys.ask_to_use(purpose=purpose, party=SITE, now=now, number=number)
    facts: dict[str, Any] = {"purpose": purpose, "ticket": asked.ticket, "party": SITE, "now": now}
    answer = changes.pop("answer", None) or phone.use(asked.options)
    return passkeys.use_passkey(answer=answer, **{"address": HERE, **facts, **changes})


def _acts() -> list[str]:
    return list(Event.objects.filter(act__startswith="passkey").values_list("act", flat=True))


def _told() -> list[str]:
    return list(Message.objects.order_by("id").values_list("template", flat=True))


def test_a_passkey_is_made_and_its_owner_told_by_phone_and_email() -> None:
    an_account(KHOA)
    phone = _phone()

    made = _add(phone, KHOA.number)

    assert [row.name for row in passkeys_of(KHOA.number)] == ["Chrome trên Android"]
    assert PasskeyOwner.objects.get().number == KHOA.number
    assert made.used_at is None
    assert _acts() == ["passkey.add"]
    assert _told() == ["account.passkey-added"] * 2
    assert {one.address for one in Message.objects.all()} == {KHOA.phone, KHOA.email}


def test_what_a_device_keeps_says_nothing_of_its_owner_and_is_the_same_every_time() -> None:
    an_account()
    first, second = _phone(), _phone()
    _add(first)
    _add(second)

    assert first.handle == second.handle
    assert first.handle is not None
    assert len(first.handle) == 32
    assert HONG.number.encode() not in first.handle
    asked = _ask_to_add()
    assert len(asked.options["excludeCredentials"]) == 2
    assert HONG.number not in str(asked.options)


def test_its_answer_opens_the_account_of_whoever_holds_it() -> None:
    an_account()
    an_account(KHOA)
    mine, theirs = _phone(counter=1), _phone()
    _add(mine)
    _add(theirs, KHOA.number)

    assert _use(mine).person_id == HONG.number
    assert _use(mine).person_id == HONG.number
    assert _use(theirs).person_id == KHOA.number
    row = passkeys_of(HONG.number)[0]
    assert row.used_at is not None
    assert Passkey.objects.get(account_id=HONG.number).sign_count == 3
    assert _acts().count("passkey.use") == 3


def test_proving_oneself_again_takes_ones_own_passkey_only() -> None:
    an_account()
    an_account(KHOA)
    mine, theirs = _phone(), _phone()
    _add(mine)
    _add(theirs, KHOA.number)

    assert _use(mine, number=HONG.number).person_id == HONG.number
    with pytest.raises(errors.PasskeyWrongError):
        _use(theirs, number=HONG.number)


def test_a_ticket_serves_once_even_after_a_wrong_answer() -> None:
    an_account()
    phone = _phone(step=0)
    _add(phone)
    now = utc_now()
    asked = passkeys.ask_to_use(purpose="sign-in", party=SITE, now=now)
    right = phone.use(asked.options)

    _use(phone, ticket=asked.ticket, answer=right)
    with pytest.raises(errors.TicketLateError):
        _use(phone, ticket=asked.ticket, answer=right)
    asked = passkeys.ask_to_use(purpose="sign-in", party=SITE, now=now)
    with pytest.raises(errors.PasskeyWrongError):
        _use(phone, ticket=asked.ticket, answer=_phone().use(asked.options))
    with pytest.raises(errors.TicketLateError):
        _use(phone, ticket=asked.ticket, answer=phone.use(asked.options))


def test_an_answer_is_late_after_five_minutes() -> None:
    an_account()
    phone = _phone()
    _add(phone)

    _use(phone, now=utc_now() + timedelta(minutes=4, seconds=59))
    with pytest.raises(errors.TicketLateError):
        _use(phone, now=utc_now() + timedelta(minutes=5, seconds=2))


def test_a_ticket_serves_its_own_purpose_and_person_only() -> None:
    an_account()
    an_account(KHOA)
    phone = _phone()
    _add(phone)
    now = utc_now()
    to_prove = passkeys.ask_to_use(purpose="prove", party=SITE, now=now, number=HONG.number)
    to_sign_in = passkeys.ask_to_use(purpose="sign-in", party=SITE, now=now)
    to_add = _ask_to_add(KHOA.number, now=now)

    for ticket in (to_prove.ticket, to_add.ticket, "", "nonsense"):
        with pytest.raises(errors.TicketLateError):
            _use(phone, ticket=ticket, answer=phone.use(to_prove.options))
    with pytest.raises(errors.TicketLateError):
        _use(phone, ticket=to_sign_in.ticket, number=HONG.number)
    with pytest.raises(errors.TicketLateError):
        _use(phone, ticket=to_prove.ticket, number=KHOA.number)
    with pytest.raises(errors.TicketLateError):
        _add(_phone(), ticket=to_add.ticket)


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT},
        {"handle": b"another"},
        {"handle": None},
        {"credential_id": b"unknown"},
    ],
)
def test_a_bent_answer_is_refused_in_the_same_words_and_counted(
    bent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkeys, "_WRONG", passkeys.limits.Limit("w", 1, timedelta(minutes=15)))
    an_account()
    phone, other = _phone(step=0), _phone()
    _add(phone)
    _add(other)
    for name, value in bent.items():
        setattr(phone, name, value)

    with pytest.raises(errors.PasskeyWrongError):
        _use(phone)
    assert "passkey.use" not in _acts()
    with pytest.raises(errors.PasskeyTriesError):
        _use(other)
    neighbour = "192.0.2.8"
    assert _use(other, address=neighbour).person_id == HONG.number


def test_an_answer_sent_twice_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "_WRONG", passkeys.limits.Limit("w", 1, timedelta(minutes=15)))
    an_account()
    phone = _phone()
    _add(phone)

    with pytest.raises(errors.TicketLateError):
        _use(phone, ticket="forged")
    with pytest.raises(errors.PasskeyTriesError):
        _use(phone)


def test_garbage_shuts_no_door_however_much_of_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "_WRONG", passkeys.limits.Limit("w", 1, timedelta(minutes=15)))
    an_account()
    phone = _phone()
    _add(phone)

    for answer in ("{}", "nonsense", "x" * 20_000):
        with pytest.raises(errors.PasskeyWrongError):
            _use(phone, ticket="forged", answer=answer)
    assert _use(phone).person_id == HONG.number


def test_what_the_owner_typed_stands_in_no_message() -> None:
    an_account()
    phone = _phone(counter=7)
    made = _add(phone)
    typed = "goi 0900 000 000 ngay"
    passkeys.rename_passkey(number=HONG.number, passkey_id=made.id, name=typed)
    phone.counter = 3
    with pytest.raises(errors.PasskeyCopiedError):
        _use(phone)
    passkeys.remove_passkey(number=HONG.number, passkey_id=made.id)

    assert _told()[1:] == ["account.passkey-copied", "account.passkey-removed"]
    assert all(typed not in str(one.data) for one in Message.objects.all())


def test_notice_of_a_new_passkey_disowns_the_session_that_made_it() -> None:
    an_account()
    _add(_phone())
    link = secret_of(Message.objects.get())["link"]
    assert "/khong-phai-toi/" in link
    assert DisownLink.objects.get().session_id == SESSION


def test_all_are_dropped_at_once_each_with_its_event() -> None:
    account = an_account()
    an_account(KHOA)
    phones = [_phone(), _phone()]
    for phone in phones:
        _add(phone)
    _add(_phone(), KHOA.number)
    desk = Actor.officer("canbo7", "00114")

    assert passkeys.drop_passkeys(account=account, by=desk) == 2
    assert passkeys.drop_passkeys(account=account, by=desk) == 0
    assert [one.account_id for one in Passkey.objects.all()] == [KHOA.number]
    assert PasskeyOwner.objects.count() == 1
    removed = Event.objects.filter(act="passkey.remove", subject=HONG.number)
    assert set(removed.values_list("actor", flat=True)) == {"canbo7"}
    with pytest.raises(errors.PasskeyWrongError):
        _use(phones[0])


def test_a_copied_device_is_refused_and_its_owner_told_once_a_day() -> None:
    an_account()
    phone = _phone(counter=7)
    _add(phone)
    Message.objects.all().delete()

    for _attempt in range(3):
        phone.counter = 3
        with pytest.raises(errors.PasskeyCopiedError):
            _use(phone)
    assert _told() == ["account.passkey-copied"]
    assert _acts().count("passkey.copied") == 3
    assert Passkey.objects.get().sign_count == 7


def test_an_account_that_its_owner_locked_stays_shut() -> None:
    an_account()
    phone = _phone()
    _add(phone)
    Account.objects.update(locked_at=utc_now())

    with pytest.raises(errors.AccountLockedError):
        _use(phone)


def test_adding_waits_after_a_reset() -> None:
    an_account()
    now = utc_now()
    asked = _ask_to_add(now=now)
    answer = _phone().make(asked.options)
    Account.objects.update(changes_held_until=now + timedelta(hours=24))

    with pytest.raises(errors.ChangesHeldError):
        _ask_to_add(now=now)
    with pytest.raises(errors.ChangesHeldError):
        _keep(asked.ticket, answer)
    assert not Passkey.objects.exists()


def _keep(ticket: str, answer: str) -> Passkey:
    return passkeys.add_passkey(
        number=HONG.number,
        session_id=SESSION,
        ticket=ticket,
        answer=answer,
        party=SITE,
        device="x",
        now=utc_now(),
    )


def test_an_account_has_ten_at_most() -> None:
    an_account()
    asked = _ask_to_add()
    for _count in range(passkeys.MOST):
        _add(_phone())

    with pytest.raises(errors.PasskeysFullError, match="10 thiết bị"):
        _add(_phone())
    with pytest.raises(errors.PasskeysFullError):
        _keep(asked.ticket, _phone().make(asked.options))
    assert Passkey.objects.count() == 10


def test_the_same_passkey_is_not_added_twice_nor_by_somebody_else() -> None:
    an_account()
    an_account(KHOA)
    phone = _phone()
    _add(phone)

    for number in (HONG.number, KHOA.number):
        with pytest.raises(errors.PasskeyKnownError):
            _add(phone, number)
    assert Passkey.objects.count() == PasskeyOwner.objects.count() == 1


@pytest.mark.parametrize("bent", [{"flags": PRESENT}, {"origin": "https://evil.example"}])
def test_a_passkey_made_wrongly_is_not_kept(bent: dict[str, Any]) -> None:
    an_account()
    with pytest.raises(errors.PasskeyWrongError):
        _add(_phone(**bent))
    assert not PasskeyOwner.objects.exists()


def test_a_passkey_is_renamed_by_its_owner_only() -> None:
    an_account()
    an_account(KHOA)
    made = _add(_phone())

    passkeys.rename_passkey(number=HONG.number, passkey_id=made.id, name="Máy của tôi")
    with pytest.raises(errors.PasskeyGoneError):
        passkeys.rename_passkey(number=KHOA.number, passkey_id=made.id, name="Của tôi")
    assert passkeys_of(HONG.number)[0].name == "Máy của tôi"
    assert _acts() == ["passkey.add", "passkey.rename"]


def test_a_removed_passkey_opens_nothing_and_may_be_added_again() -> None:
    an_account()
    an_account(KHOA)
    phone = _phone()
    made = _add(phone)
    with pytest.raises(errors.PasskeyGoneError):
        passkeys.remove_passkey(number=KHOA.number, passkey_id=made.id)

    passkeys.remove_passkey(number=HONG.number, passkey_id=made.id)

    with pytest.raises(errors.PasskeyWrongError):
        _use(phone)
    with pytest.raises(errors.PasskeyGoneError):
        passkeys.remove_passkey(number=HONG.number, passkey_id=made.id)
    assert not PasskeyOwner.objects.exists()
    assert _told() == ["account.passkey-added", "account.passkey-removed"]
    _add(phone)


def test_nothing_changes_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    phone = _phone()
    made = _add(phone)
    asked = _ask_to_add()
    fail_auditing(monkeypatch, passkeys)
    number, told = HONG.number, Message.objects.count()

    with pytest.raises(AuditingFailedError):
        _keep(asked.ticket, _phone().make(asked.options))
    with pytest.raises(AuditingFailedError):
        passkeys.rename_passkey(number=number, passkey_id=made.id, name="Khác")
    with pytest.raises(AuditingFailedError):
        passkeys.remove_passkey(number=number, passkey_id=made.id)
    with pytest.raises(AuditingFailedError):
        _use(phone)
    row = passkeys_of(number)[0]
    assert (row.name, row.used_at) == ("Chrome trên Android", None)
    assert PasskeyOwner.objects.count() == 1
    assert Message.objects.count() == told
