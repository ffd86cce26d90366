"""A session that ends in the middle: of the form, and of reading one's record."""

from typing import cast

import pytest
from playwright.sync_api import StorageState

from tests.guides.conftest import OpenVisitor
from tests.guides.people import PASSWORD, Newcomers, signed_in_nowhere, with_account
from tests.guides.registering import Declared
from tests.guides.shortcut import Done, Shortcut
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE


@pytest.mark.guide("R03")
def test_r03_draft_is_still_there_after_the_browser_was_closed(
    visit: OpenVisitor, newcomers: Newcomers
) -> None:
    person = newcomers.lent()
    before = visit(PHONE)
    Shortcut(before, Declared(person)).fill(Done.ADDRESS)
    lasting = [one for one in before.context.cookies() if one["expires"] != -1]
    before.close()

    after = visit(PHONE, storage_state=cast(StorageState, {"cookies": lasting, "origins": []}))
    after.open("/dang-ky/")
    after.reads("Bạn đang khai dở một tờ khai", "Những gì đã nhập vẫn còn nguyên.")
    after.follow("Khai tiếp")
    after.is_at("/dang-ky/co-quan/")
    after.open("/dang-ky/ban-than/")

    assert after.value("Họ và tên (đủ dấu)") == person.full_name
    assert after.value("Mã số BHXH") == person.number
    after.open("/dang-ky/dia-chi/")
    assert after.value("Số nhà, đường phố, thôn, xóm") == "Số 12, ngõ 5, thôn Đông"


@pytest.mark.guide("A01")
def test_a01_after_a_long_pause_one_signs_in_again_and_goes_on(
    stack: Stack, visit: OpenVisitor
) -> None:
    person = signed_in_nowhere(stack, with_account(stack, 10))
    visitor = visit(PHONE)
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")
    # The page would notice by itself and lead to the door; here the phone lay in a pocket.
    visitor.page.goto("about:blank")
    stack.change(
        "UPDATE accounts_session SET last_seen_at = last_seen_at - interval '31 minutes',"
        " started_at = started_at - interval '31 minutes' WHERE number = %s",
        person.number,
    )

    visitor.open("/the-bhyt/")

    visitor.is_at("/dang-nhap/")
    visitor.reads("Phiên làm việc đã hết thời gian. Xin đăng nhập lại.")
    visitor.write("Tên đăng nhập (mã số BHXH)", person.number)
    visitor.write("Mật khẩu", PASSWORD)
    visitor.submit("Đăng nhập")
    visitor.is_at("/the-bhyt/")
