"""«Mã kiểm tra» on a form: the picture, or what stands in for it (guides R06, A01)."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.kernel.networks import line_of
from vssid.limits import commands as limits
from vssid.web.ui import checks, refusals

# A submit button of the first name asks for a new picture, one of the second for none.
NEW_PICTURE, NO_PICTURE = "new_picture", "khong-hinh"
# Who can neither see the picture nor run the proof of work is let through a few times an hour;
# what follows (a code to a phone, a password) has limits of its own.
_WITHOUT_PICTURE = limits.Limit("without-picture", 3, timedelta(hours=1))


def wants_new_picture(request: HttpRequest) -> bool:
    """Whether «Đổi hình khác» was pressed: nothing else of the form is looked at then."""
    return NEW_PICTURE in request.POST


def picture_problem(request: HttpRequest) -> str:
    """The sentence for a check that was not passed; empty when it was. Uses the picture up."""
    now, sent = utc_now(), request.POST
    if NO_PICTURE in sent:
        line = line_of(request.META.get("REMOTE_ADDR", ""))
        if limits.hit(limit=_WITHOUT_PICTURE, key=line, now=now) is None:
            return ""
        refusals.note(request, "check.skipped")
        return _("Đã bỏ qua hình nhiều lần. Xin nhập mã trong hình, hoặc thử lại sau một giờ.")
    if sent.get("altcha"):
        if checks.is_solution_right(payload=sent["altcha"], now=now):
            return ""
        refusals.note(request, "check.solution")
        return _("Máy chưa kiểm tra xong. Xin thử lại, hoặc nhập mã trong hình.")
    typed = sent.get("ma_kiem_tra", "")
    if not typed.strip():
        return _("Xin nhập mã kiểm tra: các chữ và số trong hình.")
    if checks.is_picture_right(key=sent.get("ma_hinh", ""), typed=typed[:20], now=now):
        return ""
    refusals.note(request, "check.picture")
    return _("Mã kiểm tra chưa đúng. Đã có hình mới, xin nhập lại.")
