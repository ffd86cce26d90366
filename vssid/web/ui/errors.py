"""What a person reads when something did not work: a sentence, the next step, a request id."""

from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from vssid.web.ui import refusals
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_MACHINES = "/api/"
_TOO_MUCH: Final = (
    (RequestDataTooBig, "request.too-large"),
    (TooManyFieldsSent, "request.too-many-fields"),
    (TooManyFilesSent, "request.too-many-files"),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read; what was too much of it is told by its code."""
    code = next((code for kind, code in _TOO_MUCH if isinstance(exception, kind)), "")
    if code:
        refusals.note(request, code)
    return _answer(
        request,
        400,
        _("Chưa đọc được yêu cầu"),
        _("Trang nhận được dữ liệu không đúng. Xin quay lại trang trước và làm lại."),
    )


def unknown_host(request: HttpRequest) -> HttpResponse:
    """400: asked under a name that is not ours; links and cookies would be somebody else's."""
    return _answer(
        request,
        400,
        _("Tên miền này không phải của VssID"),
        _("Trang được mở dưới một tên miền lạ. Xin đóng lại và mở VssID từ địa chỉ chính thức."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    refusals.note(request, "access.role")
    return _answer(
        request,
        403,
        _("Không được phép xem"),
        _("Trang này không thuộc phần việc hoặc hồ sơ của bạn. Xin quay lại trang trước."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page; an address typed without its last slash leads to its page."""
    if _lacks_slash(request):
        with_slash = request.get_full_path(force_append_slash=True)
        return HttpResponseRedirect(escape_leading_slashes(with_slash))
    return _answer(
        request,
        404,
        _("Không tìm thấy trang"),
        _("Địa chỉ này không có. Xin về trang chủ và chọn lại mục bạn cần."),
    )


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: pages are read and forms are sent, nothing else."""
    answer = _answer(
        request,
        405,
        _("Không làm được cách này"),
        _("Trang chỉ nhận việc xem và gửi biểu mẫu. Xin về trang chủ và chọn lại mục bạn cần."),
    )
    answer["Allow"] = "GET, HEAD, POST"
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than any form of ours needs."""
    return _answer(
        request,
        413,
        _("Tệp gửi lên quá lớn"),
        _(
            "Mỗi ảnh chỉ được tối đa 10 MB. Những gì bạn đã lưu ở các bước trước vẫn còn. "
            "Xin quay lại và chọn ảnh nhỏ hơn."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _answer(
        request,
        500,
        _("Hệ thống đang gặp sự cố"),
        _(
            "Lỗi này do hệ thống, không phải do bạn. Những gì đã lưu vẫn còn. "
            "Xin thử lại sau ít phút."
        ),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database was out of reach for a moment."""
    answer = _answer(
        request,
        503,
        _("Kết nối vừa bị gián đoạn"),
        _(
            "Những gì đã lưu vẫn còn. Xin chờ vài giây, quay lại trang trước và bấm lại một lần "
            "nữa; bấm hai lần cũng không tạo ra hai hồ sơ."
        ),
    )
    answer["Retry-After"] = "5"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 from the form key: the browser refuses cookies, or the page is an old one.

    Who signs in or out gets a new key, so that a page from before cannot be sent any more.
    """
    refusals.note(request, "form.key")
    if not request.COOKIES:
        return _answer(
            request,
            403,
            _("Trình duyệt đang chặn cookie"),
            _(
                "Trang cần cookie để biết đúng là bạn đang gửi. Xin mở cài đặt của trình duyệt, "
                "cho phép cookie với trang này (hoặc tắt chế độ chặn), rồi mở lại trang."
            ),
            again=request.path,
        )
    return _answer(
        request,
        403,
        _("Trang này đã cũ"),
        _(
            "Trang được mở từ trước lần đăng nhập hoặc đăng xuất gần nhất nên không gửi được nữa; "
            "chưa có gì bị thay đổi. Xin mở lại trang để có biểu mẫu mới rồi gửi lần nữa."
        ),
        again=request.path,
    )


def _lacks_slash(request: HttpRequest) -> bool:
    path = request.path_info
    return (
        request.method in {"GET", "HEAD"}
        and request.resolver_match is None
        and not path.endswith("/")
        and not path.startswith("//")
        and bool(is_valid_path(f"{path}/"))
    )


def _answer(
    request: HttpRequest, status: int, title: str, text: str, again: str = ""
) -> HttpResponse:
    """The sentence on a page; `again` is where the same can be tried with a fresh form."""
    from_request = getattr(request, "request_id", "")
    if request.path.startswith(_MACHINES):
        said = {"ma_loi": f"http.{status}", "thong_bao": f"{title}. {text}", "cho_sai": []}
        return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    try:
        page = Page(title=title)
        return render(
            request,
            "ui/error.html",
            page,
            status=status,
            text=text,
            again=again,
            request_id=from_request,
        )
    except Exception:  # a broken template must not hide the sentence
        plain = f"{title}. {text} {settings.VSSID_HOTLINE} ({from_request})"
        return HttpResponse(plain, status=status, content_type="text/plain; charset=utf-8")
