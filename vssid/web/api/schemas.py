"""What machines send and get. Names are Vietnamese, as in the files that hospitals know."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, SkipValidation

_MOST_AT_ONCE = 200
_DIGITS = Annotated[
    str, Field(max_length=3000, description="Các chữ số của «Mã xác thực», như máy quét đọc được.")
]


def _sent(kind: dict[str, Any], description: str) -> Any:
    """Described as it should be sent, read as it was.

    A patient's data that hospitals' programs get wrong is answered by a result code, as they know.
    """
    extra: dict[str, Any] = {"anyOf": [kind, {"type": "null"}]}
    return Field(None, description=description, json_schema_extra=extra)


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


class Question(Schema):
    """By `ma_xac_thuc` alone, or by number, name, birth and sex.

    What is missing is answered 11, what cannot be read 10.
    """

    model_config = ConfigDict(extra="forbid")

    ma_xac_thuc: Any = _sent(_text(3000), "Các chữ số của «Mã xác thực», như máy quét đọc được.")
    so_the: Any = _sent(
        _text(60), "Mã số BHXH (10 số), số thẻ BHYT (15 ký tự) hoặc số định danh (12 số)."
    )
    ho_ten: Any = _sent(_text(300), "Có dấu hay không dấu đều được.")
    ngay_sinh: Any = _sent(
        _text(30), "dd/MM/yyyy, yyyyMMdd, yyyy-MM-dd; hoặc chỉ năm: yyyy, yyyy0000."
    )
    gioi_tinh: Any = _sent({"enum": [1, 2, "1", "2"]}, "1 nam, 2 nữ.")
    ngay_vao_vien: Any = _sent(
        _text(30), "Khi người bệnh đang nằm viện: dd/MM/yyyy, yyyyMMdd[HHmm] hoặc yyyy-MM-dd."
    )


class CardSaid(Schema):
    """The card, for who was identified."""

    so_the: str
    muc_huong: int = Field(description="Mức đang tính, theo luật của ngày hôm nay.")
    muc_huong_tren_the: int = Field(description="Mức in trên thẻ; luật có thể đã đổi từ khi in.")
    ty_le_huong: int = Field(description="Phần trăm BHYT trả theo mức đang tính.")
    gia_tri_tu: date
    gia_tri_den: date | None
    ma_dkbd: str
    ten_dkbd: str
    ngay_du_5_nam: date | None
    ma_noi_sinh_song: str


class Answer(Schema):
    """The result code with its words."""

    ma_ket_qua: str = Field(description="00 … 11, xem bảng mã kết quả.")
    dien_giai: str
    duoc_huong: bool = Field(description="BHYT chi trả trong ngày hôm nay.")
    duoc_huong_den: date | None
    the: CardSaid | None
    thoi_diem: datetime


class OfflineItem(Schema):
    """One check without a network."""

    model_config = ConfigDict(extra="forbid")

    ma_rieng: str = Field(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="Mã do cơ sở đặt; gửi lại cùng mã thì không ghi thêm.",
    )
    ma_xac_thuc: _DIGITS
    thoi_diem: AwareDatetime = Field(description="Lúc kiểm tra, có múi giờ.")


class OfflineQueue(Schema):
    """The queue of a facility. Each item is read by itself: a misshapen one spoils no other."""

    model_config = ConfigDict(extra="forbid")

    danh_sach: list[SkipValidation[OfflineItem]] = Field(min_length=1, max_length=_MOST_AT_ONCE)


class OfflineOutcome(Schema):
    """What became of one of them; a refused one is not to be sent again, a misshapen one mended.

    `cho_sai` names what is misshapen, and never what was sent there: that is personal.
    """

    ma_rieng: str
    ket_qua: Literal["da-ghi", "da-co", "tu-choi", "sai-mau"]
    dien_giai: str
    cho_sai: list[str] = []


class OfflineReport(Schema):
    """One outcome for each item, in their order."""

    danh_sach: list[OfflineOutcome]


class PublicKey(Schema):
    """A JWK (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    alg: Literal["EdDSA"]
    use: Literal["sig"]
    kid: str
    x: str


class PublicKeys(Schema):
    """A JWK set: every key that verifies."""

    keys: list[PublicKey]


class Problem(Schema):
    """A request that was not served: a stable code, and a sentence with the next step."""

    ma_loi: str
    thong_bao: str
    cho_sai: list[str] = []
