"""The form of a child on paper: one page for each, whatever is written (guides C02, C03)."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from tests.factories import HONG, drawn
from vssid.documents.errors import TypesettingError
from vssid.registration.forms import child
from vssid.registration.forms.child import ChildForm

FORM = ChildForm(
    declaration_code="TK-7F3K-92QD",
    filed_at=datetime(2026, 11, 28, 20, 30, tzinfo=UTC),
    hand_in_by=date(2026, 12, 9),
    agency_name="BHXH cơ sở Thanh Trì",
    full_name="Nguyễn Bảo Ngọc",
    number="0120000001",
    relation="Mẹ",
    guardian_name=HONG.full_name,
    guardian_number=HONG.number,
    guardian_paper="001190000011 (CCCD)",
    address="Số 12, ngõ 5, thôn Đông, Xã Thanh Trì, Thành phố Hà Nội",
    phone="0912 000 001",
    place="Hà Nội",
    paper_to_bring="giấy khai sinh của con",
    follow_address="https://vssid.example/dang-ky/theo-doi/TK7F3K92QD/",
)


def _pages(*forms: ChildForm) -> list[str]:
    found = PdfReader(io.BytesIO(child.as_pdf(forms))).pages
    return [" ".join(page.extract_text().split()) for page in found]


def test_page_says_who_declares_whom_until_when() -> None:
    (text,) = _pages(replace(FORM, portrait=drawn("portrait")))
    for said in (FORM.full_name, FORM.number, "Mẹ", HONG.full_name, HONG.number, "09/12/2026"):
        assert said in text
    assert "03:30 ngày 29/11/2026" in text
    assert "Trang 1/1" in text


def test_each_child_has_a_page_of_one_print_job() -> None:
    forms = [replace(FORM, number=f"012000000{count}") for count in range(3)]
    pages = _pages(*forms)
    assert [form.number in page for form, page in zip(forms, pages, strict=True)] == [True] * 3
    assert "Trang 3/3" in pages[2]


@pytest.mark.parametrize("letter", ["Ẫ", "W", "ị "])
def test_longest_fields_still_fit_one_page(letter: str) -> None:
    # Spaced as a name: longest of the model, and an address as long as it is stored.
    name = (letter.strip() * 6 + " ") * 17
    form = replace(
        FORM, full_name=name, guardian_name=name, address=(letter.strip() * 5 + " ") * 55,
        email="a" * 200 + "@example.com",
    )  # fmt: skip
    assert len(_pages(form)) == 1


def test_what_is_no_letter_and_what_looks_like_markup_is_printed_as_it_is() -> None:
    (text,) = _pages(replace(FORM, full_name="#panic() *Ngọc* 🙂", email="$x$"))
    assert "#panic() *Ngọc* ?" in text


def test_picture_is_one_page() -> None:
    assert child.as_png(FORM, ppi=72).startswith(b"\x89PNG")


def test_no_form_is_refused() -> None:
    with pytest.raises(TypesettingError):
        child.as_pdf([])
