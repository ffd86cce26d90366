"""QR codes as SVG."""

import re

import pytest
import segno
from lxml import etree

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


@pytest.mark.parametrize("quiet_zone", [0, 4])
@pytest.mark.parametrize(
    "text", ["TK-7K3M-Q9XP", "Tờ khai của Nguyễn Thị Ánh", "https://a.vn/?q=1&x=2"]
)
def test_the_drawing_shows_the_modules_of_the_text(text: str, quiet_zone: int) -> None:
    code = segno.make(text, error="m", micro=False, boost_error=False)
    expected = [list(row) for row in code.matrix]
    assert modules(qr_svg(text, quiet_zone=quiet_zone), quiet_zone) == expected


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
