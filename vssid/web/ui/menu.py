"""What the menus hold. Entries whose page does not exist are simply not shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal


def _(label: str) -> str:
    """Marks a label for the translators; it is translated when the menu is drawn."""
    return label


Part = Literal["menu", "visitor", "account", "tabs"]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry: `label` is Vietnamese and translated when drawn, `key` names it to `Page.tab`.

    An entry with `post` changes something and is drawn as a form, not as a link.
    """

    label: str
    route: str
    icon: str
    key: str
    post: bool = False


TABS = (
    MenuItem(_("Quản lý cá nhân"), "citizen:overview", "user-round", "manage"),
    MenuItem(_("Dịch vụ công"), "citizen:services", "landmark", "services"),
    MenuItem(_("Tra cứu"), "citizen:lookup", "search", "lookup"),
    MenuItem(_("Trợ giúp"), "citizen:help", "life-buoy", "help"),
)
SIGN_OUT = MenuItem(_("Thoát"), "citizen:sign_out", "log-out", "sign_out", post=True)
# Under the number and name, in the order of guides C01.
ACCOUNT = (
    MenuItem(_("Thông tin tài khoản"), "citizen:account", "id-card", "account"),
    MenuItem(_("Đăng ký cho con"), "citizen:child", "user-plus", "child"),
    MenuItem(_("Đổi mật khẩu"), "citizen:password", "key-round", "password"),
    MenuItem(_("Thiết lập SmartOTP"), "citizen:smart_otp", "shield-check", "smart_otp"),
)
NEWS = MenuItem(_("Tin tức"), "citizen:news", "newspaper", "news")
SETTINGS = MenuItem(_("Cài đặt"), "citizen:settings", "settings", "settings")
LANGUAGE = MenuItem(_("Ngôn ngữ"), "citizen:language", "languages", "language")
SIGNED_IN = (
    TABS[0],
    *ACCOUNT,
    MenuItem(_("Thiết bị"), "citizen:devices", "smartphone", "devices"),
    NEWS,
    SETTINGS,
    LANGUAGE,
    SIGN_OUT,
)
SIGNED_OUT = (
    MenuItem(_("Đăng nhập"), "citizen:sign_in", "log-in", "sign_in"),
    MenuItem(_("Đăng ký"), "citizen:register", "user-plus", "register"),
    MenuItem(_("Mã SmartOTP"), "citizen:smart_otp_codes", "shield-check", "smart_otp_codes"),
    NEWS,
    SETTINGS,
    LANGUAGE,
)


MENUS: dict[Part, tuple[MenuItem, ...]] = {
    "menu": SIGNED_IN,
    "visitor": SIGNED_OUT,
    "account": (*ACCOUNT, SIGN_OUT),
    "tabs": TABS,
}


@lru_cache(maxsize=32)
def menu_items(available: Callable[[str], bool], part: Part = "menu") -> tuple[MenuItem, ...]:
    """The entries of one menu whose route is `available`, in their order.

    «menu» is the three-bar menu of who is signed in, «visitor» of who is not, «account» opens
    under the number and name (guides C01), «tabs» are the four of the bottom bar and the rail.
    """
    return tuple(item for item in MENUS[part] if available(item.route))
