"""A facility checks a card: one field for the scanner, one form for when nothing can be scanned."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from vssid.insurance.card_pass.digits import look_like_a_pass
from vssid.insurance.card_pass.tokens import PassRefusedError
from vssid.insurance.card_scan import IdScan, Remains, read_scan
from vssid.insurance.checking import IDENTIFIED, Asked, Code, Verdict
from vssid.kernel.clock import format_date, utc_now
from vssid.kernel.errors import CodedError
from vssid.staff.commands import card_checks
from vssid.staff.commands.card_checks import Checker, Way
from vssid.staff.rules import can_check_cards
from vssid.web.officer.card_check.forms import SCAN, TYPED, ScanForm, TypedForm
from vssid.web.ui import card_words
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on the screen: whose it is, as the facility said, and what to do next."""

    code: str
    tone: str
    headline: str
    validity: str
    next_step: str
    who: str
    facts: list[tuple[str, str | None]]


@officer(may=can_check_cards)
def check(request: OfficerRequest) -> HttpResponse:
    """The question and, after it was sent, the answer above the form for the next patient."""
    way = request.POST.get("cach", "") if request.method == "POST" else ""
    scan = ScanForm(request.POST if way == SCAN else None, prefix=SCAN)
    typed = TypedForm(request.POST if way == TYPED else None, prefix=TYPED)
    shown = None
    if scan.is_valid():
        shown, typed = _scanned(request, scan, typed)
        scan = scan if scan.errors else ScanForm(prefix=SCAN)
    elif typed.is_valid():
        shown = _typed(request, typed)
        if shown and shown.tone == "good":
            typed = TypedForm(prefix=TYPED)
    return _draw(request, shown, scan, typed)


def _draw(
    request: OfficerRequest, shown: Shown | None, scan: ScanForm, typed: TypedForm
) -> HttpResponse:
    form: PlainForm = typed if typed.is_bound else scan
    return render_form(
        request,
        "officer/card_check.html",
        Page(title=_("Kiểm tra thẻ BHYT")),
        form,
        shown=shown,
        scan=scan,
        typed=typed,
        ways=(SCAN, TYPED),
        is_typing=typed.is_bound or bool(typed.initial),
    )


def _scanned(
    request: OfficerRequest, scan: ScanForm, typed: TypedForm
) -> tuple[Shown | None, TypedForm]:
    """The answer to a scan; what could not be read is asked for in the second form."""
    text = scan.cleaned_data["code"]
    try:
        if look_like_a_pass(text):
            return _by_pass(request, scan, text), typed
        return _by_card(request, scan, text)
    except CodedError as error:
        scan.refuse("code", error)
        return None, typed


def _by_pass(request: OfficerRequest, scan: ScanForm, text: str) -> Shown:
    try:
        asked, verdict = card_checks.check_pass(
            text=text,
            admitted_on=scan.cleaned_data["admitted_on"],
            by=_checker(request),
            now=utc_now(),
        )
    except PassRefusedError as error:
        said = card_words.SAID[error.result]
        return Shown(error.result, said.tone, str(said.headline), "", str(error), "", [])
    return _shown(asked, verdict)


def _by_card(request: OfficerRequest, scan: ScanForm, text: str) -> tuple[Shown | None, TypedForm]:
    read = read_scan(text)
    if isinstance(read, Remains):
        return None, _ask_in_words(scan, read)
    if isinstance(read, IdScan):
        return _by_identity(request, scan, read)
    card = read.card
    asked = Asked(
        card.number, card.full_name, card.born, card.sex, scan.cleaned_data["admitted_on"]
    )
    verdict = _check(request, asked, Way.CARD_QR)
    if read.is_restored and verdict.code is Code.WRONG_NAME:
        return None, _ask_in_words(scan, Remains(card.number[-10:], _year(card.born)))
    return _shown(asked, verdict), TypedForm(prefix=TYPED)


def _by_identity(request: OfficerRequest, scan: ScanForm, read: IdScan) -> tuple[Shown, TypedForm]:
    """The answer by an identity card; what does not match stays in the second form."""
    asked = Asked(
        read.number, read.full_name, read.born, read.sex, scan.cleaned_data["admitted_on"]
    )
    verdict = _check(request, asked, Way.ID_QR)
    if verdict.code in IDENTIFIED:
        return _shown(asked, verdict), TypedForm(prefix=TYPED)
    said = Remains(read.number, _year(read.born), read.full_name)
    return _shown(asked, verdict), _filled(scan, said)


def _year(born: date | int) -> str:
    return str(born if isinstance(born, int) else born.year)


def _ask_in_words(scan: ScanForm, read: Remains) -> TypedForm:
    spoilt = _(
        "Bộ gõ tiếng Việt đã làm hỏng mã. Xin tắt bộ gõ (chuyển sang chữ E) rồi quét lại, hoặc "
        "nhập thêm họ tên bên dưới."
    )
    partly = _("Mới đọc được mã số. Xin nhập thêm phần còn thiếu bên dưới.")
    scan.add_error("code", spoilt if read.is_spoilt else partly)
    return _filled(scan, read)


def _filled(scan: ScanForm, read: Remains) -> TypedForm:
    initial = {
        "number": read.number,
        "born": read.born,
        "full_name": read.full_name,
        "admitted_on": scan["admitted_on"].value(),
    }
    return TypedForm(initial=initial, prefix=TYPED)


def _typed(request: OfficerRequest, form: TypedForm) -> Shown | None:
    data = form.cleaned_data
    asked = Asked(data["number"], data["full_name"], data["born"], admitted_on=data["admitted_on"])
    try:
        return _shown(asked, _check(request, asked, Way.TYPED))
    except CodedError as error:
        form.refuse(None, error)
        return None


def _check(request: OfficerRequest, asked: Asked, way: Way) -> Verdict:
    return card_checks.check_card(asked=asked, way=way, by=_checker(request), now=utc_now())


def _checker(request: OfficerRequest) -> Checker:
    return Checker.account(request.desk.officer)


def _shown(asked: Asked, verdict: Verdict) -> Shown:
    said = card_words.said_of(verdict)
    return Shown(
        code=verdict.code,
        tone=said.tone,
        headline=str(said.headline),
        validity=card_words.validity(verdict),
        next_step=str(said.next_step),
        who=_who(asked) if verdict.code in IDENTIFIED else "",
        facts=_facts(verdict),
    )


def _who(asked: Asked) -> str:
    born = (
        asked.born if isinstance(asked.born, int) or asked.born is None else format_date(asked.born)
    )
    return f"{asked.full_name}, {born}"


def _facts(verdict: Verdict) -> list[tuple[str, str | None]]:
    card, level = verdict.card, verdict.level
    if card is None or level is None:
        return []
    last = format_date(card.valid_to) if card.valid_to else _("chưa ghi ngày hết hạn")
    five = format_date(card.five_year_date) if card.five_year_date else None
    return [
        (_("Mức hưởng"), card_words.level(level, card.benefit_level)),
        (_("Nơi đăng ký KCB ban đầu"), f"{card.facility_name} ({card.facility_code})"),
        (_("Số thẻ"), card.card_number),
        (_("Thời hạn có giá trị"), f"{format_date(card.valid_from)} – {last}"),
        (_("Thời điểm đủ 05 năm liên tục"), five),
        (_("Mã nơi sinh sống"), card.living_area or _("Không thuộc vùng ưu tiên")),
    ]
