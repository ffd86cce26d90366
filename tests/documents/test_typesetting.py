"""Typst sources into documents."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from PIL import Image

import vssid
from vssid.documents.errors import TypesettingError
from vssid.documents.typesetting import typeset

HEAD = """
#let data = json(bytes(sys.inputs.data))
#let pictures = json(bytes(sys.inputs.pictures))
#set document(title: "Thử", date: datetime(year: 2026, month: 11, day: 21))
#set text(font: "Libertinus Serif", fallback: false, lang: "vi")
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(HEAD + "#data.text")
    return path


def text_of(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "#sys.inputs",
        "]",
        '"',
        '"); panic("',
        "\\",
        "`raw`",
        "$x^2$",
        "*a* _b_ <c> @d",
        "// e",
        '{"f": 1}',
    ],
)
def test_markup_in_the_data_prints_as_it_is(source: Path, hostile: str) -> None:
    pdf = typeset(source=source, data={"text": hostile}, output="pdf")
    assert hostile in text_of(pdf)


def test_the_same_values_give_the_same_bytes(source: Path) -> None:
    first = typeset(source=source, data={"text": "một"}, output="pdf")
    assert typeset(source=source, data={"text": "hai"}, output="pdf") != first
    assert typeset(source=source, data={"text": "một"}, output="pdf") == first


def test_png_follows_the_resolution(source: Path) -> None:
    png = typeset(source=source, data={"text": "một"}, output="png", ppi=72)
    assert Image.open(io.BytesIO(png)).size == (595, 842)


def test_svg_is_made(source: Path) -> None:
    assert typeset(source=source, data={"text": "một"}, output="svg").startswith(b"<svg")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_reach_the_page(source: Path, kind: str) -> None:
    source.write_text(HEAD + '#image(bytes(pictures.dot), format: "svg", alt: "Chấm", width: 2cm)')
    dot = io.BytesIO()
    Image.new("RGB", (7, 5), "red").save(dot, kind)
    pdf = typeset(source=source, data={}, pictures={"dot": dot.getvalue()}, output="pdf")
    (image,) = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images
    assert image.image is not None
    assert image.image.size == (7, 5)


@pytest.mark.parametrize(
    "body",
    [
        "#nonsense",
        '#image("/etc/passwd")',
        '#read("../outside.txt")',
        "#text(fallback: false)[☐]",
        "#image(bytes(pictures.missing))",
    ],
)
def test_a_source_that_fails_is_a_coded_error(source: Path, body: str) -> None:
    (source.parent.parent / "outside.txt").write_text("x")
    source.write_text(HEAD + body)
    with pytest.raises(TypesettingError) as caught:
        typeset(source=source, data={}, output="pdf")
    assert caught.value.code == "document.typesetting-failed"
    assert caught.value.details == {"source": "page.typ"}
    assert caught.value.__cause__ is not None


def test_what_is_no_picture_is_a_coded_error(source: Path) -> None:
    with pytest.raises(TypesettingError):
        typeset(source=source, data={"text": "x"}, pictures={"dot": b"words"}, output="pdf")


def test_a_document_without_its_date_misses_the_archive_standard(source: Path) -> None:
    source.write_text('#set document(title: "x", date: none)\n#set text(lang: "vi")\nx')
    with pytest.raises(TypesettingError):
        typeset(source=source, data={}, output="pdf")


def test_a_picture_of_two_pages_is_refused(source: Path) -> None:
    source.write_text(HEAD + "a #pagebreak() b")
    assert (
        len(pypdf.PdfReader(io.BytesIO(typeset(source=source, data={}, output="pdf"))).pages) == 2
    )
    with pytest.raises(TypesettingError):
        typeset(source=source, data={}, output="png")


def test_threads_do_not_mix_their_documents(source: Path) -> None:
    def one(number: int) -> bool:
        pdf = typeset(source=source, data={"text": f"số {number} đây"}, output="pdf")
        return f"số {number} đây" in text_of(pdf)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(one, range(24)))


def test_no_source_of_the_house_asks_for_a_package() -> None:
    sources = list(Path(vssid.__file__).parent.rglob("*.typ"))
    assert sources
    for path in sources:
        assert not re.search(r"@(preview|local)/", path.read_text()), path.name
