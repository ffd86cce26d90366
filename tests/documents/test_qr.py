"""QR codes as SVG."""

import re

import pytest
import segno
import zxingcpp
from lxml import etree
from PIL import Image

from vssid.documents.qr import qr_svg

SVG = "{http://www.w3.org/2000/svg}"


def modules(svg: str, quiet_zone: int) -> list[list[int]]:
    """The dark modules that the strokes of a drawing cover, without its quiet zone."""
    root = etree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    grid = [[0] * side for _ in range(side)]
    path = next(p for p in root.iter(f"{SVG}path") if "stroke" in p.attrib)
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path.attrib["d"]):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            for column in range(int(x), int(x + values[0])):
                grid[int(y)][column] = 1
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    inner = slice(quiet_zone, side - quiet_zone)
    return [row[inner] for row in grid[inner]]


def drawn_elsewhere(text: str) -> list[list[list[int]]]:
    """The same code by another program, under each of the eight masks: readers take any."""
    codes = (
        segno.make(text, error="m", micro=False, boost_error=False, mask=mask) for mask in range(8)
    )
    return [[list(row) for row in code.matrix] for code in codes]


@pytest.mark.parametrize("quiet_zone", [0, 4])
@pytest.mark.parametrize("text", ["TK-7K3M-Q9XP", "HTTPS://A.VN/", "0198000001", "1" * 431])
def test_the_drawing_shows_the_modules_of_the_text(text: str, quiet_zone: int) -> None:
    assert modules(qr_svg(text, quiet_zone=quiet_zone), quiet_zone) in drawn_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    ["Tờ khai của Nguyễn Thị Ánh", "https://a.vn/?q=1&x=2", "a|4e67|01/01/1990|- -|$", "x" * 1000],
)
def test_a_phone_reads_the_text_from_the_drawing(text: str) -> None:
    rows = modules(qr_svg(text), 0)
    picture = Image.new("L", (len(rows), len(rows)), 255)
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    found = zxingcpp.read_barcode(picture.resize((len(rows) * 4, len(rows) * 4)))
    assert found is not None
    assert found.text == text


def test_most_of_what_is_shown_takes_little_room() -> None:
    # A digit takes a third of ten bits, so that a signed card fits a small code.
    assert 'viewBox="0 0 61 61"' in qr_svg("1" * 431)


def test_another_text_is_another_drawing() -> None:
    assert qr_svg("TK-7K3M-Q9XP") != qr_svg("TK-7K3M-Q9XQ")


def test_the_drawing_passes_a_strict_content_policy() -> None:
    root = etree.fromstring(qr_svg("TK-1", title="Mã tờ khai"))
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "path"}
        assert set(element.attrib) <= {"viewBox", "role", "d", "fill", "stroke"}


def test_a_title_reaches_those_who_cannot_see_and_is_never_markup() -> None:
    root = etree.fromstring(qr_svg("TK-1", title="</title><script>1</script>"))
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == "</title><script>1</script>"


def test_without_a_title_the_drawing_is_hidden_from_screen_readers() -> None:
    assert etree.fromstring(qr_svg("TK-1")).attrib["aria-hidden"] == "true"


@pytest.mark.parametrize("text", ["", "x" * 8000])
def test_a_text_that_no_code_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        qr_svg(text)
