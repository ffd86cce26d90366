"""«Tải hồ sơ của tôi» on a phone: asked for, told by SMS, fetched; also without scripts."""

import csv
import io
import json
import zipfile

import pypdf
import pytest

from tests.guides.conftest import OpenPhone, OpenVisitor
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

PAGE = "/tai-khoan/tai-ve/"


def _in_app(visitor: Visitor, person: Person) -> Visitor:
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.is_at("/quan-ly-ca-nhan/")
    return visitor


def _asks(visitor: Visitor) -> None:
    """From the details to the page that tells how far it is."""
    visitor.open("/tai-khoan/")
    with visitor.leaving():
        visitor.hands.press(visitor.page.get_by_role("link", name="Tải hồ sơ của tôi").first)
    visitor.is_at(PAGE)
    visitor.follow("Yêu cầu bản hồ sơ")
    visitor.submit("Lập bản hồ sơ")
    visitor.is_at(PAGE)


def _fetches(visitor: Visitor, button: str) -> zipfile.ZipFile:
    with visitor.page.expect_download() as download:
        visitor.press(button)
    assert download.value.suggested_filename.startswith("ho-so-vssid-")
    return zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))


def _is_whole(packed: zipfile.ZipFile, person: Person) -> None:
    """Each file opens with what such files are opened with, and is about the owner."""
    assert packed.testzip() is None
    record = json.loads(packed.read("ho-so.json"))
    assert record["tables"]["person"][0]["full_name"] == person.full_name
    assert record["tables"]["contribution_periods"]
    pages = pypdf.PdfReader(io.BytesIO(packed.read("ho-so.pdf"))).pages
    assert person.number in pages[0].extract_text()
    text = packed.read("csv/contribution_periods.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0][0] == "Từ tháng"
    assert len(rows) == len(record["tables"]["contribution_periods"]) + 1


@pytest.mark.guide("A08")
def test_owner_takes_the_whole_record_along(
    stack: Stack, visit: OpenVisitor, phone_of: OpenPhone
) -> None:
    person = signed_in_nowhere(stack, with_account(stack, 11))
    visitor = _in_app(visit(PHONE, dark_too=True), person)
    _asks(visitor)
    phone = phone_of(person.phone)
    phone.wait_for("vua yeu cau tai toan bo ho so")
    # Nothing is pressed: the page shows by itself that it is ready.
    visitor.page.get_by_role("button", name="Tải về máy này").wait_for()
    visitor.look()
    phone.wait_for("da san sang")
    _is_whole(_fetches(visitor, "Tải về máy này"), person)
    visitor.open(PAGE)
    visitor.reads("Đã tải bản hồ sơ", "bạn tải lại được đến")
    _is_whole(_fetches(visitor, "Tải lại"), person)
    stack.change(
        "UPDATE accounts_export SET fetched_at = now() - interval '1 hour' WHERE number = %s",
        person.number,
    )
    visitor.open(PAGE)
    visitor.reads("Các lần trước", "Đã tải")
    visitor.open("/tai-khoan/ai-da-xem/?xem=tat-ca")
    visitor.reads("Yêu cầu tải toàn bộ hồ sơ", "Tải toàn bộ hồ sơ về máy")


@pytest.mark.guide("A08")
def test_record_is_taken_along_without_scripts_and_proven_again(
    stack: Stack, visit: OpenVisitor
) -> None:
    person = signed_in_nowhere(stack, with_account(stack, 1))
    visitor = _in_app(visit(PHONE, scripts=False), person)
    stack.change(
        "UPDATE accounts_session SET proved_at = now() - interval '1 hour' WHERE number = %s",
        person.number,
    )
    visitor.open(PAGE)
    visitor.follow("Yêu cầu bản hồ sơ")
    visitor.is_at("/xac-nhan-lai/")
    visitor.write("Mật khẩu", PASSWORD)
    visitor.submit("Xác nhận")
    visitor.is_at("/tai-khoan/tai-ve/moi/")
    for box in ("PDF: để đọc và in", "CSV: để mở bằng bảng tính", "JSON: để phần mềm khác đọc"):
        visitor.page.get_by_label(box).uncheck()
    visitor.submit("Lập bản hồ sơ")
    visitor.reads("Xin chọn ít nhất một dạng tệp")
    for box in ("PDF: để đọc và in", "CSV: để mở bằng bảng tính", "JSON: để phần mềm khác đọc"):
        visitor.page.get_by_label(box).check()
    visitor.submit("Lập bản hồ sơ")
    for _ in range(60):
        if visitor.page.get_by_role("button", name="Tải về máy này").count():
            break
        visitor.page.wait_for_timeout(500)
        visitor.open(PAGE)
    _is_whole(_fetches(visitor, "Tải về máy này"), person)
