"""How stored values look."""

import pytest
from django.utils import translation

from vssid.accounts.rules import device_name as name_of
from vssid.web.ui import display


@pytest.mark.parametrize(
    "stored", ["Chrome trên Android", "Safari trên máy Mac", "Điện thoại của tôi", ""]
)
def test_device_reads_as_stored_in_vietnamese(stored: str) -> None:
    with translation.override("vi"):
        assert display.device_name(stored) == stored


def test_unknown_device_reads_as_stored_too() -> None:
    stored = name_of("curl/8")
    assert display.device_name(stored) == stored == "Trình duyệt trên thiết bị khác"


def test_email_may_be_broken_after_its_sign_and_stays_escaped() -> None:
    assert display.email("a<b@example.com") == "a&lt;b@<wbr>example.com"
    assert display.email("") == ""
