"""Mẫu số 01 as a page (guides R03, R08, R09, R18)."""

import datetime
import io
import unicodedata
from dataclasses import replace

import pikepdf
import pypdf
import pytest
import zxingcpp
from PIL import Image

from tests.documents.test_qr import drawn_elsewhere
from vssid.documents.errors import TypesettingError
from vssid.files.errors import PhotoDamagedError
from vssid.registration.forms.mau_so_01 import LEGAL_BASIS, DeclarationForm, as_pdf, as_png
from vssid.registration.rules import display_code, parse_code

LONG_ADDRESS = "https://dichvucong.vssid.example.gov.vn/dang-ky/theo-doi/TK7K3MQ9XP/"

FORM = DeclarationForm(
    declaration_code="TK-7K3M-Q9XP",
    # Half past seven in the evening in Greenwich is the next day in Vietnam.
    filed_at=datetime.datetime(2026, 11, 20, 19, 30, tzinfo=datetime.UTC),
    hand_in_by=datetime.date(2026, 12, 1),
    agency_name="Bảo hiểm xã hội huyện Thanh Trì, thành phố Hà Nội",
    full_name="Nguyễn Thị Ngọc Ánh",
    number="0123456789",
    id_number="001190000123",
    id_kind="Căn cước công dân",
    street="Số 12, ngõ 45 phố Ngọc Hồi, thôn Yên Ngưu",
    commune="00664 - Xã Đại Thanh",
    district="020 - Huyện Thanh Trì",
    province="01 - Thành phố Hà Nội",
    phone="0912 345 678",
    email="ngocanh@example.com",
    place="Thanh Trì",
)
A4 = (595.28, 841.89)


def portrait(width: int = 600, height: int = 900) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The page's words in composed letters, without break points and with single spaces."""
    text = reader(pdf).pages[0].extract_text().replace("\u200b", "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def letters_of(pdf: bytes) -> str:
    """The same without any space, for values that go over several lines."""
    return text_of(pdf).replace(" ", "")


def longest(letter: str) -> DeclarationForm:
    """Every field at its limit, in one letter."""
    return replace(
        FORM,
        follow_address=LONG_ADDRESS,
        agency_name=f"Bảo hiểm xã hội {letter * 120}",
        full_name=letter * 60,
        street=letter * 255,
        commune=f"00664 - {letter * 60}",
        district=f"020 - {letter * 60}",
        province=f"01 - {letter * 60}",
        email=f"{'w' * 64}@{'w' * 63}.{'w' * 63}.{'w' * 57}.vn",
        place=letter * 40,
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return as_pdf(replace(FORM, portrait=portrait()))


def test_the_form_is_one_a4_page(pdf: bytes) -> None:
    (page,) = reader(pdf).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.1)


@pytest.mark.parametrize(
    "field",
    [
        "declaration_code",
        "agency_name",
        "full_name",
        "number",
        "id_number",
        "id_kind",
        "street",
        "commune",
        "district",
        "province",
        "phone",
        "email",
        "place",
    ],
)
def test_each_field_stands_on_the_page_with_its_accents(pdf: bytes, field: str) -> None:
    assert getattr(FORM, field) in text_of(pdf)


@pytest.mark.parametrize(
    "words",
    [
        "Mẫu số 01",
        "Ban hành kèm theo VBHN số 5236/VBHN-BLĐTBXH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TỜ KHAI",
        "Đăng ký sử dụng phương thức giao dịch điện tử trong lĩnh vực bảo hiểm xã hội",
        "Kính gửi:",
        "NGƯỜI KÊ KHAI",
        "(ký, ghi rõ họ tên)",
        "Social insurance number",
        "trong 10 ngày kể từ khi ghi nhận, chậm nhất ngày 01/12/2026",
    ],
)
def test_the_page_says(pdf: bytes, words: str) -> None:
    assert words in text_of(pdf)


def test_the_legal_basis_is_the_one_of_the_guides() -> None:
    assert LEGAL_BASIS == "5236/VBHN-BLĐTBXH"


def test_the_time_of_filing_is_vietnams(pdf: bytes) -> None:
    assert "Ghi nhận lúc 02:30 ngày 21/11/2026" in text_of(pdf)


def test_an_address_of_today_has_no_district_row() -> None:
    assert "Quận/huyện" in text_of(as_pdf(FORM))
    assert "Quận/huyện" not in text_of(as_pdf(replace(FORM, district=None)))


@pytest.mark.parametrize("email", [None, "", "  "])
def test_a_missing_email_leaves_its_line_to_fill_by_hand(email: str | None) -> None:
    text = text_of(as_pdf(replace(FORM, email=email)))
    assert "Email (nếu có)" in text
    assert "example.com" not in text
    assert "None" not in text


# --- what does not fit is made smaller, never cut off and never on a second page ----------------


@pytest.mark.parametrize("letter", ["W", "Ẫ", "i", "W "])
def test_fields_at_their_limits_stay_on_one_page_and_whole(letter: str) -> None:
    form = longest(letter)
    made = as_pdf(form)
    assert len(reader(made).pages) == 1
    letters = letters_of(made)
    assert form.street.replace(" ", "") in letters
    assert form.full_name.replace(" ", "") in letters
    assert (form.email or "") in letters
    assert "Trang1/1" in letters


@pytest.mark.parametrize("letter", ["W", "Ẫ"])
def test_fields_at_their_limits_stay_within_the_margins(letter: str) -> None:
    page = Image.open(io.BytesIO(as_png(longest(letter), ppi=72))).convert("L")
    ink = page.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert left >= 60
    assert top >= 36
    assert right <= 550
    assert bottom <= 815


def test_a_usual_form_keeps_the_usual_size() -> None:
    sizes: set[float] = set()

    def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if "Ngọc Hồi" in unicodedata.normalize("NFC", text):
            sizes.add(round(abs(size * matrix[0]), 1))

    reader(as_pdf(FORM)).pages[0].extract_text(visitor_text=visit)
    assert sizes
    assert min(sizes) >= 11


# --- what people type is never markup -----------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "#sys.inputs",
        "]",
        '"',
        "\\",
        "`x`",
        "$x$",
        "*đậm*",
        "<nhãn> @x",
        "// x",
        "= x",
        "~ -- ---",
    ],
)
def test_what_looks_like_markup_prints_as_it_is(hostile: str) -> None:
    form = replace(FORM, street=f"ngõ {hostile} 5", full_name=f"Ánh {hostile}")
    text = text_of(as_pdf(form))
    assert f"ngõ {hostile} 5" in text
    assert f"Ánh {hostile}" in text


def test_a_letter_without_a_glyph_does_not_stop_the_form() -> None:
    assert "ngõ ? 5 ?" in text_of(as_pdf(replace(FORM, street="ngõ 😀 5 人")))


# --- the archive standards ------------------------------------------------------------------------


def test_the_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as meta:
        assert meta["pdfaid:part"] == "2"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"


def test_the_file_is_tagged_titled_and_vietnamese(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang) == "vi-VN"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        title = str(opened.docinfo["/Title"])
    assert title == "Tờ khai đăng ký giao dịch điện tử – TK-7K3M-Q9XP"


def test_every_font_travels_in_the_file(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = opened.pages[0].Resources.Font
        assert len(fonts) >= 3
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def structure(pdf: bytes) -> list[tuple[str, str]]:
    """Each structure element's kind with its alternative text, in reading order."""
    found: list[tuple[str, str]] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S), str(element.get("/Alt", ""))))
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot.K)
    return found


def test_pictures_are_described_and_the_title_is_the_heading(pdf: bytes) -> None:
    elements = structure(pdf)
    figures = [alt for kind, alt in elements if kind == "/Figure"]
    assert figures == [
        "Ảnh chân dung của người kê khai",
        "Mã QR chứa mã tờ khai TK-7K3M-Q9XP",
    ]
    assert [kind for kind, _ in elements].count("/H1") == 1


def test_the_same_declaration_gives_the_same_file() -> None:
    assert as_pdf(FORM) == as_pdf(replace(FORM))


# --- pictures ------------------------------------------------------------------------------------


def test_the_portrait_stands_on_the_page_no_larger_than_print_needs() -> None:
    (image,) = reader(as_pdf(replace(FORM, portrait=portrait(1200, 1600)))).pages[0].images
    assert image.image is not None
    assert max(image.image.size) == 709


def test_without_a_portrait_the_frame_asks_for_one(pdf: bytes) -> None:
    made = as_pdf(FORM)
    assert not list(reader(made).pages[0].images)
    assert "Ảnh chân dung 4 × 6 cm" in text_of(made)
    assert "4 × 6 cm" not in text_of(pdf)


def test_a_broken_portrait_is_refused() -> None:
    with pytest.raises(PhotoDamagedError):
        as_pdf(replace(FORM, portrait=portrait()[:2000]))


def printed_code(png: bytes, ppi: int, side: int) -> list[list[int]]:
    """The QR code as printed: `side` modules on 25 mm at the left margin, below the fields."""
    page = Image.open(io.BytesIO(png)).convert("L").point(lambda value: int(value < 128))
    pixel = ppi / 25.4
    left, module = 22 * pixel, 25 * pixel / side
    # Its finder pattern is the first solid bar of seven modules in that column.
    bar = round(6.5 * module)
    rows = range(round(130 * pixel), page.height - bar)
    at_margin = round(left + module / 2)
    top = next(
        row for row in rows if all(page.getpixel((at_margin, row + step)) for step in range(bar))
    )

    def is_dark(x: int, y: int) -> int:
        return page.getpixel((round(left + (x + 0.5) * module), round(top + (y + 0.5) * module)))

    return [[is_dark(x, y) for x in range(side)] for y in range(side)]


@pytest.mark.parametrize("code", ["TK-7K3M-Q9XP", "TK-AAAA-2222"])
def test_the_printed_code_carries_the_declaration_code(code: str) -> None:
    png = as_png(replace(FORM, declaration_code=code), ppi=200)
    drawings = drawn_elsewhere(code)
    assert printed_code(png, 200, len(drawings[0])) in drawings


def test_the_page_as_a_picture_has_the_wanted_resolution() -> None:
    assert Image.open(io.BytesIO(as_png(FORM, ppi=144))).size == (1191, 1684)


def test_the_printed_code_leads_a_phone_to_the_case_and_the_desk_to_the_code() -> None:
    png = as_png(replace(FORM, follow_address=LONG_ADDRESS), ppi=200)
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert read.text == LONG_ADDRESS
    assert display_code(parse_code(LONG_ADDRESS)) == FORM.declaration_code


def test_the_address_to_type_stands_beside_the_code() -> None:
    text = text_of(as_pdf(replace(FORM, follow_address=LONG_ADDRESS)))
    assert "dichvucong.vssid.example.gov.vn/dang-ky/theo-doi" in text


def test_an_empty_code_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="QR"):
        as_pdf(replace(FORM, declaration_code=""))


def test_a_form_that_cannot_fit_is_refused_instead_of_cut() -> None:
    with pytest.raises(TypesettingError):
        as_pdf(replace(FORM, street="W" * 3000))
