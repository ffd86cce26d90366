"""Refusals at the officers' door."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError


class SignInRefusedError(CodedError):
    """Name or password wrong."""

    code: ClassVar[str] = "officer.wrong"
    sentence: ClassVar[object] = _(
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra rồi nhập lại."
    )


class SignInLockedError(CodedError):
    """Too many wrong passwords."""

    code: ClassVar[str] = "officer.locked"
    sentence: ClassVar[object] = _(
        "Đã nhập sai nhiều lần. Xin chờ {minutes} phút, hoặc nhờ phụ trách cơ quan hỗ trợ."
    )
