"""What the messages say, with the data that their callers give."""

import re
from string import Formatter

import pytest
from django.conf import settings

from vssid.messaging.templates import TEMPLATES, compose
from vssid.reference import directory

# Two parts of an SMS of GSM 03.38.
_TWO_PARTS = 306
# What callers give, each as long as it gets.
DATA = {
    "code": "490217",
    "number": "0198***001",
    "other": "0198***002",
    "minutes": "5",
    "declaration": "TK-7F3K-92QD",
    "successor": "TK-8G4M-03RE",
    "petition": "PA-7F3K-92QD",
    "into": "PA-8G4M-03RE",
    "proof": f"https://dichvucong.vssid.example.gov.vn/dang-ky/{'a' * 16}/",
    "office": "BHXH cơ sở Phong Nha - Kẻ Bàng (tỉnh Quảng Trị)",
    # As `notices.tell_handed` shortens them.
    "place": f"BHXH cơ sở Phong Nha - Kẻ Bàng (tỉnh Quảng Trị), {'a' * 41}",
    "opens": "T2-T6 7:30-11:30, 13:30-17:00",
    "until": "14:05 21/11/2026",
    "day": "21/11/2026",
    "due": "14:05 21/11/2026",
    "hotline": settings.VSSID_HOTLINE,
    "account": "0198000001",
    "password": "hskm4829",
    "reason": "Số CMND/CCCD/hộ chiếu không khớp với bản chính.",
    "phone": "024 3861 1234",
    "added": "21/11/2026",
    "days": "10",
    "hours": "24",
    "email": "n***@example.com",
    "device": "Samsung Internet trên Android",
    "link": f"https://dichvucong.vssid.example.gov.vn/khong-phai-toi/{'a' * 16}/",
}


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(TEMPLATES[template].text)) if name}


@pytest.mark.django_db
def test_no_office_has_a_longer_name_than_these_tests_take() -> None:
    offices = directory.current().offices.values()
    assert max(len(office.view.name) for office in offices) <= len(DATA["office"])


@pytest.mark.parametrize("template", TEMPLATES)
def test_template_asks_for_known_data_only(template: str) -> None:
    assert _fields(template) <= set(DATA)


@pytest.mark.parametrize("template", TEMPLATES)
def test_sms_is_plain_ascii_of_two_parts_at_most(template: str) -> None:
    _subject, text = compose(template, DATA, plain=True)
    assert text.isascii()
    assert "?" not in text
    assert len(text) <= _TWO_PARTS


@pytest.mark.parametrize("template", TEMPLATES)
def test_sms_begins_with_who_sends_it(template: str) -> None:
    assert compose(template, DATA, plain=True)[1].startswith("VssID: ")


@pytest.mark.parametrize("template", TEMPLATES)
def test_email_has_a_subject_with_its_accents(template: str) -> None:
    subject, _text = compose(template, DATA, plain=False)
    assert not subject.isascii()


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name.startswith("code.")])
def test_code_stands_alone_and_says_that_nobody_may_have_it(template: str) -> None:
    text = compose(template, DATA, plain=True)[1]
    assert re.findall(r"\b[0-9]{6}\b", text) == ["490217"]
    assert "Khong dua ma nay cho bat ky ai" in text


def test_data_that_looks_like_a_field_is_taken_as_it_is() -> None:
    text = compose("declaration.refused", {**DATA, "reason": "Xem {code} va {0}."}, plain=True)[1]
    assert "Xem {code} va {0}." in text
