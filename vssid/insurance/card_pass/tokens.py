"""Makes and reads the signed token: a CWT (RFC 8392) in COSE_Sign1 (RFC 9052) with Ed25519.

Pure: keys and the moment are given. What was read is true at most until `expires_at`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

import cbor2
from cwt import COSE, COSEKey
from django.utils.translation import gettext_lazy as _

from vssid.insurance.card_pass import digits
from vssid.insurance.checking import Code
from vssid.kernel.clock import VIETNAM
from vssid.kernel.errors import CodedError

SUBJECT, EXPIRES, CARD = 2, 4, -70001
"""Claims: sub and exp of RFC 8392; -70001, from its range for private use, is the card."""

_SIGN1: Final = 0xD2
_SECRET: Final = -4
# What the parts of the card's claim are, in their order.
_TYPES: Final = (str, str, int, int, int, int, int | None, str)
_SEXES: Final = {"M": 1, "F": 2}


class PassRefusedError(CodedError):
    """A pass that says nothing; `result` is what hospitals' programs know it by."""

    result: ClassVar[Code]


class DamagedPassError(PassRefusedError):
    """The digits do not come from a whole scan."""

    result = Code.BAD_DATA
    code: ClassVar[str] = "card-pass.damaged"
    sentence: ClassVar[object] = _(
        "Mã quét chưa đủ hoặc có chỗ sai. Xin quét lại, giữ máy quét thẳng và gần hơn."
    )


class ForgedPassError(PassRefusedError):
    """Nobody who has one of our keys signed it, or the key was retired."""

    result = Code.WRONG_CARD
    code: ClassVar[str] = "card-pass.forged"
    sentence: ClassVar[object] = _(
        "Mã này không do cơ quan BHXH ký. Xin kiểm tra theo mã số và họ tên."
    )


class ExpiredPassError(PassRefusedError):
    """It was true until `at`."""

    result = Code.BAD_DATA
    code: ClassVar[str] = "card-pass.expired"
    sentence: ClassVar[object] = _(
        "Mã xác thực đã hết hạn lúc {at}. Xin người bệnh mở lại mã trên điện thoại rồi quét lại."
    )


@dataclass(frozen=True, slots=True)
class CardPass:
    """What the token says. `born` is a day, or a year of which no more is known.

    `level` is the one that counts on the day of issue; the printed one stands in the card's number.
    """

    number: str
    card_number: str
    full_name: str
    born: date | int
    sex: str
    level: int
    valid_from: date
    valid_to: date | None
    facility_code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key: its id, and 32 bytes of each half."""

    id: str
    secret: bytes
    public: bytes


def make_pass(said: CardPass, key: SigningKey) -> str:
    """The digits of the signed token."""
    card = [
        said.card_number,
        said.full_name,
        said.born if isinstance(said.born, int) else _day_number(said.born),
        _SEXES[said.sex],
        said.level,
        _day_number(said.valid_from),
        None if said.valid_to is None else _day_number(said.valid_to),
        said.facility_code,
    ]
    expires = int(said.expires_at.timestamp())
    claims = cbor2.dumps({SUBJECT: said.number, EXPIRES: expires, CARD: card})
    cose = COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True)
    signing = COSEKey.new({**_public_part(key.id, key.public), _SECRET: key.secret})
    return digits.encode(cose.encode_and_sign(claims, signing))


def read_pass(text: str, *, keys: Mapping[str, bytes], now: datetime) -> CardPass:
    """What a scanned token says; `keys` are public ones by id.

    Raises DamagedPassError, ForgedPassError, ExpiredPassError.
    """
    said = read_signed(text, keys=keys)
    if now >= said.expires_at:
        raise ExpiredPassError(at=f"{said.expires_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}")
    return said


def read_signed(text: str, *, keys: Mapping[str, bytes]) -> CardPass:
    """The same of a token that may be past its time: for what was checked offline before.

    Raises DamagedPassError, ForgedPassError.
    """
    try:
        token = digits.decode(text)
    except digits.DamagedDigitsError:
        raise DamagedPassError from None
    # The library takes other forms too: several signers, and as a CWT even a bare map, unsigned.
    if token[0] != _SIGN1:
        raise ForgedPassError
    known = [COSEKey.new(_public_part(key_id, public)) for key_id, public in keys.items()]
    try:
        payload = COSE.new(verify_kid=True).decode(token, known)
        return _said(cbor2.loads(payload))
    except Exception:
        # Bytes of anybody: what a decoder stumbles over has no list.
        raise ForgedPassError from None


def fingerprint(text: str) -> str:
    """The same for each use of one token, and nothing else: for events.

    Of what is signed and its signature, for the rest may be written in several ways.
    """
    try:
        protected, _other, payload, signature = cbor2.loads(digits.decode(text)).value
        return hashlib.sha256(b"".join((protected, payload, signature))).hexdigest()[:16]
    except Exception:
        # Bytes of anybody, as above.
        return ""


def _said(claims: Any) -> CardPass:
    number, expires, card = claims[SUBJECT], claims[EXPIRES], claims[CARD]
    if not (isinstance(number, str) and isinstance(expires, int) and len(card) == len(_TYPES)):
        raise ValueError("not the claims of a card")
    if not all(isinstance(part, kind) for part, kind in zip(card, _TYPES, strict=True)):
        raise ValueError("a part of the card is of another kind")
    card_number, full_name, born, sex, level, valid_from, valid_to, facility = card
    return CardPass(
        number=number,
        card_number=card_number,
        full_name=full_name,
        born=born if born < 10_000 else _day(born),
        sex={digit: letter for letter, digit in _SEXES.items()}[sex],
        level=level,
        valid_from=_day(valid_from),
        valid_to=None if valid_to is None else _day(valid_to),
        facility_code=facility,
        expires_at=datetime.fromtimestamp(expires, UTC),
    )


def _public_part(key_id: str, public: bytes) -> dict[int, Any]:
    # OKP, EdDSA, Ed25519 (RFC 9053).
    return {1: 1, 2: key_id.encode(), 3: -8, -1: 6, -2: public}


def _day_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
