"""Photos on a phone: taken in the page, made small, asked about, and sent on after a cut (R04)."""

import re

import pytest
from playwright.sync_api import FilePayload, Request, Route, expect

from tests.files import shots
from tests.files.specimens import encoded
from tests.guides.conftest import OpenVisitor
from tests.guides.people import Newcomers, Person
from tests.guides.pictures import of_paper, of_person
from tests.guides.registering import Declared, attach, settled
from tests.guides.shortcut import Done, Shortcut
from tests.guides.stack import Stack
from tests.guides.visitor import PHONE, Visitor

PERSON, PAPERS, ADDRESS = "/dang-ky/ban-than/", "/dang-ky/giay-to/", "/dang-ky/dia-chi/"
BLURRED = FilePayload(
    name="mo.jpg", mimeType="image/jpeg", buffer=shots.taken(shots.card, shots.defocused, 4)
)
MOST_BYTES = 1_500_000
QUESTION = "Ảnh mờ, khó đọc. Chụp lại?"


@pytest.fixture
def person(newcomers: Newcomers) -> Person:
    """Somebody without an account."""
    return newcomers.any()


def _at(visitor: Visitor, person: Person, done: Done, path: str) -> Visitor:
    Shortcut(visitor, Declared(person)).fill(done)
    visitor.open(path)
    return visitor


def _noise(seed: int) -> FilePayload:
    """The heaviest photo there can be, 12 million pixels of nothing but noise."""
    content = encoded(shots.noise(1000, 750, seed).resize((4000, 3000)), "JPEG", quality=80)
    return FilePayload(name="nang.jpg", mimeType="image/jpeg", buffer=content)


@pytest.mark.guide("R04")
def test_r04_card_is_taken_in_a_frame_with_hints_that_can_be_muted(
    visit: OpenVisitor, person: Person
) -> None:
    visitor = _at(visit(PHONE), person, Done.PERSON, PAPERS)
    page = visitor.page
    visitor.hands.press(page.locator('label[for="front"]'))
    expect(page.locator(".camera-frame")).to_be_visible()
    shape = page.locator(".camera-frame").bounding_box()
    assert shape
    assert shape["width"] / shape["height"] == pytest.approx(1.586, abs=0.02)
    visitor.until("document.querySelector('dialog video').videoWidth > 0")
    hint = page.locator("dialog .camera-hint")
    expect(hint).to_have_text(re.compile("."))
    visitor.until("document.querySelector('dialog .camera-hint').dataset.now !== 'start'")
    spoken = page.locator("dialog [data-voice]")
    if spoken.is_visible():
        visitor.hands.press(spoken)
        expect(spoken).to_have_attribute("aria-pressed", "false")
    visitor.look()
    visitor.press("Chụp")
    expect(page.locator("#front-box canvas")).to_be_visible()
    settled(visitor, "front")


@pytest.mark.guide("R04")
def test_r04_face_is_taken_in_an_oval_of_4_by_6(visit: OpenVisitor, person: Person) -> None:
    visitor = _at(visit(PHONE), person, Done.KIND, PERSON)
    visitor.hands.press(visitor.page.locator('label[for="portrait"]'))
    shape = visitor.page.locator(".camera-frame").bounding_box()
    assert shape
    assert shape["width"] / shape["height"] == pytest.approx(4 / 6, abs=0.02)
    visitor.press("Thôi")
    expect(visitor.page.locator("dialog")).to_have_count(0)


@pytest.mark.guide("R04")
def test_r04_blurred_photo_is_asked_about_and_may_be_kept(
    stack: Stack, visit: OpenVisitor, person: Person
) -> None:
    visitor = _at(visit(PHONE, dark_too=True), person, Done.PERSON, PAPERS)
    attach(visitor, "front", BLURRED)
    asked = visitor.page.locator("#front-question")
    expect(asked).to_be_visible()
    expect(asked).to_contain_text(QUESTION)
    visitor.look()
    attach(visitor, "back", of_paper("back"))
    settled(visitor, "back")
    visitor.submit("Tiếp")
    visitor.is_at(ADDRESS)
    [(findings,)] = stack.rows(
        "SELECT findings FROM files_storedfile WHERE purpose = 'declaration.front'"
        " AND erased_at IS NULL ORDER BY id DESC LIMIT 1"
    )
    assert findings == ["blurry"]


@pytest.mark.guide("R04")
def test_r04_blurred_photo_is_asked_about_without_scripts(
    visit: OpenVisitor, person: Person
) -> None:
    visitor = _at(visit(PHONE, scripts=False), person, Done.PERSON, PAPERS)
    attach(visitor, "front", BLURRED)
    attach(visitor, "back", of_paper("back"))
    visitor.submit("Tiếp")
    visitor.is_at(PAPERS)
    visitor.reads(QUESTION, "Lau ống kính")
    attach(visitor, "front", of_paper("front"))
    visitor.submit("Tiếp")
    visitor.is_at(ADDRESS)


@pytest.mark.guide("R04")
def test_r04_heaviest_photos_travel_small(visit: OpenVisitor, person: Person) -> None:
    visitor = _at(visit(PHONE), person, Done.KIND, PERSON)
    posted: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            posted.append(request)

    visitor.page.on("requestfinished", note)
    attach(visitor, "portrait", _noise(1))
    # Noise is no sharp photo, but it is kept.
    settled(visitor, "portrait")
    visitor.write("Họ và tên (đủ dấu)", person.full_name)
    visitor.write("Mã số BHXH", person.number)
    visitor.write("Số CMND/CCCD/hộ chiếu", person.id_number)
    visitor.submit("Tiếp")
    for kind in ("front", "back"):
        attach(visitor, kind, _noise(2))
        settled(visitor, kind)
    visitor.submit("Tiếp")
    visitor.is_at(ADDRESS)
    # A blob's size is told by its header only.
    sent = sum(int(one.all_headers().get("content-length", 0)) for one in posted)
    assert MOST_BYTES / 3 < sent < MOST_BYTES


@pytest.mark.guide("R04")
def test_r04_upload_cut_in_the_middle_goes_on_where_it_stopped(
    visit: OpenVisitor, person: Person
) -> None:
    visitor = _at(visit(PHONE), person, Done.PERSON, PAPERS)
    offsets: list[str] = []

    def cut_second(route: Route) -> None:
        offset = route.request.headers.get("upload-offset")
        offsets.append(offset or "asked")
        if len(offsets) == 2:
            visitor.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    visitor.page.route("**/anh/phan/**", cut_second)
    attach(visitor, "front", _noise(3))
    note = visitor.page.locator("#front-box .photo-note")
    expect(note).to_contain_text("Mất mạng")
    visitor.faults.clear()
    visitor.look()
    visitor.context.set_offline(False)
    settled(visitor, "front")
    part = 128 * 1024
    assert offsets[0] == "0"
    assert "asked" in offsets
    assert offsets.count("0") == 1
    assert offsets[-1] != "0"
    assert set(offsets) - {"asked"} == {str(place * part) for place in range(len(set(offsets)) - 1)}
    visitor.faults.clear()


@pytest.mark.guide("R04")
def test_r04_photo_whose_last_answer_got_lost_is_sent_once(
    visit: OpenVisitor, person: Person
) -> None:
    visitor = _at(visit(PHONE), person, Done.PERSON, PAPERS)
    asked: list[str] = []

    def lose_first(route: Route) -> None:
        asked.append(route.request.method)
        if len(asked) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    visitor.page.route("**/anh/phan/**", lose_first)
    attach(visitor, "front", of_paper("front"))
    settled(visitor, "front")
    assert asked == ["POST", "GET"]
    visitor.faults.clear()


@pytest.mark.guide("R04")
def test_r04_next_pressed_too_early_waits_for_the_photo(visit: OpenVisitor, person: Person) -> None:
    visitor = _at(visit(PHONE), person, Done.PERSON, PAPERS)
    attach(visitor, "front", of_paper("front"))
    attach(visitor, "back", of_paper("back"))
    visitor.submit("Tiếp")
    visitor.is_at(ADDRESS)
    visitor.open(PAPERS)
    expect(visitor.page.locator(".photo-frame img")).to_have_count(2)


@pytest.mark.guide("R04")
@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [(403, "no", "khi bạn bấm «Tiếp»"), (429, {"problem": "Mạng này bận."}, "Mạng này bận.")],
    ids=["without parts", "crowded"],
)
def test_r04_server_that_takes_no_parts_gets_the_photo_with_the_form(
    visit: OpenVisitor, person: Person, status: int, answer: object, told: str
) -> None:
    visitor = _at(visit(PHONE), person, Done.KIND, PERSON)
    said = {"body": answer} if isinstance(answer, str) else {"json": answer}
    visitor.page.route("**/gui/", lambda route: route.fulfill(status=status, **said))
    attach(visitor, "portrait", of_person(person.number))
    expect(visitor.page.locator("#portrait-box .photo-note")).to_contain_text(told)
    visitor.write("Họ và tên (đủ dấu)", person.full_name)
    visitor.write("Mã số BHXH", person.number)
    visitor.write("Số CMND/CCCD/hộ chiếu", person.id_number)
    visitor.submit("Tiếp")
    visitor.is_at(PAPERS)
