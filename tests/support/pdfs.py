"""Small PDFs for tests, whole or with something in them."""


def a_pdf(part: bytes = b"<<>>", *, head: bytes = b"", tail: bytes = b"") -> bytes:
    """A PDF of one object, `part`; `head` follows its first line, `tail` its end."""
    body = b"%PDF-1.7\n" + head + b"1 0 obj\n" + part + b"\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body) + tail
