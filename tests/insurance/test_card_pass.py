"""«Mã xác thực»: the digits, the signature, its time, and reading a photographed one back."""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from cwt import COSE, COSEKey, Signer
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.source import ROOT, read
from tests.insurance import photographs
from vssid.documents.qr import qr_svg
from vssid.insurance.card_pass import digits, keys, tokens
from vssid.insurance.card_pass.tokens import (
    CardPass,
    DamagedPassError,
    ExpiredPassError,
    ForgedPassError,
    SigningKey,
)

DOCUMENT = Path("docs/card-pass.md")
SECRET = bytes(range(32))
KEY = SigningKey("k1", SECRET, keys.public_half(SECRET))
PUBLIC = {"k1": KEY.public}
UNTIL = datetime(2026, 11, 28, 3, 10, tzinfo=UTC)
BEFORE = UNTIL - timedelta(seconds=1)
ANH = CardPass(
    number="0198000001",
    card_number="DN4010198000001",
    full_name="Nguyễn Thị Hồng Ánh",
    born=date(1990, 5, 12),
    sex="F",
    level=4,
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    facility_code="01001",
    expires_at=UNTIL,
)
KHOA = CardPass(
    "0198000002", "TE1790198000002", "Trần Đăng Khoa", 2021, "M", 1, date(2021, 6, 1), None,
    "79001", UNTIL,
)  # fmt: skip


def _blocks(kind: str) -> list[str]:
    """The blocks of a kind in the document."""
    return re.findall(rf"^```{kind}\n(.+?)^```$", read(DOCUMENT), re.M | re.S)


# --- digits ---------------------------------------------------------------------------------------


@given(st.binary(min_size=1, max_size=400))
def test_bytes_come_back_from_their_digits(content: bytes) -> None:
    text = digits.encode(content)
    assert text.isdigit()
    assert text[0] == "1"
    assert digits.decode(text) == content


@given(st.binary(min_size=1, max_size=60), st.data())
def test_another_digit_is_noticed(content: bytes, data: st.DataObject) -> None:
    text = digits.encode(content)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != text[at]]))
    with pytest.raises(digits.DamagedDigitsError):
        digits.decode(text[:at] + other + text[at + 1 :])


@given(st.binary(min_size=2, max_size=60), st.data())
def test_swapped_neighbours_are_noticed(content: bytes, data: st.DataObject) -> None:
    text = digits.encode(content)
    at = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if swapped != text:
        with pytest.raises(digits.DamagedDigitsError):
            digits.decode(swapped)


@given(st.text(max_size=60))
def test_no_text_of_others_breaks_the_reader(text: str) -> None:
    try:
        digits.decode(text)
    except digits.DamagedDigitsError:
        pass
    else:
        assert text


@pytest.mark.parametrize("mangle", [" {} ", "{}\r\n", "{0}"])
def test_spaces_and_wide_digits_are_forgiven(mangle: str) -> None:
    text = digits.encode(b"VssID")
    wide = text.translate({0x30 + one: 0xFF10 + one for one in range(10)})
    assert digits.decode(mangle.format(text)) == digits.decode(wide) == b"VssID"


def test_vectors_of_the_document_hold() -> None:
    pairs = re.findall(r"`([0-9a-f]+)` is\s+`(\d+)`", read(DOCUMENT))
    assert len(pairs) == 5
    assert [digits.encode(bytes.fromhex(content)) for content, _ in pairs] == [
        text for _, text in pairs
    ]
    told = [re.sub(r"\s", "", block) for block in _blocks("digits")]
    shown = [bytes.fromhex(re.sub(r"\s", "", block)) for block in _blocks("hex")]
    assert [tokens.make_pass(one, KEY) for one in (ANH, KHOA)] == told
    assert [digits.decode(text) for text in told] == shown
    assert json.loads(_blocks("json")[0])["keys"][0]["kid"] == "k1"


# --- the token ------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [ANH, KHOA])
def test_pass_is_read_back_until_its_last_second(said: CardPass) -> None:
    text = tokens.make_pass(said, KEY)
    assert tokens.read_pass(text, keys=PUBLIC, now=BEFORE) == said
    with pytest.raises(ExpiredPassError, match="10:10 28/11/2026"):
        tokens.read_pass(text, keys=PUBLIC, now=UNTIL)
    assert tokens.read_signed(text, keys=PUBLIC) == said


def test_pass_of_an_older_key_is_read_until_the_key_is_retired() -> None:
    text = tokens.make_pass(ANH, KEY)
    other = keys.public_half(bytes(range(1, 33)))
    assert tokens.read_pass(text, keys={"k2": other, **PUBLIC}, now=BEFORE) == ANH
    for without in ({"k2": other}, {"k1": other}, {}):
        with pytest.raises(ForgedPassError):
            tokens.read_pass(text, keys=without, now=BEFORE)


def test_each_changed_byte_is_noticed() -> None:
    token = digits.decode(tokens.make_pass(ANH, KEY))
    for at in range(len(token)):
        changed = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        with pytest.raises(ForgedPassError):
            tokens.read_pass(digits.encode(changed), keys=PUBLIC, now=BEFORE)


def test_damaged_scan_is_told_from_a_forged_one() -> None:
    text = tokens.make_pass(ANH, KEY)
    for damaged in (text[:-1], text[1:], text[:200], "", "1", text + "0", f"2{text[1:]}"):
        with pytest.raises(DamagedPassError):
            tokens.read_pass(damaged, keys=PUBLIC, now=BEFORE)


def _signed(claims: object, *, key: SigningKey = KEY) -> str:
    signing = COSEKey.new({1: 1, 2: b"k1", 3: -8, -1: 6, -2: key.public, -4: key.secret})
    cose = COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True)
    return digits.encode(cose.encode_and_sign(cbor2.dumps(claims), signing))


def _claims(**changes: object) -> dict[int, object]:
    card = ["DN4010198000001", "Nguyễn Thị Hồng Ánh", 19900512, 2, 4, 20260101, None, "01001"]
    card[int(str(changes.get("at", 7)))] = changes.get("part", "01001")
    return {2: "0198000001", 4: int(UNTIL.timestamp()), -70001: card}


def test_claims_that_nobody_signed_are_refused() -> None:
    authentic = cbor2.loads(digits.decode(_signed(_claims())))
    unsigned = [
        cbor2.dumps(_claims()),
        cbor2.dumps(cbor2.CBORTag(61, _claims())),
        cbor2.dumps(cbor2.CBORTag(18, [*authentic.value[:3], b""])),
        cbor2.dumps(cbor2.CBORTag(18, [b"", {4: b"k1"}, *authentic.value[2:]])),
        cbor2.dumps(cbor2.CBORTag(17, authentic.value)),
        cbor2.dumps(authentic.value),
    ]
    for content in unsigned:
        with pytest.raises(ForgedPassError):
            tokens.read_pass(digits.encode(content), keys=PUBLIC, now=BEFORE)


def test_only_the_one_form_of_a_signature_is_read() -> None:
    """The library would take one among several signers as well."""
    signing = COSEKey.new({1: 1, 2: b"k1", 3: -8, -1: 6, -2: KEY.public, -4: KEY.secret})
    signer = Signer.new(cose_key=signing, protected={1: -8}, unprotected={4: b"k1"})
    content = COSE.new().encode_and_sign(cbor2.dumps(_claims()), signers=[signer])
    assert content[:2] == b"\xd8\x62"
    with pytest.raises(ForgedPassError):
        tokens.read_pass(digits.encode(content), keys=PUBLIC, now=BEFORE)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        [],
        "text",
        {2: "0198000001", 4: "soon", -70001: []},
        {2: "0198000001", 4: 1, -70001: None},
        _claims(at=2, part=19901399),
        _claims(at=3, part=3),
        _claims(at=0, part=5),
        {**_claims(), 4: 10**30},
    ],
)
def test_signed_nonsense_is_refused(claims: object) -> None:
    with pytest.raises(ForgedPassError):
        tokens.read_pass(_signed(claims), keys=PUBLIC, now=BEFORE)


def test_fingerprint_is_the_tokens_own() -> None:
    one, other = tokens.make_pass(ANH, KEY), tokens.make_pass(KHOA, KEY)
    assert tokens.fingerprint(one) == tokens.fingerprint(f" {one} ") != tokens.fingerprint(other)
    assert tokens.fingerprint("nonsense") == ""


def test_fingerprint_holds_however_the_signed_token_is_wrapped() -> None:
    text = tokens.make_pass(ANH, KEY)
    token = digits.decode(text)
    protected, other, payload, signature = cbor2.loads(token).value
    more = cbor2.dumps(cbor2.CBORTag(18, [protected, {**other, 99: 1}, payload, signature]))
    for wrapped in (token + b"\0", more):
        again = digits.encode(wrapped)
        try:
            assert tokens.read_signed(again, keys=PUBLIC) == ANH
        except ForgedPassError:
            continue
        assert tokens.fingerprint(again) == tokens.fingerprint(text)
    assert tokens.fingerprint(digits.encode(b"\xd2")) == ""


# --- what others do with it -----------------------------------------------------------------------


def test_program_of_the_document_reads_what_we_sign(tmp_path: Path) -> None:
    program = tmp_path / "check.py"
    program.write_text(_blocks("python")[0], encoding="utf-8")
    published = tmp_path / "keys.json"
    published.write_text(_blocks("json")[0], encoding="utf-8")
    good = tokens.make_pass(ANH, KEY)
    forged = tokens.make_pass(ANH, SigningKey("k1", bytes(32), keys.public_half(bytes(32))))
    lines = [good, tokens.make_pass(KHOA, KEY), forged, good[:-1], "", "hello"]
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, str(program), str(published)],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    said = [line.split("|", 1)[1] for line in ran.stdout.splitlines()]
    assert said[:2] == [
        "0198000001|DN4010198000001|Nguyễn Thị Hồng Ánh|19900512|2|4|20260101|20261231|01001",
        "0198000002|TE1790198000002|Trần Đăng Khoa|2021|1|1|20210601|None|79001",
    ]
    assert [line.split("|")[0] for line in ran.stdout.splitlines()][2:] == ["refused"] * 4


@pytest.mark.parametrize("seed", range(4))
def test_photographed_code_is_read_back(seed: int) -> None:
    text = tokens.make_pass(ANH, KEY)
    picture = photographs.photograph(photographs.drawn(qr_svg(text), side=720), seed=seed)
    assert photographs.scan(picture) == text
    # By the table of the document alone.
    body, token = text[1:-2], b""
    while body:
        group, body = body[:15], body[15:]
        token += int(group).to_bytes({15: 6, 13: 5, 10: 4, 8: 3, 5: 2, 3: 1}[len(group)], "big")
    claims = cbor2.loads(cbor2.loads(token).value[2])
    assert claims[2] == ANH.number
    assert claims[-70001][:2] == [ANH.card_number, ANH.full_name]
    assert claims[-70001][2:] == [19900512, 2, 4, 20260101, 20261231, "01001"]


def test_noise_alone_holds_no_code() -> None:
    assert photographs.scan(photographs.photograph(photographs.blank(720), seed=1)) == ""


def test_keys_are_published_without_their_secret_half() -> None:
    published = keys.published_keys()
    assert [one["kid"] for one in published] == ["tests"]
    assert set(published[0]) == {"kty", "crv", "alg", "use", "kid", "x"}
