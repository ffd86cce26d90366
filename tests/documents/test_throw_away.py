"""The signer that the demo makes for itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vssid.documents import throw_away
from vssid.documents.identity import THROW_AWAY, read_identity
from vssid.documents.throw_away import ensure_signer, make_signer


def test_signer_has_its_chain_and_says_that_it_is_a_throw_away() -> None:
    identity = read_identity(make_signer(), "")
    assert identity.name == THROW_AWAY
    assert len(identity.chain) == 1


def test_two_signers_are_two() -> None:
    first, second = (read_identity(make_signer(), "") for _ in range(2))
    assert first.certificate != second.certificate
    assert first.root != second.root


def test_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "below" / "signing.pem"
    ensure_signer(path)
    made = path.read_bytes()
    ensure_signer(path)
    assert path.read_bytes() == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_of_many_at_once_one_wins_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"

    def make(_turn: int) -> bytes:
        ensure_signer(path)
        return path.read_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_who_was_a_moment_earlier_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "signing.pem"

    def make_while_another_does() -> bytes:
        path.write_bytes(b"first")
        return b"second"

    monkeypatch.setattr(throw_away, "make_signer", make_while_another_does)
    ensure_signer(path)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
