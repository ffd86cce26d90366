"""Passkeys: what is right gets in, and everything that is bent by one thing is refused."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.authenticator import PRESENT, VERIFIED, Authenticator, one_byte_off
from vssid.kernel import passkeys

SITE = passkeys.Party("vssid.example", "https://vssid.example", "VssID")
HOLDER = passkeys.Holder(b"opaque handle", "0198***001", "Nguyễn Thị Hồng Ánh")
CHALLENGE = b"c" * 32
MINUTES = timedelta(minutes=5)


def _asked(known: tuple[bytes, ...] = (), challenge: bytes = CHALLENGE) -> dict[str, Any]:
    return passkeys.registration_options(
        party=SITE, holder=HOLDER, challenge=challenge, known=known, lifetime=MINUTES
    )


def _asked_to_use(challenge: bytes = CHALLENGE) -> dict[str, Any]:
    return passkeys.assertion_options(party=SITE, challenge=challenge, lifetime=MINUTES)


def _phone(**changes: Any) -> Authenticator:
    return Authenticator(**{"rp_id": SITE.id, "origin": SITE.origin, **changes})


def _made(phone: Authenticator) -> passkeys.NewPasskey:
    return passkeys.check_registration(answer=phone.make(_asked()), party=SITE, challenge=CHALLENGE)


def _used(
    phone: Authenticator,
    passkey: passkeys.NewPasskey,
    answer: str = "",
    challenge: bytes = CHALLENGE,
) -> int:
    return passkeys.check_assertion(
        answer=answer or phone.use(_asked_to_use()),
        party=SITE,
        challenge=challenge,
        passkey=passkey,
        handle=HOLDER.handle,
    )


def test_a_browser_is_asked_for_a_verified_person_and_nothing_about_the_device() -> None:
    asked = _asked(known=(b"one", b"two"))

    assert asked["rp"] == {"id": "vssid.example", "name": "VssID"}
    assert asked["attestation"] == "none"
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert [one["id"] for one in asked["excludeCredentials"]] == ["b25l", "dHdv"]
    assert asked["timeout"] == 300_000
    used = _asked_to_use()
    assert used["userVerification"] == "required"
    assert used["allowCredentials"] == []
    assert used["rpId"] == "vssid.example"
    json.dumps([asked, used])


def test_challenges_are_long_and_never_the_same() -> None:
    assert len({passkeys.new_challenge() for _ in range(100)}) == 100
    assert len(passkeys.new_challenge()) == 32


def test_what_was_made_can_be_used_again_and_again() -> None:
    phone = _phone(counter=1)
    passkey = _made(phone)
    assert passkey.credential_id == phone.credential_id
    for count in (2, 3):
        counted = _used(phone, passkey)
        assert counted == count
        passkey = passkeys.NewPasskey(passkey.credential_id, passkey.public_key, counted)


def test_a_device_that_does_not_count_is_fine() -> None:
    phone = _phone(step=0)
    passkey = _made(phone)

    assert [_used(phone, passkey), _used(phone, passkey)] == [0, 0]


@pytest.mark.parametrize("counter", [4, 5, 0])
def test_a_counter_that_does_not_go_on_tells_of_a_copy(counter: int) -> None:
    phone = _phone(counter=5)
    passkey = _made(phone)
    phone.counter = counter

    with pytest.raises(passkeys.PasskeyCopiedError):
        _used(phone, passkey)


def test_a_forged_answer_is_not_taken_for_a_copy() -> None:
    phone = _phone(counter=5)
    passkey = _made(phone)
    phone.counter = 1
    right = json.loads(phone.use(_asked_to_use()))
    signature = one_byte_off(right["response"]["signature"])
    forged = json.dumps({**right, "response": {**right["response"], "signature": signature}})

    with pytest.raises(passkeys.PasskeyRefusedError) as refused:
        _used(phone, passkey, forged)
    assert not isinstance(refused.value, passkeys.PasskeyCopiedError)


BENT: dict[str, dict[str, Any]] = {
    "another site": {"rp_id": "evil.example"},
    "another origin": {"origin": "https://vssid.example.evil.example"},
    "another scheme": {"origin": "http://vssid.example"},
    "another port": {"origin": "https://vssid.example:8443"},
    "present but not verified": {"flags": PRESENT},
    "verified but not present": {"flags": VERIFIED},
    "neither": {"flags": 0},
    "inside of another site": {"framed": True},
}


@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_passkey_made_wrongly_is_refused(bent: dict[str, Any]) -> None:
    with pytest.raises(passkeys.PasskeyRefusedError):
        _made(_phone(**bent))


@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_passkey_used_wrongly_is_refused(bent: dict[str, Any]) -> None:
    phone = _phone(step=0)
    passkey = _made(phone)
    for name, value in bent.items():
        setattr(phone, name, value)

    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(phone, passkey)


def test_an_answer_to_another_challenge_is_refused() -> None:
    phone = _phone(step=0)
    passkey = _made(phone)
    earlier = phone.use(_asked_to_use(b"e" * 32))

    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(phone, passkey, earlier)
    with pytest.raises(passkeys.PasskeyRefusedError):
        passkeys.check_registration(
            answer=phone.make(_asked(challenge=b"e" * 32)), party=SITE, challenge=CHALLENGE
        )


def test_an_answer_of_the_other_kind_is_refused() -> None:
    phone = _phone(step=0)
    passkey = _made(phone)
    made = json.loads(phone.make(_asked()))["response"]["clientDataJSON"]

    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(phone, passkey, phone.use(_asked_to_use(), clientDataJSON=made))


def test_another_persons_passkey_and_handle_are_refused() -> None:
    mine, theirs = _phone(step=0), _phone(step=0)
    passkey, other = _made(mine), _made(theirs)
    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(theirs, passkey)
    # The same key under another id: what is kept decides, not what is said.
    renamed = passkeys.NewPasskey(other.credential_id, passkey.public_key, 0)
    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(mine, renamed)
    mine.handle = b"somebody else"
    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(mine, passkey)
    mine.handle = None
    assert _used(mine, passkey) == 0


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
@given(at=st.integers(-32, -1))
def test_one_flipped_bit_anywhere_is_refused(part: str, at: int) -> None:
    phone = _phone(step=0)
    passkey = _made(phone)
    right = json.loads(phone.use(_asked_to_use()))["response"]

    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(phone, passkey, phone.use(_asked_to_use(), **{part: one_byte_off(right[part], at)}))


def _attested(change: Callable[[dict[str, Any]], None]) -> str:
    answer = json.loads(_phone().make(_asked()))
    change(answer)
    return json.dumps(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 4000,
        '{"id": "é", "rawId": "é", "type": "public-key", "response": {}}',
        "x" * (passkeys.LONGEST_ANSWER + 1),
        _attested(lambda answer: answer.update(id="AAAA")),
        _attested(lambda answer: answer.update(type="password")),
        _attested(lambda answer: answer["response"].update(clientDataJSON="bm90IGpzb24")),
        _attested(lambda answer: answer["response"].update(clientDataJSON=7)),
        _attested(lambda answer: answer["response"].update(attestationObject="AAAA")),
        _attested(lambda answer: answer["response"].update(attestationObject="")),
    ],
    ids=range(13),
)
def test_what_is_no_answer_is_refused(answer: str) -> None:
    with pytest.raises(passkeys.PasskeyRefusedError):
        passkeys.check_registration(answer=answer, party=SITE, challenge=CHALLENGE)
    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(_phone(), passkeys.NewPasskey(b"id", b"key", 0), answer or " ")


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused_and_nothing_else(noise: bytes) -> None:
    phone = _phone()
    passkey = passkeys.NewPasskey(phone.credential_id, noise, 0)
    with pytest.raises(passkeys.PasskeyRefusedError):
        _used(phone, passkey)
    with pytest.raises(passkeys.PasskeyRefusedError):
        passkeys.presented(noise.decode("latin-1"))


def test_an_answer_says_which_passkey_it_claims_to_come_from() -> None:
    phone = _phone()
    phone.make(_asked())
    claimed = passkeys.presented(phone.use(_asked_to_use()))

    assert claimed == passkeys.Presented(phone.credential_id, HOLDER.handle)
    assert len(passkeys.credential_key(phone.credential_id)) == 64


@pytest.mark.parametrize(
    ("host", "domain", "party_id", "origin"),
    [
        ("vssid.example", "", "vssid.example", "https://vssid.example"),
        ("VssID.Example:8443", "", "vssid.example", "https://vssid.example:8443"),
        ("localhost:8000", "", "localhost", "https://localhost:8000"),
        ("app.vssid.example", "vssid.example", "vssid.example", "https://app.vssid.example"),
        ("vssid.example", "vssid.example", "vssid.example", "https://vssid.example"),
        # A name that only ends alike is another site's.
        ("evilvssid.example", "vssid.example", "evilvssid.example", "https://evilvssid.example"),
        ("localhost:8000", "vssid.example", "localhost", "https://localhost:8000"),
    ],
)
def test_the_party_is_the_host_or_the_domain_above_it(
    host: str, domain: str, party_id: str, origin: str
) -> None:
    party = passkeys.relying_party(scheme="https", host=host, name="VssID", domain=domain)

    assert party == passkeys.Party(party_id, origin, "VssID")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8000", "localhost:8000"),
        ("127.0.0.1", "localhost"),
        ("[::1]:8000", "localhost:8000"),
        ("192.0.2.7:8000", None),
    ],
)
def test_addresses_of_digits_have_no_passkeys(host: str, name: str | None) -> None:
    assert passkeys.relying_party(scheme="http", host=host, name="VssID") is None
    assert passkeys.name_for_address(host) == name


def test_a_host_with_a_name_needs_no_other() -> None:
    assert passkeys.name_for_address("localhost:8000") is None
