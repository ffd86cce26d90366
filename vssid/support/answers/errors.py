"""What can be wrong with the bank, and refusals of questions. Each sentence names the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class BankError(Exception):
    """A file of the bank is not as it must be; a test reads them all."""


class PhrasingError(Exception):
    """The configured service gave no phrasing that can be shown; the log says why."""


class QuestionEmptyError(CodedError):
    """Nothing was asked."""

    code: ClassVar[str] = "assistant.empty"
    sentence: ClassVar[object] = _(
        "Bạn chưa gõ câu hỏi. Xin gõ vài từ, ví dụ «quên mật khẩu», rồi bấm «Gửi»."
    )


class TooManyQuestionsError(TooManyError):
    """More questions in a minute than a person asks."""

    code: ClassVar[str] = "assistant.too-many"
    sentence: ClassVar[object] = _(
        "Bạn hỏi nhanh quá. Xin chờ {seconds} giây rồi gửi lại, hoặc xem «Câu hỏi thường gặp»."
    )
