"""Who signs: read from the files that authorities hand out, and judged before anything starts."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.documents.certificates import MIDDLE, NOW, ROOT, SIGNER, Wish, make
from vssid.documents.identity import (
    Identity,
    IdentityError,
    check_identity,
    read_certificates,
    read_identity,
)
from vssid.documents.throw_away import make_signer

WHOLE = SIGNER.key_pem() + SIGNER.pem + MIDDLE.pem + ROOT.pem


def in_pkcs12(password: bytes) -> bytes:
    others = [ROOT.certificate, MIDDLE.certificate]
    sealing: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        sealing = serialization.BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(
        b"vssid", SIGNER.key, SIGNER.certificate, others, sealing
    )


def is_whole(identity: Identity) -> bool:
    chain = (MIDDLE.certificate, ROOT.certificate)
    return identity.certificate == SIGNER.certificate and identity.chain == chain


@pytest.mark.parametrize(
    ("content", "password"),
    [
        (WHOLE, ""),
        (ROOT.pem + MIDDLE.pem + SIGNER.pem + SIGNER.key_pem(), ""),
        (SIGNER.key_pem("mở ra") + SIGNER.pem + MIDDLE.pem + ROOT.pem, "mở ra"),
        (in_pkcs12(b"sesam"), "sesam"),
        (in_pkcs12(b""), ""),
    ],
)
def test_key_and_chain_are_found_in_any_order(content: bytes, password: str) -> None:
    identity = read_identity(content, password)
    assert is_whole(identity)
    assert identity.root == ROOT.certificate
    assert identity.name == "Cơ quan Thử nghiệm"
    check_identity(identity, now=NOW)


@pytest.mark.parametrize(
    ("content", "password", "sentence"),
    [
        (b"", "", "no PKCS#12 file"),
        (b"hello", "x", "no PKCS#12 file"),
        (in_pkcs12(b"sesam"), "wrong", "no PKCS#12 file that its password opens"),
        (WHOLE, "needless", "no key that its password opens"),
        (SIGNER.key_pem("x") + SIGNER.pem + MIDDLE.pem + ROOT.pem, "", "no key"),
        (SIGNER.pem + MIDDLE.pem + ROOT.pem, "", "no key"),
        (SIGNER.key_pem(), "", "no certificate in PEM"),
        (SIGNER.key_pem() + MIDDLE.pem + ROOT.pem, "", "No certificate belongs to the key"),
        (SIGNER.key_pem() + SIGNER.pem + ROOT.pem, "", "chain up to the root is missing"),
        (SIGNER.key_pem() + SIGNER.pem + MIDDLE.pem, "", "chain up to the root is missing"),
    ],
)
def test_what_cannot_sign_is_said(content: bytes, password: str, sentence: str) -> None:
    with pytest.raises(IdentityError, match=sentence):
        read_identity(content, password)


def test_a_namesake_of_the_root_is_no_link() -> None:
    other = make(Wish("Gốc", is_authority=True))
    with pytest.raises(IdentityError, match="chain up to the root is missing"):
        read_identity(SIGNER.key_pem() + SIGNER.pem + MIDDLE.pem + other.pem, "")


def test_other_kinds_of_keys_are_refused() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with pytest.raises(IdentityError, match="RSA or ECDSA"):
        read_identity(pem + SIGNER.pem, "")


def identity_of(**changes: object) -> Identity:
    signer = make(Wish("Người ký", above=MIDDLE), **changes)
    return read_identity(signer.key_pem() + signer.pem + MIDDLE.pem + ROOT.pem, "")


def test_certificate_that_ended_may_not_sign() -> None:
    identity = identity_of(until=NOW - timedelta(days=1))
    check_identity(identity, now=NOW - timedelta(days=2))
    with pytest.raises(IdentityError, match="not in force today"):
        check_identity(identity, now=NOW)


def test_certificate_that_has_not_begun_may_not_sign() -> None:
    with pytest.raises(IdentityError, match="not in force today"):
        check_identity(identity_of(), now=NOW - timedelta(days=61))


def test_certificate_for_something_else_may_not_sign() -> None:
    with pytest.raises(IdentityError, match="contentCommitment"):
        check_identity(identity_of(commits=False), now=NOW)


def test_short_rsa_key_may_not_sign() -> None:
    for size, is_enough in ((1024, False), (2048, True)):
        key = rsa.generate_private_key(public_exponent=65537, key_size=size)
        identity = identity_of(key=key)
        if is_enough:
            check_identity(identity, now=NOW)
            continue
        with pytest.raises(IdentityError, match="2048 bits"):
            check_identity(identity, now=NOW)


def test_what_the_demo_makes_for_itself_may_not_sign_for_people() -> None:
    identity = read_identity(make_signer(), "")
    with pytest.raises(IdentityError, match="the demo made for itself"):
        check_identity(identity, now=NOW)


def test_certificates_alone_are_read() -> None:
    assert read_certificates(MIDDLE.pem + ROOT.pem) == (MIDDLE.certificate, ROOT.certificate)
    with pytest.raises(IdentityError):
        read_certificates(b"nothing")
