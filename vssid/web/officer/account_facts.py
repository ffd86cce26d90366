"""What the desk shows of a citizen's account: whose it is, and how it stands."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import queries as accounts
from vssid.accounts.models import Account
from vssid.accounts.rules import is_password_old
from vssid.kernel.clock import format_date, format_datetime
from vssid.kernel.emails import mask_email
from vssid.kernel.phones import mask_phone
from vssid.people.models import Person
from vssid.registration import desk
from vssid.registration.models import HelpKind

Rows = list[tuple[str, str | None]]

PAPERS = (
    ("cccd", gettext_lazy("Thẻ CCCD hoặc căn cước")),
    ("cmnd", gettext_lazy("CMND")),
    ("passport", gettext_lazy("Hộ chiếu")),
)


def paper_name(kind: str) -> str:
    """What an original ID is called."""
    return str(dict(PAPERS)[kind])


def facts(found: Account, person: Person | None) -> Rows:
    """Whose account it is. The number of the ID stands whole: it is compared with the original."""
    known: Rows = [(_("Mã số BHXH"), found.pk)]
    if person is not None:
        known += [
            (_("Họ và tên"), person.full_name),
            (_("Ngày sinh"), _birth(person.birth_date, person.birth_date_precision)),
            (_("Số CMND/CCCD/hộ chiếu"), person.id_number),
        ]
    email = mask_email(found.email) if found.email else None
    return [*known, (_("Số điện thoại"), mask_phone(found.phone)), (_("Email"), email)]


def standing(found: Account, now: datetime) -> Rows:
    """Why its owner may not get on: the lock, the wait, the password, the second keys."""
    devices = len(accounts.passkeys_of(found.pk))
    return [
        (_("Tình trạng"), _state(found)),
        (_("Mật khẩu"), _password(found, now)),
        (_("Thay đổi và tải tệp"), _changes(found.changes_held_until, now)),
        ("SmartOTP", _("Đã thiết lập") if accounts.smart_otp_of(found.pk) else None),
        (
            _("Vân tay, khuôn mặt"),
            _("%(count)s thiết bị") % {"count": devices} if devices else None,
        ),
    ]


def waiting(found: Account) -> list[str]:
    """What was proposed for it and waits for a second officer."""
    return [
        _("%(what)s: đang chờ người thứ hai từ %(when)s.")
        % {"what": HelpKind(one.kind).label, "when": format_datetime(one.proposed_at)}
        for one in desk.help_of(found.pk)
    ]


def _state(found: Account) -> str:
    if found.locked_at is None:
        return _("Đang mở")
    return _(
        "Đang khóa từ %(when)s vì chủ tài khoản báo «Không phải tôi». Cấp lại mật khẩu sẽ mở lại."
    ) % {"when": format_datetime(found.locked_at)}


def _password(found: Account, now: datetime) -> str:
    if found.must_change_password:
        return _("Chưa đổi mật khẩu được cấp ngày %(day)s") % {
            "day": format_date(found.password_set_at)
        }
    if is_password_old(found.password_set_at, now):
        return _("Quá hạn, phải đổi khi đăng nhập")
    return _("Tự đặt ngày %(day)s") % {"day": format_date(found.password_set_at)}


def _changes(held_until: datetime | None, now: datetime) -> str:
    if held_until is None or held_until <= now:
        return _("Làm được")
    return _("Phải chờ đến %(when)s") % {"when": format_datetime(held_until)}


def _birth(day: date, precision: str) -> str:
    if precision == "day":
        return format_date(day)
    return f"{day:%m/%Y}" if precision == "month" else f"{day:%Y}"
