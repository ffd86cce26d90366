"""The statement as pages: everything that was paid, what it is, and how it is checked."""

import datetime
import io
import unicodedata
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from tests.insurance.test_papers_contents import HOLDER, a_period, saying
from vssid.insurance.papers.contents import Contents
from vssid.insurance.papers.statement import Issue, as_pdf
from vssid.kernel.months import Month, MonthSpan

CODE = "7F3K-Q92D-0123-CDFG"
ISSUE = Issue(
    code=CODE,
    # Half past seven in the evening in Greenwich is the next day in Vietnam.
    at=datetime.datetime(2026, 11, 27, 19, 30, tzinfo=datetime.UTC),
    check_address=f"https://vssid.example.vn/kiem-tra-giay/{CODE}/",
    signer="Cơ quan Thử nghiệm",
    kept_until=datetime.date(2027, 2, 26),
)


def pages_of(contents: Contents, issue: Issue = ISSUE) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(as_pdf(contents, issue)))
    texts = (page.extract_text().replace("\u200b", "") for page in reader.pages)
    return [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]


def a_working_life() -> Contents:
    """Forty years, each with its pay: more than a page."""
    return saying(*(a_period(year * 100 + 1, year * 100 + 12) for year in range(1986, 2026)))


@pytest.fixture(scope="module")
def text() -> str:
    settled = (MonthSpan(Month(1990, 1), Month(1990, 6)),)
    contents = saying(
        a_period(199001, 199412, employer_name="Xí nghiệp May 10", salary=0),
        a_period(202001, 202012, position="Tổ trưởng"),
        a_period(202010, 202103, employer_name="Hợp tác xã B"),
        a_period(202104, 202106, state="late"),
        a_period(202107, 202107, employer_name="", kind="voluntary", salary=1_500_000),
        settled=settled,
    )
    return " ".join(pages_of(contents))


@pytest.mark.parametrize(
    "words",
    [
        "GIẤY XÁC NHẬN QUÁ TRÌNH ĐÓNG BHXH, BHTN, BHTNLĐ-BNN",
        "Lập lúc 02:30 ngày 28/11/2026",
        "Nguyễn Thị Hồng Ánh",
        "0123456789",
        "12/05/1970",
        "Nữ",
        # 60 + 15 + 1 months, without the six settled ones.
        "70 tháng (5 năm 10 tháng) bắt buộc 69 tháng (5 năm 9 tháng) tự nguyện 1 tháng",
        "tự nguyện 1 tháng trước 01/1995: 54 tháng (4 năm 6 tháng)",
        "01/1990 12/1994 60 Xí nghiệp May 10",
        "10/2020 03/2021 6 Hợp tác xã B",
        "3 tháng trùng",
        "chậm đóng",
        "07/2021 07/2021 1 Tự đóng",
        "tự nguyện",
        "1.500.000 đ",
        "Tổ trưởng, Hà Nội",
        "Công nhân may, Hà Nội",
        "Chưa có quá trình đóng nào được ghi nhận.",
        "số tháng chỉ tính một lần",
        "Không phải sổ BHXH và không thay tờ rời sổ BHXH.",
        "Giấy không cho biết sổ đã được chốt hay chưa.",
        "https://vssid.example.vn/kiem-tra-giay/ rồi gõ mã 7F3K-Q92D-0123-CDFG",
        "đến hết ngày 26/02/2027",
        "chữ ký số của Cơ quan Thử nghiệm; sửa bất cứ chỗ nào",
        "ký số, không đóng dấu",
        "Trang 1/",
    ],
)
def test_statement_says(text: str, words: str) -> None:
    assert words in text


def test_running_job_is_written_until_now_with_the_months_that_are_over() -> None:
    text = " ".join(pages_of(saying(a_period(202001, 209912))))
    assert "82 tháng (6 năm 10 tháng)" in text
    assert "01/2020 nay 82 Công ty A" in text
    assert (
        "«Nay»: việc làm còn tiếp tục vào lúc lập giấy; số tháng tính đến hết tháng 10/2026."
        in text
    )
    assert "2099" not in text


def test_ended_jobs_need_no_word_about_now() -> None:
    text = " ".join(pages_of(saying(a_period(202001, 202610))))
    assert "01/2020 10/2026 82 Công ty A" in text
    assert "Nay" not in text
    assert "bắt buộc" not in text


def test_voluntary_months_alone_are_said_to_be() -> None:
    text = " ".join(pages_of(saying(a_period(202001, 202012, kind="voluntary"))))
    assert "12 tháng (1 năm) tự nguyện 12 tháng (1 năm)" in text
    assert "bắt buộc" not in text


def test_pay_in_another_currency_is_not_called_dong() -> None:
    text = " ".join(pages_of(saying(a_period(202001, 202012, salary=1_200, currency="USD"))))
    assert "1.200 USD" in text


def test_it_is_no_official_form(text: str) -> None:
    for words in ("CỘNG HÒA XÃ HỘI", "Mẫu số", "C14-TS", "GIÁM ĐỐC"):
        assert words not in text


def test_year_of_birth_alone_is_a_year() -> None:
    contents = saying(a_period(202001, 202012))
    text = pages_of(replace(contents, holder=replace(HOLDER, birth_date_precision="year")))[0]
    assert "Ngày sinh 1970" in text
    assert "12/05/1970" not in text


def test_long_life_goes_over_pages_with_numbers_and_repeated_heads() -> None:
    pages = pages_of(a_working_life())
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page
        assert f"mã giấy {CODE}" in page
    assert all("Từ tháng Đến tháng Số tháng" in page for page in pages[:2])
    assert sum(page.count("Công ty A") for page in pages) == 40
    assert "480 tháng (40 năm)" in pages[0]


@pytest.mark.parametrize("letter", ["W", "Ẫ", "W "])
def test_long_names_stay_on_the_page_and_whole(letter: str) -> None:
    contents = saying(a_period(202001, 202012, employer_name=letter * 120, position=letter * 120))
    contents = replace(contents, holder=replace(HOLDER, full_name=letter * 60))
    text = "".join(pages_of(contents)).replace(" ", "")
    assert letter.strip() * 120 in text
    assert letter.strip() * 60 in text


@pytest.mark.parametrize("hostile", ['#panic("x")', "]", "$x$", "*đậm*", "<nhãn> @x", "// x", "😀"])
def test_what_looks_like_markup_prints_as_it_is(hostile: str) -> None:
    contents = saying(a_period(202001, 202012, employer_name=f"Công ty {hostile}"))
    assert f"Công ty {hostile.replace('😀', '?')}" in pages_of(contents)[0]


# --- the archive standards ------------------------------------------------------------------------


def test_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1() -> None:
    opened = pikepdf.open(io.BytesIO(as_pdf(a_working_life(), ISSUE)))
    with opened, opened.open_metadata() as meta:
        assert meta["pdfaid:part"] == "2"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "vi-VN"
        assert CODE in str(opened.docinfo["/Title"])


def test_tables_are_tables_to_who_cannot_see_them() -> None:
    kinds: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                kinds.append(str(element.S))
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(io.BytesIO(as_pdf(a_working_life(), ISSUE))) as opened:
        walk(opened.Root.StructTreeRoot.K)
    assert kinds.count("/Table") == 2
    # A repeated head is drawn again, not said again.
    assert kinds.count("/TH") == 4 + 7
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 4
    assert kinds.count("/Figure") == 1


def test_every_font_travels_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(as_pdf(a_working_life(), ISSUE))) as opened:
        for page in opened.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_same_contents_give_the_same_file() -> None:
    contents = a_working_life()
    assert as_pdf(contents, ISSUE) == as_pdf(contents, replace(ISSUE))
