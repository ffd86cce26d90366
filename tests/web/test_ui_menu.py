"""Menus and icons."""

import pytest

from vssid.web.ui import icons, menu


def everything(_route: str) -> bool:
    return True


def test_menu_of_the_phone_has_its_entries_in_order() -> None:
    assert [item.label for item in menu.menu_items(everything)] == [
        "Quản lý cá nhân",
        "Thông tin tài khoản",
        "Đăng ký cho con",
        "Đổi mật khẩu",
        "Thiết lập SmartOTP",
        "Thiết bị",
        "Tin tức",
        "Cài đặt",
        "Ngôn ngữ",
        "Thoát",
    ]


def test_four_tabs_keep_the_words_people_know() -> None:
    assert [item.label for item in menu.menu_items(everything, "tabs")] == [
        "Quản lý cá nhân",
        "Dịch vụ công",
        "Tra cứu",
        "Trợ giúp",
    ]


def test_pages_that_do_not_exist_are_not_listed() -> None:
    def only_news(route: str) -> bool:
        return route == "citizen:news"

    assert [item.label for item in menu.menu_items(only_news)] == ["Tin tức"]


def test_signing_out_is_the_only_entry_that_changes_something() -> None:
    posting = {item.route for items in menu.MENUS.values() for item in items if item.post}
    assert posting == {"citizen:sign_out"}


@pytest.mark.parametrize("part", menu.MENUS)
def test_every_entry_has_an_icon_that_exists(part: menu.Part) -> None:
    for item in menu.MENUS[part]:
        assert icons.icon(item.icon).startswith("<svg")


@pytest.mark.parametrize("name", sorted(icons.ICONS))
def test_every_icon_of_the_list_can_be_drawn(name: str) -> None:
    drawn = icons.icon(name, 20)
    assert 'width="20"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style" not in drawn


def test_unlisted_icon_is_refused() -> None:
    with pytest.raises(icons.UnknownIconError, match="skull"):
        icons.icon("skull")
