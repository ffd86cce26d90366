"""What an owner is given of their account: what they told it, and where it was used."""

from vssid.accounts.models import Account, Export, KnownDevice, Passkey, Session, SmartOtp
from vssid.audit.access import Access
from vssid.kernel.tables import Column, Kind, Table
from vssid.people.exporting import INTERNAL_ID, OWNER, Source, read_table, with_address

_PROOF = "là bí mật dùng để xác minh bạn, không được đưa ra ngoài"
_TECHNICAL = "chỉ máy dùng khi kiểm tra chữ ký của thiết bị"
_HIDDEN = {"account": OWNER, "id": INTERNAL_ID}

ACCOUNT = Source(
    model=Account,
    name="account",
    title="Tài khoản VssID",
    order=("person",),
    is_single=True,
    columns=(
        Column("phone", "Số điện thoại", Kind.PHONE),
        Column("email", "Email"),
        Column("email_since", "Dùng email này từ", Kind.MOMENT),
        Column("address_era", "Địa chỉ theo tên", Kind.CODE),
        Column("address_province", "Mã tỉnh, thành phố"),
        Column("address_district", "Mã quận, huyện (trước 1/7/2025)"),
        Column("address_commune", "Mã xã, phường"),
        Column("address_street", "Số nhà, đường, thôn"),
        Column("address_today", "Mã xã, phường hiện nay"),
        Column("password_set_at", "Đặt mật khẩu lúc", Kind.MOMENT),
        Column("must_change_password", "Phải đổi mật khẩu lần đầu", Kind.FLAG),
        Column("activated_at", "Mở tài khoản lúc", Kind.MOMENT),
        Column("locked_at", "Bạn khóa tài khoản lúc", Kind.MOMENT),
        Column("changes_held_until", "Thay đổi phải chờ đến", Kind.MOMENT),
    ),
    left_out={
        "person": OWNER,
        "portrait": "ảnh nằm trong tệp «anh-chan-dung.jpg»",
        "password": _PROOF,
    },
)
SESSIONS = Source(
    model=Session,
    name="sessions",
    title="Các lần đăng nhập",
    owner="account",
    columns=(
        Column("started_at", "Đăng nhập lúc", Kind.MOMENT, is_main=True),
        Column("device", "Thiết bị", is_main=True),
        Column("last_seen_at", "Dùng lần cuối", Kind.MOMENT, is_main=True),
        Column("ended_at", "Kết thúc lúc", Kind.MOMENT, is_main=True),
        Column("end_reason", "Vì sao kết thúc", Kind.CODE, is_main=True),
        Column("proved_at", "Xác nhận lại lúc", Kind.MOMENT),
    ),
    left_out={**_HIDDEN, "token_digest": _PROOF, "device_id": _PROOF},
)
DEVICES = Source(
    model=KnownDevice,
    name="known_devices",
    title="Thiết bị tài khoản đã biết",
    owner="account",
    order=("-last_seen_at",),
    columns=(
        Column("name", "Thiết bị", is_main=True),
        Column("first_seen_at", "Lần đầu", Kind.MOMENT, is_main=True),
        Column("last_seen_at", "Lần gần nhất", Kind.MOMENT, is_main=True),
    ),
    left_out={**_HIDDEN, "id": _PROOF},
)
SMART_OTP = Source(
    model=SmartOtp,
    name="smart_otp",
    title="SmartOTP",
    owner="account",
    order=("account",),
    is_single=True,
    columns=(
        Column("device", "Thiết bị"),
        Column("made_at", "Thiết lập lúc", Kind.MOMENT),
    ),
    left_out={
        "account": OWNER,
        "secret": _PROOF,
        "last_step": "chỉ máy dùng để không nhận lại mã cũ",
    },
)
PASSKEYS = Source(
    model=Passkey,
    name="passkeys",
    title="Vân tay, khuôn mặt",
    owner="account",
    columns=(
        Column("name", "Tên bạn đặt", is_main=True),
        Column("made_at", "Thêm lúc", Kind.MOMENT, is_main=True),
        Column("used_at", "Dùng lần cuối", Kind.MOMENT, is_main=True),
    ),
    left_out={
        **_HIDDEN,
        "credential_id": _TECHNICAL,
        "public_key": _TECHNICAL,
        "handle": _TECHNICAL,
        "sign_count": _TECHNICAL,
    },
)
EXPORTS = Source(
    model=Export,
    name="exports",
    title="Các lần tải hồ sơ",
    owner="account",
    columns=(
        Column("asked_at", "Yêu cầu lúc", Kind.MOMENT, is_main=True),
        Column("device", "Thiết bị", is_main=True),
        Column("formats", "Dạng tệp", is_main=True),
        Column("state", "Tình trạng", Kind.CODE, is_main=True),
        Column("made_at", "Lập xong lúc", Kind.MOMENT),
        Column("fetched_at", "Tải về lúc", Kind.MOMENT),
        Column("ended_at", "Kết thúc lúc", Kind.MOMENT),
        Column("reason", "Lý do", Kind.CODE),
        Column("size", "Cỡ tệp (byte)", Kind.COUNT),
    ),
    left_out={
        **_HIDDEN,
        "stage": "chỉ để hiện tiến độ",
        "percent": "chỉ để hiện tiến độ",
        "attempts": "chỉ máy dùng khi phải làm lại",
        "worked_at": "chỉ máy dùng khi phải làm lại",
        "file": INTERNAL_ID,
        "expires_at": "luôn là một ngày sau khi lập xong",
    },
)
SOURCES = (ACCOUNT, SESSIONS, DEVICES, SMART_OTP, PASSKEYS, EXPORTS)


def tables(access: Access) -> tuple[Table, ...]:
    """The account of the person of `access`; empty tables where there is nothing."""
    account, _ = read_table(ACCOUNT, access)
    others = (read_table(source, access)[0] for source in SOURCES[1:])
    return (with_address(account), *others)
