"""Which PDFs are taken in with a petition, and which are none or do more than to be read."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.documents.signed import signed, unsigned
from tests.files.specimens import drawing
from tests.support.pdfs import a_pdf
from vssid.support import errors, papers


def _archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("run.js", "alert(1)")
        archive.comment = b"startxref\n9\n%%EOF\n"
    return made.getvalue()


def _scan() -> bytes:
    made = io.BytesIO()
    drawing().convert("RGB").save(made, "PDF", resolution=150)
    return made.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        b"<</S /JavaScript /JS (app.alert(1))>>",
        b"<</S /J#61vaScript /JS (app.alert(1))>>",
        b"<</S /#4A#61#76#61#53#63#72#69#70#74>>",
        b"<</OpenAction <</S /SubmitForm /F (https://x.example)>>>>",
        b"<</OpenAction <</S /Launch /F (cmd.exe)>>>>",
        b"<</S /ImportData>>",
        b"<</AcroForm <</XFA 3 0 R>>>>",
        b"<</AcroForm <</X#46A[3 0 R]>>>>",
        b"<</Names <</EmbeddedFiles 4 0 R>>>>",
        b"<</S /GoToE>>",
        b"<</Encrypt 2 0 R>>",
    ],
)
def test_pdf_that_does_more_than_to_be_read_is_refused(part: bytes) -> None:
    with pytest.raises(errors.PaperNotReadableError):
        papers.accept(a_pdf(part))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF",
        a_pdf(head=b"<!DOCTYPE html><body onload=alert(1)>"),
        a_pdf(tail=_archive()),
        a_pdf(head=_archive()),
    ],
    ids=["page", "whole and a page", "archive behind", "archive before"],
)
def test_what_another_program_reads_as_its_own_is_no_pdf(content: bytes) -> None:
    with pytest.raises(errors.PaperNotAPdfError):
        papers.accept(content)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\njust words\n%%EOF",
        a_pdf()[:-20],
        a_pdf().replace(b"startxref\n", b"startxref\n9"),
        b"%PDF-1.7\nwords\nstartxref\n9\n%%EOF",
    ],
    ids=["words", "cut off", "table is elsewhere", "no table"],
)
def test_pdf_without_its_structure_is_refused(content: bytes) -> None:
    with pytest.raises(errors.PaperNotReadableError):
        papers.accept(content)


@pytest.mark.parametrize(
    "content",
    [
        a_pdf(),
        a_pdf(b"<</OpenAction [3 0 R /Fit]>>"),
        a_pdf(b"<</OpenAction <</S /GoTo /D [3 0 R /XYZ null null null]>>>>"),
        a_pdf(b"<</A <</S /URI /URI (https://baohiemxahoi.gov.vn/#41)>>>>"),
        a_pdf(b"<</Title (PK and C#)>>", tail=b"\r\n\x00"),
        _scan(),
    ],
    ids=["plain", "opens at a page", "goes to a page", "links", "words", "scan"],
)
def test_honest_pdf_is_kept_as_it_is(content: bytes) -> None:
    assert papers.accept(content) == (content, papers.PDF)


def test_what_the_product_itself_prints_and_signs_is_accepted(tmp_path: Path) -> None:
    for content in (unsigned(tmp_path), signed(tmp_path)):
        assert papers.accept(content) == (content, papers.PDF)
