"""A statement of contributions: taken on a phone, checked by somebody else, taken back."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.guides.conftest import OpenVisitor
from tests.guides.people import PASSWORD, Person, signed_in_nowhere, with_account
from tests.guides.signing_in import a01_signs_in
from tests.guides.stack import Stack
from tests.guides.visitor import DESKTOP, PHONE, Visitor

CHECK = "/kiem-tra-giay/"
# Who contributed, and whose password no walk changes.
_WITH_PERIODS = (11, 6, 3)


def _worker(stack: Stack, which: int) -> Person:
    """Who has worked longest, or one after: each walk has a person who is signed in nowhere."""
    person = signed_in_nowhere(stack, with_account(stack, _WITH_PERIODS[which]))
    # Another walk may have changed their phone or password: papers would wait.
    stack.change(
        "UPDATE accounts_account SET changes_held_until = NULL WHERE number = %s", person.number
    )
    return person


def _takes_one(visitor: Visitor, person: Person) -> str:
    """From home to the statement; returns its code."""
    visitor.open("/?app=1")
    visitor.follow("Tiếp tục")
    a01_signs_in(visitor, person, PASSWORD)
    visitor.open("/qua-trinh-tham-gia/bhxh/")
    visitor.submit("Lấy giấy xác nhận (PDF)")
    visitor.reads("Giấy xác nhận đã sẵn sàng", person.full_name, person.number, CHECK)
    code = visitor.page.locator(".code-box b").inner_text()
    assert re.fullmatch(r"[0-9B-Z]{4}(-[0-9B-Z]{4}){3}", code)
    return code


def _saves(visitor: Visitor, code: str, folder: Path) -> Path:
    """«Lưu file»."""
    with visitor.page.expect_download() as saved:
        visitor.press("Lưu file", "link")
    assert saved.value.suggested_filename == f"giay-xac-nhan-{code}.pdf"
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def _types(checker: Visitor, typed: str) -> None:
    checker.open(CHECK)
    checker.write("Mã giấy", typed)
    checker.submit("Kiểm tra mã")


def _brings(checker: Visitor, file: Path) -> None:
    checker.open(CHECK)
    checker.page.locator("#tep").set_input_files(file)
    checker.submit("Kiểm tra file")


def _masked(person: Person) -> tuple[str, str]:
    first, *rest = person.full_name.split()
    name = " ".join([first, *(f"{word[0]}***" for word in rest)])
    return name, f"{person.number[:4]}***{person.number[-3:]}"


def _checks_by_code(checker: Visitor, code: str, person: Person) -> None:
    """Typed carelessly, then wrongly."""
    _types(checker, code.lower().replace("-", " "))
    checker.is_at(f"{CHECK}{code}/")
    checker.reads("Giấy đúng, còn giá trị kiểm tra", *_masked(person))
    assert person.full_name not in checker.page.content()
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    _types(checker, wrong)
    checker.reads("Mã này gõ chưa đúng")
    assert checker.value("Mã giấy") == wrong


def _checks_by_file(checker: Visitor, file: Path, person: Person) -> None:
    """As it was issued, with one byte changed, and something that is no PDF."""
    _brings(checker, file)
    checker.reads("Giấy đúng, còn giá trị kiểm tra", *_masked(person))
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    _brings(checker, file)
    checker.reads("File này đã bị sửa sau khi ký")
    file.write_bytes(b"hello")
    _brings(checker, file)
    checker.reads("Đây không phải file PDF")


def _takes_it_back(owner: Visitor, code: str) -> None:
    """Who checked is seen; then the statement is found in the list and revoked."""
    owner.open("/tai-khoan/ai-da-xem/")
    owner.reads("Kiểm tra giấy xác nhận của bạn", f"Giấy xác nhận {code}")
    owner.open("/giay-xac-nhan/")
    with owner.leaving():
        owner.hands.press(owner.page.get_by_role("link", name=re.compile(f"^{code}")))
    owner.follow("Thu hồi giấy này")
    owner.submit("Thu hồi")
    owner.reads("Giấy này đã được thu hồi")


@pytest.mark.parametrize(
    ("which", "device", "options"),
    [(0, PHONE, {"dark_too": True}), (1, PHONE, {"scripts": False}), (2, DESKTOP, {"keys": True})],
    ids=["phone", "without-scripts", "keyboard"],
)
def test_statement_is_taken_checked_by_anyone_and_taken_back(
    stack: Stack,
    visit: OpenVisitor,
    tmp_path: Path,
    which: int,
    device: dict[str, Any],
    options: dict[str, bool],
) -> None:
    person = _worker(stack, which)
    owner, checker = visit(device, **options), visit(device, **options)
    code = _takes_one(owner, person)
    file = _saves(owner, code, tmp_path)
    _checks_by_code(checker, code, person)
    _checks_by_file(checker, file, person)
    _takes_it_back(owner, code)
    _types(checker, code)
    checker.reads("Giấy này đã được thu hồi")
    assert _masked(person)[1] not in checker.page.content()
