"""QR codes as SVG that stands in a page or in a form."""

import math
import re
from functools import cache
from html import escape

import zxingcpp

_RUNS = re.compile(rb"\x00+|\xff+")


def qr_svg(text: str, *, title: str | None = None, quiet_zone: int = 4) -> str:
    """Draw `text` as a QR code, 15 % of which may be lost to a stain or a fold (level M).

    The drawing takes the width it is given, carries its own white ground (it is read in a dark page
    as well) and has no style, class or script, so that it passes `style-src 'self'`. `title` is its
    text for those who cannot see it; without one it is hidden from them. `quiet_zone` counts
    modules; readers expect 4. Raises `ValueError` where `text` is empty or longer than a QR code
    holds.
    """
    if not text:
        raise ValueError("A QR code needs a text.")
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # One byte a module: 0 is dark.
    modules = bytes(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[call-overload] # a buffer, which its stub does not say
    count = math.isqrt(len(modules))
    side, strokes = count + 2 * quiet_zone, _strokes(modules, count, quiet_zone)
    manner, spoken = 'aria-hidden="true"', ""
    if title:
        manner, spoken = 'role="img"', f"<title>{escape(title, quote=False)}</title>"
    return (
        f'<svg {manner} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{spoken}'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{strokes}"/></svg>'
    )


def _strokes(modules: bytes, side: int, quiet_zone: int) -> str:
    """One stroke along the middle of each row, lifted where modules are light."""
    rows = (modules[at : at + side] for at in range(0, len(modules), side))
    return "".join(
        f"M{quiet_zone} {y}.5{''.join(map(_stroke, _RUNS.findall(row)))}"
        for y, row in enumerate(rows, start=quiet_zone)
    )


@cache
def _stroke(run: bytes) -> str:
    return f"m{len(run)} 0" if run[0] else f"h{len(run)}"
