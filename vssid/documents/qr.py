"""QR codes as SVG that stands in a page or in a form."""

import re
from collections.abc import Iterable
from functools import cache
from html import escape

import segno

_RUNS = re.compile(rb"\x00+|\x01+")


def qr_svg(
    text: str, *, title: str | None = None, quiet_zone: int = 4, mask: int | None = None
) -> str:
    """Draw `text` as a QR code, 15 % of which may be lost to a stain or a fold (level M).

    The drawing takes the width it is given, carries its own white ground (it is read in a dark page
    as well) and has no style, class or script, so that it passes `style-src 'self'`. `title` is its
    text for those who cannot see it; without one it is hidden from them. `quiet_zone` counts
    modules; readers expect 4. `mask` (0-7) names the pattern that evens the modules out; readers
    take any, but finding the best of the eight takes three times as long as all the rest. Raises
    `ValueError` where `text` is empty or longer than a QR code holds.
    """
    if not text:
        raise ValueError("A QR code needs a text.")
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=mask)
    side = len(code.matrix) + 2 * quiet_zone
    manner, spoken = 'aria-hidden="true"', ""
    if title:
        manner, spoken = 'role="img"', f"<title>{escape(title, quote=False)}</title>"
    return (
        f'<svg {manner} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{spoken}'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{_strokes(code.matrix, quiet_zone)}"/></svg>'
    )


def _strokes(rows: Iterable[bytearray], quiet_zone: int) -> str:
    """One stroke along the middle of each row, lifted where modules are light."""
    return "".join(
        f"M{quiet_zone} {y}.5{''.join(map(_stroke, _RUNS.findall(row)))}"
        for y, row in enumerate(rows, start=quiet_zone)
    )


@cache
def _stroke(run: bytes) -> str:
    return f"h{len(run)}" if run[0] else f"m{len(run)} 0"
