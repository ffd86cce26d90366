"""What a PDF is that somebody brings: each answer, and no answer that a hostile file chooses."""

import io
import os
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.documents.certificates import MIDDLE, ROOT, SIGNER, Wish, make
from tests.documents.signed import REASON, foreigner, signature_of, signed, signed_by, unsigned
from vssid.documents import checking
from vssid.documents.checking import check_pdf
from vssid.documents.examining import Examined, Verdict, examine
from vssid.documents.identity import der
from vssid.documents.signing import our_certificates, roots


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checking")


@pytest.fixture(scope="module")
def pdf(folder: Path) -> bytes:
    return signed(folder)


def here(content: bytes) -> Examined:
    """The same in this process: quicker, and without the limits."""
    return examine(content, ours=our_certificates(), roots=roots())


# --- the answers, each through the process --------------------------------------------------------


def test_ours_and_whole_gives_back_what_was_signed(pdf: bytes) -> None:
    assert check_pdf(pdf) == Examined(Verdict.WHOLE, REASON)


def test_ours_but_changed(pdf: bytes) -> None:
    changed = pdf.replace(b"/Title", b"/Titel", 1)
    assert changed != pdf
    assert check_pdf(changed) == Examined(Verdict.CHANGED)


def test_signed_by_somebody_else(folder: Path) -> None:
    content = signed_by(foreigner(), unsigned(folder))
    assert check_pdf(content) == Examined(Verdict.FOREIGN)


def test_not_signed(folder: Path) -> None:
    assert check_pdf(unsigned(folder)) == Examined(Verdict.UNSIGNED)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 a photo", b"PK\x03\x04", b"hello"])
def test_no_pdf(content: bytes) -> None:
    assert check_pdf(content) == Examined(Verdict.NOT_PDF)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00" * 4000])
def test_what_cannot_be_read_is_unreadable(content: bytes) -> None:
    assert check_pdf(content) == Examined(Verdict.UNREADABLE)


# --- ours is only what nobody touched -------------------------------------------------------------


@hypothesis_settings(max_examples=100)
@given(data=st.data())
def test_no_changed_byte_stays_whole(pdf: bytes, data: st.DataObject) -> None:
    start, length, second, _rest = signature_of(pdf).byte_range
    at = data.draw(st.integers(0, len(pdf) - 1).filter(lambda at: not length <= at < second))
    changed = bytearray(pdf)
    changed[at] ^= data.draw(st.integers(1, 255))
    found = here(bytes(changed))
    # The very first bytes say that it is a PDF at all; all else still carries our certificate.
    assert found.verdict is (Verdict.NOT_PDF if start <= at < 5 else Verdict.CHANGED)
    assert not found.reason


@pytest.mark.parametrize("more", [b"\n", b"% ghi chu\n", b"\x00" * 100])
def test_what_is_appended_changes_it(pdf: bytes, more: bytes) -> None:
    assert here(pdf + more).verdict is Verdict.CHANGED


def test_what_is_cut_off_changes_it(pdf: bytes) -> None:
    for kept in (len(pdf) - 1, len(pdf) - 40, len(pdf) - 600):
        assert here(pdf[:kept]).verdict is Verdict.CHANGED


def test_a_second_signature_changes_it(pdf: bytes) -> None:
    assert here(signed_by(foreigner(), pdf)).verdict is Verdict.CHANGED


def test_saving_it_anew_changes_it(pdf: bytes) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(saved)
    assert here(saved.getvalue()).verdict is Verdict.CHANGED


def test_who_has_a_certificate_of_the_same_root_is_not_us(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "agency.pem"
    path.write_bytes(SIGNER.key_pem() + SIGNER.pem + MIDDLE.pem + ROOT.pem)
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", path)
    neighbour = make(Wish("Người khác", above=MIDDLE))
    assert here(signed(folder)).verdict is Verdict.WHOLE
    assert here(signed_by(neighbour, unsigned(folder))).verdict is Verdict.FOREIGN


def test_what_a_former_key_signed_stays_whole(
    folder: Path, pdf: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    former = Path(settings.VSSID_SIGNING_FILE).read_bytes()
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", tmp_path / "new.pem")
    assert here(pdf).verdict is Verdict.FOREIGN
    kept = tmp_path / "former.pem"
    kept.write_bytes(former[former.index(b"-----BEGIN CERTIFICATE") :])
    monkeypatch.setattr(settings, "VSSID_SIGNING_FORMER_FILE", str(kept))
    assert here(pdf) == Examined(Verdict.WHOLE, REASON)
    assert here(signed(folder)).verdict is Verdict.WHOLE


# --- hostile files --------------------------------------------------------------------------------


@given(st.binary(max_size=3000))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    assert here(content).verdict in {Verdict.NOT_PDF, Verdict.UNREADABLE}
    assert here(b"%PDF-1.4\n" + content).verdict is Verdict.UNREADABLE


@hypothesis_settings(max_examples=60)
@given(data=st.data())
def test_shuffled_pieces_of_ours_are_never_whole(pdf: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(pdf) - 1))
    again = data.draw(st.integers(0, len(pdf) - 1))
    content = pdf[:cut] + pdf[again:]
    assert content == pdf or here(content).verdict is not Verdict.WHOLE


def test_too_large_is_said_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_CHECKED_PDF_MAX_BYTES", 100)
    monkeypatch.setattr(subprocess, "run", _never)
    assert check_pdf(b"%PDF-" + b"x" * 96) == Examined(Verdict.TOO_LARGE)
    assert check_pdf(b"x" * 100) == Examined(Verdict.NOT_PDF)


def _never(*_words: object, **_options: object) -> Any:
    raise AssertionError("started")


def _replace_program(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    (folder / "odd_program.py").write_text(body)
    monkeypatch.setattr(settings, "BASE_DIR", folder)
    monkeypatch.setattr(checking, "_PROGRAM", "odd_program")


ANSWER = 'print(\'{"verdict": "whole", "reason": ""}\')'


@pytest.mark.parametrize(
    "body",
    [
        f"import time; time.sleep(30); {ANSWER}",
        f"{ANSWER}; raise SystemExit(1)",
        "raise SystemExit(1)",
        "print('{}')",
        "print('nonsense')",
        'print(\'{"verdict": "great", "reason": ""}\')',
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_program_that_dies_hangs_or_babbles_is_an_answer_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str
) -> None:
    monkeypatch.setattr(settings, "VSSID_CHECKED_PDF_SECONDS", 1)
    _replace_program(monkeypatch, tmp_path, body)
    assert check_pdf(b"%PDF-1.7") == Examined(Verdict.UNREADABLE)


def test_program_has_no_more_memory_than_is_given_to_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def answer_after_taking(megabytes: int) -> Examined:
        body = (
            f"import sys; sys.path.insert(0, {os.getcwd()!r})",
            "from vssid.documents import examining as it",
            "def examine(content, **_known):",
            f"    taken = bytearray({megabytes} << 20)",
            "    return it.Examined(it.Verdict.WHOLE, str(len(taken)))",
            "it.examine = examine",
            "it.main()",
        )
        _replace_program(monkeypatch, tmp_path, "\n".join(body))
        return check_pdf(b"%PDF-1.7")

    assert answer_after_taking(10) == Examined(Verdict.WHOLE, str(10 << 20))
    assert answer_after_taking(1024) == Examined(Verdict.UNREADABLE)


def test_program_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    _replace_program(
        monkeypatch,
        tmp_path,
        "import json, os; print(json.dumps({'verdict': 'whole', 'reason': str(dict(os.environ))}))",
    )
    assert "SECRET_KEY" in os.environ
    known = check_pdf(b"%PDF-1.7").reason
    assert "LANG" in known
    assert "SECRET" not in known


def _bomb() -> bytes:
    """A file whose cross-reference stream unpacks to a gigabyte."""
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(b"\x00" * (1 << 20)) for _ in range(1024)) + squeeze.flush()
    head = b"%PDF-1.7\n"
    stream = b"1 0 obj\n<</Type/XRef/Size 9/W[1 4 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\n"
    body = stream % len(packed) + b"stream\n" + packed + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def test_bomb_does_no_harm() -> None:
    content = _bomb()
    assert len(content) < settings.VSSID_CHECKED_PDF_MAX_BYTES
    assert check_pdf(content).verdict is Verdict.UNREADABLE


def test_pages_that_go_round_in_circles_end() -> None:
    body = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/AcroForm 1 0 R/Fields[1 0 R]/Kids[1 0 R]>>\nendobj\n"
    )
    at = len(body)
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    content = body + table + b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at
    assert check_pdf(content).verdict in {Verdict.UNSIGNED, Verdict.UNREADABLE}


def test_certificates_are_told_apart_by_all_their_bytes() -> None:
    assert der(SIGNER.certificate) not in our_certificates()
