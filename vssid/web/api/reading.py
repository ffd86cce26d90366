"""From what a machine sends to what the rule is asked, and back."""

import re
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import ValidationError

from vssid.insurance.card_pass.tokens import PassRefusedError
from vssid.insurance.checking import COVERED, Asked, Code, Verdict
from vssid.insurance.tables.cards import LEVEL_PERCENT
from vssid.kernel.clock import VIETNAM
from vssid.kernel.errors import InvalidInput
from vssid.kernel.identifiers import parse_card_number, parse_login_number
from vssid.kernel.text import parse_person_name
from vssid.staff.commands.card_checks import Reported
from vssid.web.api.schemas import Answer, CardSaid, OfflineOutcome, Question
from vssid.web.ui import card_words

_LONGEST_REFERENCE, _MOST_PLACES = 64, 20
_SEXES = {"1": "M", "2": "F"}
_DAYS = ("%d/%m/%Y", "%Y-%m-%d")
# Of hospitals' files (domain §6): yyyyMMddHHmm in 8 or 12 digits, zeros for what is not known.
_OF_FILES = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4})?")


def asked_of(question: Question) -> Asked | Code:
    """The question as values: 11 for what is missing, 10 for what cannot be read."""
    given = (question.so_the, question.ho_ten, question.ngay_sinh, question.gioi_tinh)
    if any(_is_nothing(sent) for sent in given):
        return Code.MISSING_DATA
    try:
        return Asked(
            _number(_text(question.so_the)),
            parse_person_name(_text(question.ho_ten)),
            _born(_text(question.ngay_sinh)),
            _sex(question.gioi_tinh),
            day_of(question.ngay_vao_vien),
        )
    except (InvalidInput, ValueError):
        return Code.BAD_DATA


def pass_of(question: Question) -> tuple[str, date | None]:
    """The digits of a pass, and the day of admission. Raises ValueError."""
    return _text(question.ma_xac_thuc), day_of(question.ngay_vao_vien)


def day_of(sent: object) -> date | None:
    """A day as it was written; None for nothing. Raises ValueError."""
    if _is_nothing(sent):
        return None
    typed = _text(sent)
    found = _OF_FILES.fullmatch(typed)
    if found:
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    for shape in _DAYS:
        try:
            return datetime.strptime(typed, shape).replace(tzinfo=VIETNAM).date()
        except ValueError:
            continue
    raise ValueError("not a day")


def answer_of(verdict: Verdict, now: datetime) -> Answer:
    """The verdict as a machine reads it."""
    card, level = verdict.card, verdict.level
    return Answer(
        ma_ket_qua=verdict.code,
        dien_giai=card_words.sentence(verdict),
        duoc_huong=verdict.code in COVERED,
        duoc_huong_den=verdict.pays_until,
        the=None
        if card is None or level is None
        else CardSaid(
            so_the=card.card_number,
            muc_huong=level,
            muc_huong_tren_the=card.benefit_level,
            ty_le_huong=LEVEL_PERCENT[level],
            gia_tri_tu=card.valid_from,
            gia_tri_den=card.valid_to,
            ma_dkbd=card.facility_code,
            ten_dkbd=card.facility_name,
            ngay_du_5_nam=card.five_year_date,
            ma_noi_sinh_song=card.living_area,
        ),
        thoi_diem=now.astimezone(VIETNAM),
    )


def answer_of_refusal(error: PassRefusedError, now: datetime) -> Answer:
    """A pass that says nothing, under the code that hospitals know."""
    said = card_words.SAID[error.result]
    return answer_of(Verdict(error.result), now).model_copy(
        update={"dien_giai": f"{said.headline}. {error}"}
    )


def outcome_of(reference: str, outcome: Reported, error: PassRefusedError | None) -> OfflineOutcome:
    """What became of an offline check; `error` says why a token was refused."""
    words: dict[Reported, tuple[Literal["da-ghi", "da-co", "tu-choi"], str]] = {
        Reported.KEPT: ("da-ghi", _("Đã ghi. Người bệnh thấy lần kiểm tra này.")),
        Reported.KNOWN: ("da-co", _("Đã ghi từ lần gửi trước.")),
        Reported.REFUSED: (
            "tu-choi",
            str(error)
            if error
            else _("Thời điểm kiểm tra ở tương lai. Xin chỉnh lại đồng hồ của máy."),
        ),
        Reported.TOO_EARLY: (
            "tu-choi",
            _("Thời điểm kiểm tra ở trước lúc mã được cấp. Xin chỉnh lại đồng hồ của máy."),
        ),
    }
    said, why = words[outcome]
    return OfflineOutcome(ma_rieng=reference, ket_qua=said, dien_giai=why)


def outcome_of_misshapen(sent: object, error: ValidationError) -> OfflineOutcome:
    """An item not of the shape described: its own id, when it has one, and what is wrong."""
    reference = sent.get("ma_rieng") if isinstance(sent, dict) else None
    places = [f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in error.errors()]
    return OfflineOutcome(
        ma_rieng=reference[:_LONGEST_REFERENCE] if isinstance(reference, str) else "",
        ket_qua="sai-mau",
        dien_giai=_(
            "Dòng này chưa được ghi vì không đúng mẫu ở những chỗ ghi trong «cho_sai». Xin sửa rồi "
            "gửi lại; các dòng khác không phải gửi lại."
        ),
        cho_sai=places[:_MOST_PLACES],
    )


def _number(text: str) -> str:
    try:
        return parse_login_number(text).number
    except InvalidInput as error:
        if error.code != "login-number.is-card-number":
            raise
        return str(parse_card_number(text))


def _is_nothing(sent: object) -> bool:
    return sent is None or (isinstance(sent, str) and not sent.strip())


def _text(sent: object) -> str:
    if not isinstance(sent, str):
        raise ValueError("not a text")
    return sent.strip()


def _sex(sent: object) -> str:
    if isinstance(sent, bool) or str(sent).strip() not in _SEXES:
        raise ValueError("no sex of the table")
    return _SEXES[str(sent).strip()]


def _born(typed: str) -> date | int:
    found = _OF_FILES.fullmatch(typed)
    if found and found[2] == found[3] == "00":
        return int(found[1])
    if len(typed) == 4 and typed.isascii() and typed.isdigit():
        return int(typed)
    day = day_of(typed)
    if day is None:
        raise ValueError("no day")
    return day
