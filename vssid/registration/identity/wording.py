"""Differences in sentences; those from the form are told together, with one next step."""

from django.utils.translation import gettext, gettext_lazy

from vssid.registration.identity.comparing import Beside, Difference, Field

_LABELS = {
    Field.NAME: gettext_lazy("Họ tên"),
    Field.BIRTH: gettext_lazy("Ngày sinh"),
    Field.SEX: gettext_lazy("Giới tính"),
    Field.KIND: gettext_lazy("Số giấy tờ"),
    Field.NUMBER: gettext_lazy("Số giấy tờ"),
    Field.OLD_NUMBER: gettext_lazy("Số CMND cũ"),
    Field.NATIONALITY: gettext_lazy("Quốc tịch"),
    Field.EXPIRY: gettext_lazy("Ngày hết hạn"),
}
_SEX = {"M": gettext_lazy("Nam"), "F": gettext_lazy("Nữ")}


def sentence(difference: Difference) -> str:
    """What is told: to the applicant after `comparing.for_applicant`, to an officer as it is."""
    if difference.field is Field.EXPIRY:
        return gettext(
            "Giấy tờ đã hết hạn ngày {on_paper}. Xin dùng giấy tờ còn hạn; nếu chưa có, hãy mang "
            "theo khi nộp tờ khai để cán bộ xem."
        ).format(on_paper=difference.on_paper)
    stated, on_paper = values(difference)
    said = {"label": label(difference), "stated": stated, "on_paper": on_paper}
    return _pattern(difference).format(**said)


def label(difference: Difference) -> str:
    """What differs, as people call it."""
    return str(_LABELS[difference.field])


def values(difference: Difference) -> tuple[str, str]:
    """What is said elsewhere, and what the paper says, as people read it."""
    return _shown(difference, difference.stated), _shown(difference, difference.on_paper)


def _pattern(difference: Difference) -> str:
    if difference.beside is Beside.FORM:
        return gettext("{label} trên giấy tờ là «{on_paper}», trên tờ khai là «{stated}».")
    if difference.beside is Beside.PAPER:
        return gettext(
            "{label} ở hai chỗ của giấy tờ không khớp nhau: «{stated}» và «{on_paper}». Xin xem "
            "lại các ảnh có cùng một giấy tờ không, rồi chụp lại."
        )
    if not difference.stated:
        return gettext(
            "Thông tin trên giấy tờ chưa khớp với dữ liệu BHXH. Vẫn có thể ghi nhận tờ khai; cán "
            "bộ sẽ đối chiếu với bản chính khi nộp."
        )
    return gettext(
        "{label} trên giấy tờ là «{on_paper}», trong dữ liệu BHXH là «{stated}». Hãy đối chiếu với "
        "bản chính trước khi duyệt."
    )


def _shown(difference: Difference, value: str) -> str:
    return str(_SEX.get(value, value)) if difference.field is Field.SEX else value
