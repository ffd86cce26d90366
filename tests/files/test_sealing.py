"""Envelope encryption."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.files.sealing import Sealed, SealError, rewrap, seal, unseal
from vssid.kernel.uuid7 import uuid7

MASTER = bytes(range(32))
OTHER = bytes(range(1, 33))


@given(st.binary())
def test_what_is_sealed_comes_back(content: bytes) -> None:
    file_id = uuid7()
    assert unseal(file_id, seal(file_id, content, master_key=MASTER), master_key=MASTER) == content


def test_the_same_content_never_looks_the_same() -> None:
    file_id = uuid7()
    first, second = (seal(file_id, b"content" * 9, master_key=MASTER) for _ in range(2))
    assert first.content != second.content
    assert first.wrapped_key != second.wrapped_key
    assert b"content" not in first.content


@given(st.data())
def test_a_changed_bit_anywhere_is_found(data: st.DataObject) -> None:
    file_id = uuid7()
    sealed = seal(file_id, b"a photo", master_key=MASTER)
    part = data.draw(st.sampled_from(["content", "wrapped_key"]))
    changed = bytearray(getattr(sealed, part))
    place = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[place // 8] ^= 1 << place % 8
    parts = {"content": sealed.content, "wrapped_key": sealed.wrapped_key, part: bytes(changed)}
    with pytest.raises(SealError):
        unseal(file_id, Sealed(**parts), master_key=MASTER)


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_cut_content_is_found(length: int) -> None:
    file_id = uuid7()
    sealed = seal(file_id, b"a photo", master_key=MASTER)
    with pytest.raises(SealError):
        unseal(file_id, Sealed(sealed.content[:length], sealed.wrapped_key), master_key=MASTER)


def test_a_file_cannot_take_anothers_place() -> None:
    mine, theirs = uuid7(), uuid7()
    sealed = seal(theirs, b"their photo", master_key=MASTER)
    with pytest.raises(SealError):
        unseal(mine, sealed, master_key=MASTER)


def test_another_master_key_opens_nothing() -> None:
    file_id = uuid7()
    sealed = seal(file_id, b"a photo", master_key=MASTER)
    with pytest.raises(SealError):
        unseal(file_id, sealed, master_key=OTHER)


def test_rewrapping_moves_the_key_and_keeps_the_content() -> None:
    file_id = uuid7()
    sealed = seal(file_id, b"a photo", master_key=MASTER)
    moved = Sealed(sealed.content, rewrap(file_id, sealed.wrapped_key, old=MASTER, new=OTHER))
    assert unseal(file_id, moved, master_key=OTHER) == b"a photo"
    with pytest.raises(SealError):
        unseal(file_id, moved, master_key=MASTER)
