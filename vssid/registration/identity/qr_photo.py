"""The QR code of a photographed identity paper."""

from collections.abc import Iterator
from datetime import date

import cv2
import zxingcpp

from vssid.kernel.id_qr import IdQr, parse_id_qr
from vssid.registration.identity.text_lines import Pixels

# Enlarging helps small modules; above this many pixels it only takes time.
_ENLARGED_PIXELS = 6_000_000
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)


def read_id_qr(picture: Pixels, *, today: date) -> str:
    """The text of the one identity code of an RGB picture; empty where there is none, or several.

    Other codes in the picture (a stamp, an advertisement behind it) are passed over.
    """
    for tried in _tries(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)):
        for binarizer in _BINARIZERS:
            found = _codes(tried, binarizer, today)
            if found:
                return found.pop() if len(found) == 1 else ""
    return ""


def _tries(grey: cv2.typing.MatLike) -> Iterator[cv2.typing.MatLike]:
    """As it is; sharpened; twice as large; smoothed against grain."""
    yield grey
    soft = cv2.GaussianBlur(grey, (0, 0), 2.0)
    sharp = cv2.addWeighted(grey, 2.2, soft, -1.2, 0)
    yield sharp
    if grey.shape[0] * grey.shape[1] * 4 <= _ENLARGED_PIXELS * 2:
        yield cv2.resize(sharp, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    yield cv2.GaussianBlur(grey, (0, 0), 1.0)


def _codes(grey: cv2.typing.MatLike, binarizer: zxingcpp.Binarizer, today: date) -> set[str]:
    codes = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        binarizer=binarizer,
        try_rotate=True,
        try_downscale=True,
        try_invert=False,
    )
    texts = {_text(code.bytes) for code in codes}
    return {text for text in texts if isinstance(parse_id_qr(text, today=today), IdQr)}


def _text(content: bytes) -> str:
    """UTF-8 and nothing else: what is guessed to be another encoding would be another name."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
