"""Secrets in the outbox: readable with the key and for their own message only."""

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.uuid7 import uuid7
from vssid.messaging.secrets import seal, unseal

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=4))
def test_what_was_sealed_comes_back(secret: dict[str, str]) -> None:
    message_id = uuid7()
    assert unseal(message_id, seal(message_id, secret)) == secret


def test_same_secret_never_looks_the_same() -> None:
    message_id = uuid7()
    assert seal(message_id, {"code": "490217"}) != seal(message_id, {"code": "490217"})


def test_secret_cannot_be_moved_to_another_message() -> None:
    sealed = seal(uuid7(), {"code": "490217"})
    with pytest.raises(InvalidTag):
        unseal(uuid7(), sealed)


def test_changed_secret_is_refused() -> None:
    message_id = uuid7()
    sealed = bytearray(seal(message_id, {"code": "490217"}))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        unseal(message_id, bytes(sealed))


def test_secret_of_an_older_key_stays_readable_after_rotation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message_id = uuid7()
    monkeypatch.setattr(settings, "VSSID_MASTER_KEYS", {"old": OLD})
    sealed = seal(message_id, {"code": "490217"})
    monkeypatch.setattr(settings, "VSSID_MASTER_KEYS", {"new": NEW, "old": OLD})
    assert unseal(message_id, sealed) == {"code": "490217"}
    assert seal(message_id, {"code": "490217"}).startswith(b"new\0")
