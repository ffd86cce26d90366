"""Our signature under a PDF: valid for pyHanko's own validator, gone with one changed byte."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from asn1crypto import x509
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tests.documents.certificates import MIDDLE, NOW, ROOT, SIGNER, Wish, make
from tests.documents.signed import REASON, signature_of, signed, unsigned, validated
from vssid.documents.errors import SigningError
from vssid.documents.identity import IdentityError, der
from vssid.documents.signing import current_identity, our_certificates, roots, sign_pdf

LATER = NOW + timedelta(days=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def pdf(folder: Path) -> bytes:
    return signed(folder)


# --- pyHanko's own validator ----------------------------------------------------------------------


def test_signature_is_valid_whole_and_trusted_by_our_root(pdf: bytes) -> None:
    status = validated(pdf)
    assert status.valid
    assert status.intact
    assert status.trusted
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_signature_is_not_trusted_by_another_root(
    pdf: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", tmp_path / "another.pem")
    status = validated(pdf)
    assert status.intact
    assert not status.trusted


def _covered(pdf: bytes) -> tuple[range, range]:
    first, length, second, rest = signature_of(pdf).byte_range
    return range(first, first + length), range(second, second + rest)


@hypothesis_settings(max_examples=150)
@given(data=st.data())
def test_one_changed_byte_of_what_is_covered_ends_it(pdf: bytes, data: st.DataObject) -> None:
    before, after = _covered(pdf)
    at = data.draw(st.integers(0, len(before) + len(after) - 1))
    place = before[at] if at < len(before) else after[at - len(before)]
    changed = bytearray(pdf)
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not _stands(bytes(changed))


def test_every_byte_but_the_signature_itself_is_covered(pdf: bytes) -> None:
    before, after = _covered(pdf)
    assert (before.start, after.stop) == (0, len(pdf))
    assert pdf[before.stop : before.stop + 1] == b"<"
    assert pdf[after.start - 1 : after.start] == b">"


def _stands(content: bytes) -> bool:
    # A changed byte may leave no PDF to be read, or no signature in it.
    try:
        return bool(validated(content).bottom_line)
    except Exception:
        return False


# --- what the signature holds ---------------------------------------------------------------------


def test_signature_is_pades_and_says_why(pdf: bytes) -> None:
    signature = signature_of(pdf)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON
    attributes = {str(one["type"].native) for one in signature.signer_info["signed_attrs"]}
    # Baseline B: the certificate is among what is signed, a claimed time is not.
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes


def test_chain_up_to_the_root_travels_in_the_signature(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "agency.pem"
    path.write_bytes(SIGNER.key_pem("mở") + SIGNER.pem + ROOT.pem + MIDDLE.pem)
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", path)
    monkeypatch.setattr(settings, "VSSID_SIGNING_PASSWORD", "mở")
    content = signed(folder)
    inside = {one.chosen.dump() for one in signature_of(content).signed_data["certificates"]}
    assert inside == {der(one.certificate) for one in (SIGNER, MIDDLE, ROOT)}
    assert validated(content).bottom_line


def test_nothing_is_drawn(folder: Path, pdf: bytes) -> None:
    pages = [pypdf.PdfReader(io.BytesIO(one)).pages[0] for one in (unsigned(folder), pdf)]
    assert pages[0].get_contents() == pages[1].get_contents()
    (mark,) = (one.get_object() for one in pages[1]["/Annots"])  # type: ignore[attr-defined]
    left, bottom, right, top = (float(side) for side in mark["/Rect"])
    assert (left, bottom) == (right, top)


# --- PDF/A and PDF/UA stay ------------------------------------------------------------------------


def test_documents_own_bytes_stand_in_front(folder: Path, pdf: bytes) -> None:
    assert pdf.startswith(unsigned(folder))


def test_claims_and_descriptions_stay_those_of_the_document(folder: Path, pdf: bytes) -> None:
    before, after = (pikepdf.open(io.BytesIO(one)) for one in (unsigned(folder), pdf))
    with before, after:
        xmp = after.Root.Metadata.read_bytes()
        assert xmp == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo.items()) == dict(before.docinfo.items())
        with after.open_metadata() as meta:
            claims = [meta[f"{name}"] for name in ("pdfaid:part", "pdfaid:conformance")]
            assert claims == ["2", "A"]
            assert meta["pdfuaid:part"] == "1"


def test_field_is_as_pdf_a_and_pdf_ua_want_it(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        (mark,) = page.obj.Annots
        hidden, printed, invisible, not_viewed, toggled = 2, 4, 1, 32, 256
        assert int(mark.F) & printed
        assert not int(mark.F) & (hidden | invisible | not_viewed | toggled)
        assert max(float(side) for side in mark.Rect) < 0
        assert str(mark.TU)
        assert page.obj.Tabs == pikepdf.Name.S
        assert "/NeedAppearances" not in opened.Root.AcroForm
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root
        assert len(opened.trailer.ID) == 2


# --- who signs ------------------------------------------------------------------------------------


def test_threads_sign_side_by_side(folder: Path) -> None:
    content = unsigned(folder)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda turn: sign_pdf(content, reason=str(turn)), range(8)))
    for turn, one in enumerate(made):
        assert validated(one).bottom_line
        assert signature_of(one).sig_object["/Reason"] == str(turn)


def test_former_certificates_are_ours_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "former.pem"
    path.write_bytes(SIGNER.pem + ROOT.pem)
    monkeypatch.setattr(settings, "VSSID_SIGNING_FORMER_FILE", str(path))
    today = current_identity()
    assert set(our_certificates()) >= {der(today.certificate), der(SIGNER.certificate)}
    assert set(roots()) == {der(today.root), der(ROOT.certificate)}


def test_outside_the_demo_no_signer_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none.pem"
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", path)
    monkeypatch.setattr(settings, "VSSID_DEMO", False)
    for cause in (FileNotFoundError, IdentityError):
        with pytest.raises(SigningError) as caught:
            current_identity()
        assert isinstance(caught.value.__cause__, cause)
        path.write_bytes(b"no key")


@pytest.mark.parametrize("ended", ["signer", "authority"])
def test_nothing_is_signed_after_a_certificate_has_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ended: str
) -> None:
    until = {ended: NOW - timedelta(days=1)}
    middle = make(Wish("Giữa", above=ROOT, is_authority=True, until=until.get("authority", LATER)))
    signer = make(Wish("Người ký", above=middle, until=until.get("signer", LATER)))
    path = tmp_path / "agency.pem"
    path.write_bytes(signer.key_pem() + signer.pem + middle.pem + ROOT.pem)
    monkeypatch.setattr(settings, "VSSID_SIGNING_FILE", path)
    with pytest.raises(SigningError, match=settings.VSSID_HOTLINE):
        signed(folder)


def test_the_signers_certificate_is_ours(pdf: bytes) -> None:
    certificate: x509.Certificate = signature_of(pdf).signer_cert
    assert certificate.dump() in our_certificates()
