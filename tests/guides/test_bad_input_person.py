"""Wrong shapes, a name without accents, photos that are none: a sentence, and all is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.guides import pictures
from tests.guides.conftest import OpenVisitor
from tests.guides.people import Newcomers, Person
from tests.guides.registering import Declared, attach
from tests.guides.shortcut import Done, Shortcut
from tests.guides.visitor import PHONE, Visitor

NAME, NUMBER, PAPER = "Họ và tên (đủ dấu)", "Mã số BHXH", "Số CMND/CCCD/hộ chiếu"


def _begin(visit: OpenVisitor, person: Person, **typed: str) -> Visitor:
    visitor = visit(PHONE)
    Shortcut(visitor, Declared(person)).fill(Done.KIND)
    visitor.open("/dang-ky/ban-than/")
    visitor.write(NAME, typed.get("name", person.full_name))
    visitor.write(NUMBER, typed.get("number", person.number))
    visitor.write(PAPER, typed.get("id_number", person.id_number))
    return visitor


def _keeps(visitor: Visitor, name: str, number: str, id_number: str) -> None:
    visitor.is_at("/dang-ky/ban-than/")
    kept = (visitor.value(NAME), visitor.value(NUMBER), visitor.value(PAPER))
    assert kept == (name, number, id_number)


@pytest.mark.guide("R03")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "12345"}, "Mã số BHXH có 10 chữ số, bạn đã nhập 5."),
        ({"number": "GD4010123456789"}, "Đây là mã thẻ BHYT 15 ký tự. Xin chỉ nhập 10 số cuối"),
        ({"number": "001089123456"}, "Đây là số định danh (CCCD) 12 số. Ở ô này xin nhập mã số"),
        ({"id_number": "0123"}, "CCCD có 12 số, CMND có 9 số; bạn đã nhập 4 ký tự."),
        ({"name": "Nguyễn Văn 2"}, "Họ tên chỉ gồm chữ cái. Xin bỏ số và ký hiệu."),
    ],
    ids=["short", "card-number", "personal-number", "short-paper", "digit-in-name"],
)
def test_r03_wrong_shape_is_explained_and_nothing_typed_is_lost(
    visit: OpenVisitor, newcomers: Newcomers, typed: dict[str, str], sentence: str
) -> None:
    person = newcomers.lent()
    visitor = _begin(visit, person, **typed)
    attach(visitor, "portrait", pictures.of_person(person.number))

    visitor.submit("Tiếp")

    visitor.reads("Còn chỗ cần sửa", sentence)
    _keeps(
        visitor,
        typed.get("name", person.full_name),
        typed.get("number", person.number),
        typed.get("id_number", person.id_number),
    )
    assert visitor.page.get_by_role("img", name="Ảnh đã lưu").is_visible()


@pytest.mark.guide("R03")
def test_r03_name_without_accents_is_asked_about_then_accepted(
    visit: OpenVisitor, newcomers: Newcomers
) -> None:
    person = newcomers.lent()
    visitor = _begin(visit, person, name="Nguyen Van An")
    attach(visitor, "portrait", pictures.of_person(person.number))

    visitor.submit("Tiếp")

    visitor.reads("Tên chưa có dấu. Xin gõ đủ dấu như trên giấy tờ")
    _keeps(visitor, "Nguyen Van An", person.number, person.id_number)
    visitor.hands.tick(visitor.page.get_by_label("Đúng, tên trên giấy tờ của tôi không có dấu"))
    visitor.submit("Tiếp")
    visitor.is_at("/dang-ky/giay-to/")


@pytest.mark.guide("R04")
@pytest.mark.parametrize(
    ("photo", "sentence"),
    [
        (pictures.of_words, "Tệp này không phải là ảnh JPEG, PNG, WebP hoặc HEIC."),
        (pictures.of_bomb, "Ảnh lớn quá 50 triệu điểm ảnh."),
    ],
    ids=["words-named-jpg", "bomb"],
)
def test_r04_what_is_no_good_photo_is_refused_and_nothing_typed_is_lost(
    visit: OpenVisitor, newcomers: Newcomers, photo: Callable[[], FilePayload], sentence: str
) -> None:
    person = newcomers.lent()
    visitor = _begin(visit, person)
    attach(visitor, "portrait", photo())

    # Told at once, before anything is sent with the form.
    visitor.reads(sentence)
    visitor.submit("Tiếp")
    visitor.reads("Còn chỗ cần sửa", "Xin chụp hoặc chọn ảnh chân dung 4x6.")
    _keeps(visitor, person.full_name, person.number, person.id_number)


@pytest.mark.guide("R04")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_r04_fifty_megabytes_are_refused_and_nothing_typed_is_lost(
    visit: OpenVisitor, newcomers: Newcomers, tmp_path: Path, *, scripts: bool
) -> None:
    person = newcomers.lent()
    visitor = visit(PHONE, scripts=scripts)
    Shortcut(visitor, Declared(person)).fill(Done.KIND)
    visitor.open("/dang-ky/ban-than/")
    visitor.write(NAME, person.full_name)
    visitor.write(NUMBER, person.number)
    visitor.write(PAPER, person.id_number)
    heavy = tmp_path / "nang.jpg"
    heavy.write_bytes(b"\xff\xd8\xff\xe0" + bytes(50 * 1024 * 1024))
    visitor.page.locator("#portrait-file").set_input_files(heavy)

    if scripts:
        # Told at once, before anything is sent with the form.
        visitor.reads("Ảnh nặng quá 10 MB.")
        visitor.submit("Tiếp")
        visitor.reads("Còn chỗ cần sửa")
    else:
        visitor.submit("Tiếp")
        visitor.reads("Còn chỗ cần sửa", "Ảnh nặng quá 10 MB.")
    _keeps(visitor, person.full_name, person.number, person.id_number)
