"""The calls of the machine API: each reads, calls one command, answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer
from pydantic import ValidationError

from vssid.insurance.card_pass.keys import published_keys
from vssid.insurance.card_pass.tokens import PassRefusedError
from vssid.insurance.checking import Code, Verdict
from vssid.kernel.clock import utc_now
from vssid.staff import queries as staff
from vssid.staff.commands import card_checks
from vssid.staff.commands.card_checks import Checker, OfflineCheck, Reported, Way
from vssid.staff.models import FacilityKey
from vssid.web.api import problems, reading
from vssid.web.api.schemas import (
    Answer,
    OfflineItem,
    OfflineOutcome,
    OfflineQueue,
    OfflineReport,
    Problem,
    PublicKeys,
    Question,
)


class FacilityBearer(HttpBearer):
    """The key of a facility, as `Authorization: Bearer …`."""

    openapi_name = "khoa-co-so"

    def authenticate(self, request: HttpRequest, token: str) -> FacilityKey | None:
        """The key, while it is in force."""
        return staff.facility_key(token)


api = NinjaAPI(
    title="VssID – kiểm tra thẻ BHYT",
    version="1.0.0",
    description="Dành cho cơ sở KCB có hợp đồng. Lỗi luôn là JSON với câu nói rõ bước tiếp theo.",
    urls_namespace="api",
    # A page for people would bring scripts that our own policy refuses; tools read the JSON, which
    # `describe` answers.
    docs_url=None,
    openapi_url=None,
)
problems.install(api)

_REFUSED: dict[int, Any] = {400: Problem, 401: Problem, 403: Problem, 422: Problem, 429: Problem}


@api.post(
    "the-bhyt/kiem-tra",
    auth=FacilityBearer(),
    response={200: Answer, **_REFUSED},
    summary="Kiểm tra một thẻ",
)
def check(request: HttpRequest, question: Question) -> Answer:
    """Theo «mã xác thực», hoặc theo số thẻ, họ tên, ngày sinh và giới tính.

    Mã kết quả: 00 đúng; 01 hết giá trị; 02 chưa đến hạn; 03 hết hạn khi chưa ra viện; 04 có giá trị
    khi đang nằm viện; 05 không có trong CSDL; 06 sai họ tên; 07 sai ngày sinh; 08 sai giới tính;
    09 thẻ không chính xác; 10 lỗi dữ liệu; 11 thiếu dữ liệu.
    """
    now, by = utc_now(), _checker(request)
    if question.ma_xac_thuc:
        return _by_pass(question, by)
    asked = reading.asked_of(question)
    if isinstance(asked, Code):
        card_checks.count_call(by=by, now=now)
        return reading.answer_of(Verdict(asked), now)
    verdict = card_checks.check_card(asked=asked, way=Way.TYPED, by=by, now=now)
    return reading.answer_of(verdict, now)


@api.post(
    "the-bhyt/kiem-tra-ngoai-tuyen",
    auth=FacilityBearer(),
    response={200: OfflineReport, **_REFUSED},
    summary="Báo các lần kiểm tra khi không có mạng",
)
def report_offline(request: HttpRequest, queue: OfflineQueue) -> OfflineReport:
    """Gửi lại bao nhiêu lần cũng được: mỗi «ma_rieng» của cơ sở chỉ được ghi một lần.

    Mỗi dòng tính là một lần gọi, và được trả lời riêng: dòng «sai-mau» thì xin sửa rồi gửi lại,
    các dòng khác vẫn được ghi.
    """
    by = _checker(request)
    card_checks.count_call(by=by, now=utc_now(), items=len(queue.danh_sach))
    return OfflineReport(danh_sach=[_report(item, by) for item in queue.danh_sach])


@api.get("khoa-cong-khai", response=PublicKeys, summary="Khóa công khai để kiểm tra ngoại tuyến")
def public_keys(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Bộ khóa JWK. Xin tải lại mỗi ngày: khóa mới được công bố trước khi dùng để ký."""
    response["Cache-Control"] = "public, max-age=3600"
    return {"keys": published_keys()}


def describe(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    prefix = request.path.rpartition("/")[0] + "/"
    answer = JsonResponse(api.get_openapi_schema(path_prefix=prefix))
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _by_pass(question: Question, by: Checker) -> Answer:
    now = utc_now()
    try:
        text, admitted_on = reading.pass_of(question)
    except ValueError:
        card_checks.count_call(by=by, now=now)
        return reading.answer_of(Verdict(Code.BAD_DATA), now)
    try:
        _asked, verdict = card_checks.check_pass(text=text, admitted_on=admitted_on, by=by, now=now)
    except PassRefusedError as error:
        return reading.answer_of_refusal(error, now)
    return reading.answer_of(verdict, now)


def _report(sent: object, by: Checker) -> OfflineOutcome:
    try:
        item = OfflineItem.model_validate(sent)
    except ValidationError as misshapen:
        return reading.outcome_of_misshapen(sent, misshapen)
    check = OfflineCheck(item.ma_rieng, item.ma_xac_thuc, item.thoi_diem)
    error = None
    try:
        outcome = card_checks.report_offline(check=check, by=by, now=utc_now())
    except PassRefusedError as refused:
        outcome, error = Reported.REFUSED, refused
    return reading.outcome_of(item.ma_rieng, outcome, error)


def _checker(request: HttpRequest) -> Checker:
    key: FacilityKey = request.auth  # type: ignore[attr-defined] # django-ninja puts it there
    return Checker.program(key)
