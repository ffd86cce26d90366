"""Why a declaration is refused: what the officer picks from, and what the applicant does about it.

A reason is kept in the refusal as its Vietnamese sentence, with the officer's own words behind it:
that is what was sent. `of_text` finds the reasons again.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from vssid.registration.rules import ChildStep, Step


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the list.

    `code` is stable. `sentence` is Vietnamese, as it is sent and kept. `what_to_do` tells the
    applicant what to mend, `step` where in the form, `photos` (portrait, front, back) which ones
    have to be taken anew. `field` is the id of the field on a step with many; empty otherwise.
    """

    code: str
    sentence: str
    what_to_do: str
    step: Step | ChildStep
    photos: tuple[str, ...] = ()
    field: str = ""

    @property
    def shown(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.sentence)

    @property
    def advice(self) -> str:
        """What to do, in the reader's language."""
        return gettext(self.what_to_do)


REASONS = (
    Reason(
        "name-differs",
        _("Họ tên không khớp với giấy tờ."),
        _("Xin gõ họ tên đủ dấu, đúng từng chữ như trên CMND/CCCD/hộ chiếu."),
        Step.PERSON,
    ),
    Reason(
        "id-number-differs",
        _("Số CMND/CCCD/hộ chiếu không khớp với bản chính."),
        _("Xin gõ lại số trên giấy tờ đang dùng, xem kỹ từng chữ số."),
        Step.PERSON,
    ),
    Reason(
        "number-of-another",
        _("Mã số BHXH không phải của người khai."),
        _("Xin xem mã số trên sổ BHXH hoặc 10 số cuối của thẻ BHYT; chưa rõ thì hỏi cơ quan BHXH."),
        Step.PERSON,
    ),
    Reason(
        "paper-unreadable",
        _("Ảnh giấy tờ mờ, không đọc được."),
        _("Xin chụp lại giấy tờ ở nơi đủ sáng, trên mặt phẳng, không lóa, đủ bốn góc."),
        Step.PAPERS,
        ("front", "back"),
    ),
    Reason(
        "portrait-wrong",
        _("Ảnh chân dung không đúng người hoặc không rõ mặt."),
        _("Xin chụp lại ảnh chân dung: nhìn thẳng, rõ mặt, nền sáng."),
        Step.PERSON,
        ("portrait",),
    ),
    Reason(
        "phone-of-another",
        _("Số điện thoại không phải của người khai."),
        _("Xin ghi số điện thoại của chính bạn, đang dùng, để nhận mã OTP và mật khẩu."),
        Step.ADDRESS,
    ),
    Reason(
        "paper-expired",
        _("Giấy tờ đã hết hạn sử dụng."),
        _("Xin dùng CCCD hoặc hộ chiếu còn hạn: gõ lại số và chụp lại ảnh giấy tờ mới."),
        Step.PAPERS,
        ("front", "back"),
    ),
    Reason(
        "signature-missing",
        _("Bản in chưa ký hoặc chưa ghi rõ họ tên."),
        _("Không cần sửa gì: xin gửi lại tờ khai, in, ký và ghi rõ họ tên rồi mang đến nộp."),
        Step.REVIEW,
    ),
)


CHILD_REASONS = (
    Reason(
        "child-name",
        _("Họ tên của con không khớp với giấy khai sinh."),
        _("Xin gõ họ tên của con đúng từng chữ như trên giấy khai sinh."),
        ChildStep.CHILD,
        field="full_name",
    ),
    Reason(
        "child-number",
        _("Mã số BHXH không phải của con."),
        _("Xin xem 10 số cuối trên thẻ BHYT của con; chưa rõ thì hỏi cơ quan BHXH."),
        ChildStep.CHILD,
        field="number",
    ),
    Reason(
        "child-paper",
        _("Giấy khai sinh mờ hoặc không đúng của con."),
        _("Xin chụp lại giấy khai sinh của con ở nơi đủ sáng, đủ bốn góc."),
        ChildStep.CHILD,
        ("front",),
        "front-box",
    ),
    Reason(
        "child-relation",
        _("Giấy tờ không ghi người khai là cha, mẹ hoặc người giám hộ."),
        _("Xin chụp giấy khai sinh hoặc giấy tờ giám hộ có tên bạn, và xem lại bạn là gì của con."),
        ChildStep.CHILD,
        ("front",),
        "front-box",
    ),
    Reason(
        "child-portrait",
        _("Ảnh chân dung không đúng của con hoặc không rõ mặt."),
        _("Xin chụp lại ảnh của con: nhìn thẳng, rõ mặt, nền sáng."),
        ChildStep.CHILD,
        ("portrait",),
        "portrait-box",
    ),
    Reason(
        "child-signature",
        _("Tờ khai cho con chưa có chữ ký, họ tên của người khai."),
        _("Không cần sửa gì: xin gửi lại tờ khai, in, ký và ghi rõ họ tên bạn rồi mang đến nộp."),
        ChildStep.REVIEW,
    ),
)
"""What can be wrong about a child; the guardian mends it where they are signed in."""


def of_text(refusal: str) -> tuple[Reason, ...]:
    """The reasons of the list that a refusal names, in the list's order."""
    return tuple(reason for reason in (*REASONS, *CHILD_REASONS) if reason.sentence in refusal)


def own_words(refusal: str) -> str:
    """What the officer wrote besides the reasons of the list; empty when there is nothing."""
    for reason in of_text(refusal):
        refusal = refusal.replace(reason.sentence, " ")
    return " ".join(refusal.split())


def first_step(reasons: tuple[Reason, ...]) -> Step:
    """Where mending begins; words of one's own may be about anything, so at the beginning."""
    steps = {reason.step for reason in reasons}
    return next((step for step in Step if step in steps), Step.PERSON)
