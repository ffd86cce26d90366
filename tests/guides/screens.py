"""Pictures of every screen, as a phone and a desk show them, by day and by night: `make screens`.

All of them go to var/screens/, a few small ones to docs/pictures/ for the README.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from PIL import Image
from playwright.sync_api import Browser, Cookie, Page, sync_playwright

from tests.guides import deciding, looking, signing_in
from tests.guides.conftest import CHROMIUM_OPTIONS
from tests.guides.demo_phone import DemoPhone
from tests.guides.people import PASSWORD, Newcomers, Person
from tests.guides.registering import Declared
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import COMMON, DESKTOP, PHONE, Visitor

ROOT = Path(__file__).resolve().parents[2]
ALL, CHOSEN = ROOT / "var" / "screens", ROOT / "docs" / "pictures"
MOST_BYTES = 60_000
WIDTHS = {"phone": 540, "desktop": 1280}
DEVICES = {"phone": PHONE, "desktop": DESKTOP}

# Screen, device and light of the pictures that stand in the README.
README = {
    ("ca-nhan", "phone", "light"): "home-phone",
    ("ca-nhan", "phone", "dark"): "home-dark",
    ("the-bhyt-xem", "phone", "light"): "card",
    ("qua-trinh-bhxh", "phone", "light"): "history",
    ("dang-ky-da-ghi-nhan", "phone", "light"): "registered",
    ("can-bo-ho-so", "desktop", "light"): "officer-case",
}

VISITED: Mapping[str, str] = {
    "chao-mung": "/?app=1",
    "dang-nhap": "/dang-nhap/",
    "dang-ky": "/dang-ky/",
    "dang-ky-doi-tuong": "/dang-ky/doi-tuong/",
    "tro-giup": "/ho-tro/",
    "ngon-ngu": "/ngon-ngu/",
    "kiem-tra-giay": "/kiem-tra-giay/",
    "khong-co-trang": "/khong-co/",
    "can-bo-dang-nhap": "/can-bo/dang-nhap/",
}
STEPS: Mapping[str, str] = {
    "dang-ky-ban-than": "/dang-ky/ban-than/",
    "dang-ky-giay-to": "/dang-ky/giay-to/",
    "dang-ky-dia-chi": "/dang-ky/dia-chi/",
    "dang-ky-co-quan": "/dang-ky/co-quan/",
    "dang-ky-ma-kiem-tra": "/dang-ky/xac-nhan/",
}
# What somebody of the demo's cast shows, as `make run` prints it: the screens they fill.
RECORDS: Mapping[str, Mapping[str, str]] = {
    "Công nhân, ba đơn vị": {
        "ca-nhan": "/quan-ly-ca-nhan/",
        "the-bhyt": "/the-bhyt/",
        "the-bhyt-xem": "/the-bhyt/xem/",
        "qua-trinh-bhxh": "/qua-trinh-tham-gia/bhxh/",
        "qua-trinh-bhyt": "/qua-trinh-tham-gia/bhyt/",
        "doi-mat-khau": "/doi-mat-khau/",
    },
    "Mẹ của hai con": {"huong-ngan-han": "/thong-tin-huong/ngan-han/"},
    "Đã nghỉ hưu": {"huong-hang-thang": "/thong-tin-huong/hang-thang/"},
    "Thẻ BHYT hộ gia đình": {"so-kham": "/so-kham-chua-benh/"},
    "Chưa có gì trong hồ sơ": {
        "ca-nhan-trong": "/quan-ly-ca-nhan/",
        "qua-trinh-trong": "/qua-trinh-tham-gia/bhxh/",
    },
    "Đơn vị chậm đóng": {"qua-trinh-cham-dong": "/qua-trinh-tham-gia/bhxh/"},
}


class Album:
    """Takes each screen four times: phone and desk, light and dark."""

    def __init__(self, browser: Browser, address: str) -> None:
        ALL.mkdir(parents=True, exist_ok=True)
        CHOSEN.mkdir(parents=True, exist_ok=True)
        self._pages = {
            (device, scheme): browser.new_context(
                **options, **COMMON, base_url=address, color_scheme=scheme
            ).new_page()
            for device, options in DEVICES.items()
            for scheme in ("light", "dark")
        }

    def take(
        self,
        screens: Mapping[str, str],
        cookies: list[Cookie],
        act: Callable[[Page], None] | None = None,
    ) -> None:
        """Take the screens as the owner of the cookies sees them, after `act` on the page."""
        for (device, scheme), page in self._pages.items():
            for name, path in screens.items():
                page.context.clear_cookies()
                page.context.add_cookies(cast(Any, cookies))
                page.goto(path)
                if act:
                    act(page)
                # Photos are fetched only once they come into view.
                page.wait_for_load_state("networkidle")
                if (name, device, scheme) in README:
                    _keep_small(page, README[name, device, scheme], WIDTHS[device])
                _keep_whole(page, ALL / f"{name}-{device}-{scheme}.png")


def _keep_whole(page: Page, path: Path) -> None:
    size = page.viewport_size
    assert size
    # A window as high as the page: what sticks to its lower edge stays there.
    height = max(size["height"], page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=path)
    page.set_viewport_size(size)


def _keep_small(page: Page, name: str, width: int) -> None:
    shot = Image.open(io.BytesIO(page.screenshot()))
    small = shot.resize((width, shot.height * width // shot.width), Image.Resampling.LANCZOS)
    for quality in range(88, 30, -8):
        out = io.BytesIO()
        small.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            (CHOSEN / f"{name}.webp").write_bytes(out.getvalue())
            return
    raise ValueError(f"{name} does not fit into {MOST_BYTES} bytes")


class Photographer:
    """Walks to where the screens are."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self._browser = browser
        self._stack = stack
        self._album = Album(browser, stack.address)

    def work(self) -> None:
        """Everything."""
        visitor = self._visitor()
        self._album.take(VISITED, [])
        code = self._register(visitor, Newcomers(self._stack).rich())
        self._desk(code)
        for shows, screens in RECORDS.items():
            self._record(shows, screens)

    def _register(self, visitor: Visitor, person: Person) -> str:
        phone = DemoPhone(self._visitor(), person.phone)
        shortcut = Shortcut(visitor, Declared(person))
        shortcut.fill(Done.OFFICE)
        cookies = visitor.context.cookies()
        self._album.take(STEPS, cookies)
        self._album.take({"dang-ky-loi": STEPS["dang-ky-ban-than"]}, cookies, _send_mistakes)
        shortcut.ask_for_code(self._stack)
        self._album.take({"dang-ky-ma-otp": "/dang-ky/ma-otp/"}, cookies)
        code = phone.code("xac nhan to khai")
        shortcut.post("ma-otp/", {"code": code}, ends_at="xem-lai/")
        self._album.take({"dang-ky-xem-lai": "/dang-ky/xem-lai/"}, cookies)
        shortcut.file()
        phone.wait_for("da ghi nhan")
        self._album.take({"dang-ky-da-ghi-nhan": "/dang-ky/da-ghi-nhan/"}, cookies)
        self._album.take({"dien-thoai-thu": f"/demo/dien-thoai/?so={person.phone}"}, [])
        visitor.open("/dang-ky/da-ghi-nhan/")
        return visitor.page.locator(".code-box b").inner_text()

    def _desk(self, code: str) -> None:
        desk = Visitor(self._browser, self._stack.address, DESKTOP)
        deciding.officer_signs_in(desk)
        screens = {"can-bo-hang-cho": "/can-bo/", "can-bo-ho-so": f"/can-bo/ho-so/{code}/"}
        self._album.take(screens, desk.context.cookies())

    def _record(self, shows: str, screens: Mapping[str, str]) -> None:
        visitor = self._visitor()
        visitor.open("/?app=1")
        visitor.follow("Tiếp tục")
        signing_in.a01_signs_in(visitor, _cast_member(self._stack, shows), PASSWORD)
        self._album.take(screens, visitor.context.cookies())

    def _visitor(self) -> Visitor:
        return Visitor(self._browser, self._stack.address, PHONE)


def _send_mistakes(page: Page) -> None:
    page.locator("#number").fill("12345")
    page.locator("#full_name").fill("Nguyen Van An")
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp", exact=True).click()


def _cast_member(stack: Stack, shows: str) -> Person:
    people = stack.demo.people_file.read_text(encoding="utf-8").splitlines()
    number = next(line.split()[0] for line in people if shows in line)
    return Person(number, "", "", "")


def main() -> int:
    """Serve the demo, take the pictures, say where they are."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stack = Stack(Path(folder))
        Visitor.looked = looking.Looked(Path(folder) / "looked-at")
        try:
            stack.start()
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("VSSID_CHROMIUM") or None, args=CHROMIUM_OPTIONS
            )
            Photographer(browser, stack).work()
            browser.close()
        finally:
            stack.stop()
    sys.stdout.write(f"Pictures: {ALL}, {CHOSEN}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
