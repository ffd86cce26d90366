"""Opaque tokens: what we did not make ourselves is nothing, never a failure."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from vssid.accounts.tokens import seal, unseal


@given(st.binary(max_size=200))
def test_what_was_sealed_comes_back_for_the_same_purpose_only(content: bytes) -> None:
    token = seal("session", content)
    assert unseal("session", token) == content
    assert unseal("draft", token) is None


@given(st.text(max_size=120))
def test_text_that_we_did_not_make_is_nothing(text: str) -> None:
    assert unseal("session", text) is None


@given(st.binary(max_size=40), st.data())
def test_changed_token_is_nothing(content: bytes, data: st.DataObject) -> None:
    token = seal("session", content)
    place = data.draw(st.integers(0, len(token) - 2))
    other = "A" if token[place] != "A" else "B"
    assert unseal("session", token[:place] + other + token[place + 1 :]) is None


def test_token_is_ready_for_a_cookie() -> None:
    assert seal("session", b"\xff" * 50).replace("-", "").replace("_", "").isalnum()


def test_token_of_another_secret_key_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = seal("session", b"content")
    monkeypatch.setattr(settings, "SECRET_KEY", "another " * 10)
    assert unseal("session", token) is None
