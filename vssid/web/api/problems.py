"""Every refusal of the API as JSON: a stable code and a sentence with the next step."""

import math

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from vssid.kernel.errors import CodedError, TooManyError
from vssid.web.ui import refusals

_MOST_PLACES = 20


def problem(status: int, code: str, sentence: str, places: tuple[str, ...] = ()) -> HttpResponse:
    """The answer to a request that was not served."""
    said = {"ma_loi": code, "thong_bao": sentence, "cho_sai": list(places)}
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def not_allowed(allowed: str) -> HttpResponse:
    """405: another method."""
    answer = problem(
        405,
        "request.method",
        _("Địa chỉ này không nhận cách gọi đó. Xin xem bản mô tả tại /api/v1/openapi.json."),
    )
    answer["Allow"] = allowed
    return answer


def install(api: NinjaAPI) -> None:
    """Answer every kind of refusal."""
    api.add_exception_handler(CodedError, _coded)
    api.add_exception_handler(AuthenticationError, _unknown_key)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _unreadable)


def _coded(request: HttpRequest, error: CodedError | type[CodedError]) -> HttpResponse:
    assert isinstance(error, CodedError)  # noqa: S101 - never the class
    refusals.note(request, error.code)
    is_too_many = isinstance(error, TooManyError)
    answer = problem(429 if is_too_many else 403, error.code, str(error))
    if isinstance(error, TooManyError):
        answer["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return answer


def _unknown_key(request: HttpRequest, _error: object) -> HttpResponse:
    refusals.note(request, "facility-key.wrong")
    answer = problem(
        401,
        "facility-key.wrong",
        _(
            "Thiếu khóa của cơ sở, hoặc khóa đã ngừng dùng. Xin gửi tiêu đề «Authorization: Bearer "
            "…»; nếu mất khóa, liên hệ cơ quan BHXH để được cấp lại."
        ),
    )
    answer["WWW-Authenticate"] = 'Bearer realm="VssID"'
    return answer


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    # Where it is, never what was sent: that is personal.
    found = getattr(error, "errors", [])[:_MOST_PLACES]
    places = tuple(f"{'.'.join(map(str, one['loc'][2:]))}: {one['type']}" for one in found)
    return problem(
        422,
        "request.invalid",
        _("Dữ liệu gửi lên không đúng mẫu ở những chỗ ghi trong «cho_sai». Xin sửa rồi gửi lại."),
        places,
    )


def _unreadable(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return problem(
        getattr(error, "status_code", 400),
        "request.unreadable",
        _("Không đọc được nội dung gửi lên. Xin gửi JSON mã hóa UTF-8, không quá 1 MB."),
    )
