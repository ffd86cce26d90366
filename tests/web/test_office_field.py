"""An office as an officer types it: exactly one, or a sentence with those that may be meant."""

import pytest
from django.core.exceptions import ValidationError

from vssid.web.officer.office_field import OfficeField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("00114", "00114"),
        (" [00114] ", "00114"),
        ("114", "00114"),
        ("Thanh Trì", "00114"),
        ("BHXH cơ sở Thanh Trì", "00114"),
        ("bhxh huyen thanh tri ha noi", "00114"),
        ("BHXH TP Hà Nội", "001"),
    ],
)
def test_the_one_that_is_meant_is_taken(typed: str, code: str) -> None:
    assert OfficeField().clean(typed) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("thanh tri", "Có nhiều cơ quan, xin nhập mã: 00114 BHXH cơ sở Thanh Trì, BHXH TP Hà Nội;"),
        ("thnah trì", "Gần giống, xin nhập mã: 00114 BHXH cơ sở Thanh Trì"),
        ("99999", "Xin thử tên ngắn hơn, ví dụ Thanh Trì."),
        ("khong co", "Gần giống, xin nhập mã:"),
        ("zzzqqq", "Xin thử tên ngắn hơn, ví dụ Thanh Trì."),
        ("x" * 5000, "Xin thử tên ngắn hơn, ví dụ Thanh Trì."),
    ],
)
def test_several_and_slips_are_named_and_never_taken(typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        OfficeField().clean(typed)
    assert said in refused.value.messages[0]
