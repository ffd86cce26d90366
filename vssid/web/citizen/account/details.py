"""«Thông tin tài khoản»: what the agency knows of the account, and the ways to change it (A08)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vssid.accounts import queries
from vssid.accounts.models import Account
from vssid.accounts.rules import password_due_in
from vssid.kernel.clock import format_date, format_datetime, utc_now, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.people.models import Person
from vssid.people.queries import person as person_of
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY
from vssid.web.citizen.record.words import ID_KINDS
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.display import device_name
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_DONE = "xong"


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when changes wait, and what was changed: «mat-khau», «email», empty when not known."""

    until: datetime
    changed: str


@citizen()
def account(request: CitizenRequest) -> HttpResponse:
    """Everything of the account on one page."""
    number = request.citizen.number
    found, person = queries.account(number), person_of(number)
    lives_at, declared = address_of(found)
    return render(
        request,
        "citizen/account/details.html",
        Page(title=_("Thông tin tài khoản"), tab="manage", back=reverse("citizen:overview")),
        account=found,
        born=_birth(person),
        id_label=ID_KINDS[person.id_kind],
        id_number=person.id_number,
        id_masked=mask_number(person.id_number) if person.id_number else "",
        lives_at=lives_at,
        declared=declared,
        now_at=_offered(found),
        security=_security(request, found),
        done=_done(request.GET.get(_DONE, "")),
        waits_until=changes_wait_until(request),
    )


def changed(what: str) -> HttpResponse:
    """Back to the page, which says what was done."""
    return HttpResponseRedirect(f"{reverse('citizen:account')}?{_DONE}={what}")


def changes_wait_until(request: CitizenRequest) -> Wait | None:
    """How long changes wait after a reset, a new phone or another email; None when they do not."""
    until = request.citizen.changes_held_until
    if until is None or until <= utc_now():
        return None
    changed_at = until - settings.VSSID_CHANGES_HELD
    if request.citizen.password_set_at == changed_at:
        return Wait(until, "mat-khau")
    is_email = queries.account(request.citizen.number).email_since == changed_at
    return Wait(until, "email" if is_email else "")


def address_of(account: Account) -> tuple[str, str]:
    """Where the owner lives in today's names, and the legacy address beside it as it was entered.

    A legacy address that nobody has converted yet stands alone, as entered.
    """
    entered = (
        account.address_province,
        account.address_district,
        account.address_commune,
        account.address_street,
    )
    language = get_language() or "vi"
    text = reference.address_text(account.address_era, *entered, language)
    if not account.address_today:
        return text, ""
    province = reference.province_of(ERA_TODAY, account.address_today)
    today = reference.address_text(
        ERA_TODAY, province, "", account.address_today, account.address_street, language
    )
    return today, text


def _offered(account: Account) -> list[tuple[str, str]]:
    """The communes of today (code, name) to which an unconverted legacy address can be brought."""
    if account.address_era != ERA_LEGACY or account.address_today:
        return []
    found = reference.convert_legacy(account.address_commune or account.address_district)
    return [(one.code, _commune(one.code)) for one in found]


def _commune(code: str) -> str:
    province = reference.province_of(ERA_TODAY, code)
    return reference.address_text(ERA_TODAY, province, "", code, "", get_language() or "vi")


def _birth(person: Person) -> str:
    born = person.birth_date
    return str(born.year) if person.birth_date_precision == "year" else format_date(born)


def _security(request: CitizenRequest, account: Account) -> list[tuple[str, str, str, str]]:
    """Rows (label, route, icon, state) of what keeps the account safe."""
    number = request.citizen.number
    not_set_up = _not_set_up(changes_wait_until(request))
    devices = queries.known_devices(number).count()
    return [
        (_("Đổi mật khẩu"), "citizen:password", "key-round", _password(account)),
        (
            _("SmartOTP"),
            "citizen:smart_otp",
            "shield-check",
            _smart_otp(number) or not_set_up,
        ),
        (
            _("Vân tay, khuôn mặt"),
            "citizen:passkeys",
            "fingerprint-pattern",
            _passkeys(number) or not_set_up,
        ),
        (
            _("Thiết bị"),
            "citizen:devices",
            "smartphone",
            ngettext("Đã dùng trên %(count)s thiết bị", "Đã dùng trên %(count)s thiết bị", devices)
            % {"count": devices},
        ),
        *_who_sees(),
    ]


def _who_sees() -> list[tuple[str, str, str, str]]:
    """The same rows of who reads the record, and of the language."""
    return [
        (_("Chia sẻ hồ sơ"), "citizen:shares", "users", _("Cho người khác xem, không sửa được")),
        (
            _("Ai đã xem dữ liệu của tôi"),
            "citizen:looks",
            "eye",
            _("Cán bộ, cơ sở y tế, hệ thống; cả đăng nhập và thay đổi"),
        ),
        (
            _("Tải hồ sơ của tôi"),
            "citizen:export",
            "download",
            _("Bản sao mọi dữ liệu về bạn: PDF, CSV, JSON"),
        ),
        (_("Ngôn ngữ"), "citizen:language", "languages", _("Tiếng Việt, English")),
    ]


def _not_set_up(wait: Wait | None) -> str:
    if wait is None:
        return _("Chưa thiết lập")
    return _("Chờ đến %(when)s") % {"when": format_datetime(wait.until)}


def _smart_otp(number: str) -> str:
    found = queries.smart_otp_of(number)
    if found is None:
        return ""
    device = device_name(found.device) or _("Ứng dụng xác thực")
    return _("Đang dùng: %(device)s") % {"device": device}


def _passkeys(number: str) -> str:
    count = len(queries.passkeys_of(number))
    words = ngettext("%(count)s thiết bị đã thiết lập", "%(count)s thiết bị đã thiết lập", count)
    return words % {"count": count} if count else ""


def _password(account: Account) -> str:
    now = utc_now()
    left = password_due_in(account.password_set_at, now)
    if left is not None:
        return _("Cần đổi trong %(days)s ngày tới") % {"days": left}
    age = (vietnam_today(now) - vietnam_today(account.password_set_at)).days
    return _("Đặt cách đây %(days)s ngày") % {"days": age} if age else _("Đặt hôm nay")


def _done(what: str) -> str:
    return {
        "email": _("Email mới đã được dùng. Số điện thoại và email cũ đã được báo."),
        "bo-email": _("Email đã được bỏ. Số điện thoại và email cũ đã được báo."),
        "dia-chi": _("Địa chỉ đã được lưu."),
        "dien-thoai": _("Số điện thoại mới đã được dùng. Số cũ và email đã được báo."),
    }.get(what, "")
