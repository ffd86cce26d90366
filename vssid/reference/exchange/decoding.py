"""The text of a file as it came, or the refusal that says how to save it."""

from codecs import BOM_UTF8
from typing import Final

from vssid.reference.exchange import errors

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")
_BEGINNING: Final = 4096


def decode(content: bytes) -> str:
    """The text of a CSV file in UTF-8, with or without its mark.

    Raises FileEmptyError, FileIsWorkbookError, FileUtf16Error, FileNotUtf8Error (with its line).
    """
    if not content.removeprefix(BOM_UTF8).strip():
        raise errors.FileEmptyError
    if content.startswith(_ARCHIVES):
        raise errors.FileIsWorkbookError
    # Text of two bytes a sign has a zero byte in nearly each of the plain letters of its header.
    if content.startswith(_UTF_16) or b"\0" in content[:_BEGINNING]:
        raise errors.FileUtf16Error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise errors.FileNotUtf8Error(line=line) from error
