"""What can go wrong with a document."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class TypesettingError(CodedError):
    """A source (`source`: its file) does not compile, or misses the archive standards.

    The compiler's own words hang below it as `__cause__`: they are for the developer.
    """

    code: ClassVar[str] = "document.typesetting-failed"
    sentence: ClassVar[object] = _(
        "Hệ thống chưa lập được văn bản này. Xin thử lại sau ít phút; "
        "thông tin đã nhập vẫn còn nguyên."
    )


class SigningError(CodedError):
    """There is no key, or its certificate is not in force: nothing is signed that would not hold.

    What is wrong hangs below it as `__cause__`: it is for the operator.
    """

    code: ClassVar[str] = "document.signing-failed"
    sentence: ClassVar[object] = _(
        "Hệ thống tạm thời chưa ký được giấy. Xin thử lại sau; cần gấp thì gọi {hotline}."
    )
