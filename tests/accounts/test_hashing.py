"""Passwords are hashed by one library and compared by another: both must mean the same."""

import threading
import time

import argon2
import pytest
from django.contrib.auth.hashers import check_password, make_password
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import all_at_once
from vssid.accounts import hashing
from vssid.accounts.hashing import CheapArgon2Hasher, SharedArgon2Hasher

HASHER = CheapArgon2Hasher()
# Made by the reference implementation: password «password», salt «somesalt» (its own test vectors).
REFERENCE = (
    "argon2$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
)


def test_reference_vector_is_recognised_and_another_password_is_not() -> None:
    assert HASHER.verify("password", REFERENCE)
    assert not HASHER.verify("passwore", REFERENCE)
    assert not HASHER.verify("password", REFERENCE[:-1] + "d")


@settings(max_examples=50, deadline=None)
@given(password=st.text(max_size=200), other=st.text(max_size=200))
def test_what_one_library_hashed_the_other_compares(password: str, other: str) -> None:
    stored = HASHER.encode(password, HASHER.salt())
    assert HASHER.verify(password, stored)
    assert HASHER.verify(other, stored) == (other == password)


def test_parameters_are_those_of_owasp() -> None:
    stored = SharedArgon2Hasher().encode("ghe da xanh 47", "a salt of some length")
    found = argon2.extract_parameters("$" + stored.partition("$")[2])
    assert (found.type, found.memory_cost) == (argon2.Type.ID, 19 * 1024)
    assert (found.time_cost, found.parallelism) == (2, 1)
    assert SharedArgon2Hasher().verify("ghe da xanh 47", stored)


@pytest.mark.parametrize("stored", ["argon2$", "argon2$argon2id$v=19$m=8,t=1,p=1$c29t", "argon2"])
def test_what_is_no_hash_opens_nothing(stored: str) -> None:
    assert not HASHER.verify("password", stored)


def test_django_finds_the_hasher_by_what_is_stored() -> None:
    stored = make_password("ghe da xanh 47")
    assert check_password("ghe da xanh 47", stored)
    assert not check_password("ghe da xanh 48", stored)


def test_no_more_are_compared_at_once_than_there_are_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hashing, "_CORES", threading.BoundedSemaphore(2))
    inside, seen, lock = 0, [], threading.Lock()

    def compare(_stored: bytes, _password: bytes) -> bool:
        nonlocal inside
        with lock:
            inside += 1
            seen.append(inside)
        time.sleep(0.01)
        with lock:
            inside -= 1
        return True

    monkeypatch.setattr(hashing.argon2id, "verify", compare)
    found = all_at_once([lambda: HASHER.verify("password", REFERENCE)] * 12)
    assert found == [True] * 12
    assert max(seen) == 2
