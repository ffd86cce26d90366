"""What can be wrong with a chosen address or office."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import CodedError, TooManyError


class UnknownProvinceError(CodedError):
    """No province of that era has this code."""

    code: ClassVar[str] = "address.unknown-province"
    sentence: ClassVar[object] = _("Bạn chưa chọn tỉnh, thành phố. Xin chọn trong danh sách.")


class UnknownDistrictError(CodedError):
    """No district with this code, or an address of today with a district."""

    code: ClassVar[str] = "address.unknown-district"
    sentence: ClassVar[object] = _("Bạn chưa chọn quận, huyện. Xin chọn trong danh sách.")


class DistrictElsewhereError(CodedError):
    """The district lies in another province."""

    code: ClassVar[str] = "address.district-elsewhere"
    sentence: ClassVar[object] = _(
        "{district} không thuộc {province}. Xin chọn lại quận, huyện trong danh sách của tỉnh này."
    )


class UnknownCommuneError(CodedError):
    """No commune of that era has this code."""

    code: ClassVar[str] = "address.unknown-commune"
    sentence: ClassVar[object] = _("Bạn chưa chọn phường, xã. Xin chọn trong danh sách.")


class CommuneElsewhereError(CodedError):
    """The commune lies in another province or district."""

    code: ClassVar[str] = "address.commune-elsewhere"
    sentence: ClassVar[object] = _(
        "{commune} không thuộc {parent}. Xin chọn lại phường, xã trong danh sách của nơi này."
    )


class UnknownOfficeError(CodedError):
    """No agency in service has this code."""

    code: ClassVar[str] = "office.unknown"
    sentence: ClassVar[object] = _(
        "Bạn chưa chọn cơ quan BHXH tiếp nhận. Xin chọn trong danh sách."
    )


class OfficeElsewhereError(CodedError):
    """The office is not below the chosen provincial agency."""

    code: ClassVar[str] = "office.elsewhere"
    sentence: ClassVar[object] = _(
        "{office} không trực thuộc {agency}. Xin chọn lại cơ quan BHXH trong danh sách."
    )


class TooManyLookupsError(TooManyError):
    """One line searched the directories more often than people type."""

    code: ClassVar[str] = "lookup.too-many"
    sentence: ClassVar[object] = _(
        "Máy hoặc mạng này vừa tìm quá nhiều lần. Xin chờ {seconds} giây rồi tìm tiếp."
    )
