"""Addresses are read narrowly and kept as the mail server will compare them."""

import pytest

from vssid.kernel.emails import mask_email, parse_email


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" An.Nguyen@Example.VN ", "An.Nguyen@example.vn"),
        ("an+bhxh@mail.example.com.vn", "an+bhxh@mail.example.com.vn"),
        ("o'brien_1@xn--bo-him-k10c.vn", "o'brien_1@xn--bo-him-k10c.vn"),
        ("ａｎ＠ｅｘａｍｐｌｅ．ｖｎ", "an@example.vn"),
    ],
)
def test_an_address_is_kept_with_a_small_domain(typed: str, address: str) -> None:
    assert parse_email(typed) == address


def test_the_longest_address_is_taken() -> None:
    domain = ".".join(["b" * 61, "b" * 61, "b" * 62]) + ".vn"
    address = "a" * 64 + "@" + domain

    assert len(address) == 254
    assert parse_email(address) == address


def test_masking_keeps_the_first_letter_and_the_domain() -> None:
    assert mask_email("an.nguyen@example.vn") == "a***@example.vn"
