"""Typst sources and data into PDF/A, PNG or SVG, without network and without system libraries."""

import base64
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst
from PIL import Image

from vssid.documents.errors import TypesettingError

Output = Literal["pdf", "png", "svg"]

_FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
_NO_PICTURES: Mapping[str, bytes] = {}


def typeset(
    *,
    source: Path,
    data: Mapping[str, object],
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    output: Output,
    ppi: float = 144,
) -> bytes:
    """Set one Typst source with its data as a document.

    `data` reaches the source as JSON in `sys.inputs.data` and `pictures` (JPEG, PNG or SVG), each
    as the text of an SVG, in `sys.inputs.pictures`: values, which Typst never reads as markup. The
    source must set
    `document(title:, date:)` and describe its pictures, which PDF/A-2a and PDF/UA-1 require; only
    built-in fonts are seen, packages and files outside the source's folder are not. `ppi` counts
    for PNG. PNG and SVG hold a document of one page. Safe to call from several threads. The same
    values give the same bytes. Raises `TypesettingError` when the source does not compile, does
    not reach the standards, or a picture is none.
    """
    # A compiler refuses a second thread ("Already borrowed"); a new one costs 0.8 ms.
    compiler = typst.Compiler(root=source.parent, font_paths=_FONTS, ignore_system_fonts=True)
    try:
        drawn = {name: _as_svg(content) for name, content in pictures.items()}
        document = compiler.compile(
            input=source,
            format=output,
            ppi=ppi if output == "png" else None,
            sys_inputs={"data": json.dumps(data), "pictures": json.dumps(drawn)},
            # Archivable with its structure (PDF/A-2a) and readable aloud (PDF/UA-1), both at once.
            pdf_standards=["a-2a", "ua-1"] if output == "pdf" else [],
        )
    # OSError: Pillow does not know a picture.
    except (typst.TypstError, OSError) as error:
        raise TypesettingError(source=source.name) from error
    if not isinstance(document, bytes):
        raise TypesettingError(source=source.name) from ValueError(f"{output} holds one page only")
    return document


def _as_svg(content: bytes) -> str:
    """A picture as the text of an SVG: inputs are texts, and as a list of bytes it costs 50 ms."""
    if content.lstrip().startswith(b"<svg"):
        return content.decode()
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
        width, height, kind = image.width, image.height, image.get_format_mimetype()
    encoded = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{kind};base64,{encoded}"/></svg>'
    )
