"""What a signed-in person reads: home, card, history, benefits, medical book."""

from playwright.sync_api import expect

from tests.guides.people import Person
from tests.guides.visitor import Visitor

FUNDS = ("BHXH", "BHTN", "BHTNLĐ-BNN", "BHYT")
FACTS = ("Thời gian", "Đơn vị", "Nghề nghiệp", "Chức vụ", "Mức đóng")
HOME = "/quan-ly-ca-nhan/"


def i01_home(visitor: Visitor, person: Person) -> None:
    """Picture, number, name, birth date, ID, phone, address."""
    visitor.open(HOME)
    visitor.reads(person.full_name, person.number, person.id_number)
    visitor.reads("Ngày sinh", "Số điện thoại", "Địa chỉ")
    picture = visitor.page.locator(".identity img")
    expect(picture).to_be_visible()
    assert picture.get_attribute("src") == "/quan-ly-ca-nhan/anh/"


def i02_card(visitor: Visitor, person: Person) -> None:
    """Details, then the card itself, turned, its back, and back again."""
    visitor.open(HOME)
    visitor.follow("Thẻ BHYT")
    visitor.reads("Số thẻ", "Nơi đăng ký KCB ban đầu", "Thời hạn có giá trị", person.full_name)
    visitor.follow("Xem thẻ Bảo hiểm y tế")
    page = visitor.page
    front, back = page.locator(".bhyt-front"), page.locator(".bhyt-back")
    expect(front).to_be_in_viewport()
    upright = front.bounding_box()
    visitor.hands.tick(page.locator("#stage-turn"))
    assert front.bounding_box() != upright
    visitor.look()
    _show_back(visitor)
    expect(back).to_be_in_viewport()
    visitor.follow("Đóng")
    visitor.is_at("/the-bhyt/")


def i03_i04_history(visitor: Visitor) -> None:
    """Each fund by pressing it; a period opens to its details."""
    visitor.open(HOME)
    visitor.follow("Quá trình tham gia")
    opened = 0
    for fund in FUNDS:
        visitor.follow(fund)
        visitor.reads("Quá trình tham gia")
        opened += _open_first_period(visitor)
    assert opened == len(FUNDS)


def i05_benefits(visitor: Visitor) -> None:
    """Each of the five kinds, in the words of the guides."""
    visitor.open(HOME)
    visitor.follow("Thông tin hưởng")
    kinds = visitor.page.locator(".tabs a").all_inner_texts()
    assert len(kinds) == 5
    found = 0
    for kind in kinds:
        visitor.follow(kind.strip())
        found += visitor.page.locator("main .fold").count() > 0
    assert found


def i06_medical_book(visitor: Visitor) -> None:
    """The visits, by year; a visit opens to what it cost and who paid."""
    visitor.open(HOME)
    visitor.follow("Sổ khám chữa bệnh")
    years = visitor.page.locator(".tabs a").all_inner_texts()
    assert len(years) > 1
    visit = visitor.page.locator("main details.fold").first
    visitor.hands.press(visit.locator("summary").first)
    visitor.reads("Cơ sở KCB", "Tên bệnh", "BHYT trả")
    visitor.look()
    for year in years[:3]:
        visitor.follow(year.strip())


def read_everything(visitor: Visitor, person: Person) -> None:
    """All of it, in the order of the guides."""
    i01_home(visitor, person)
    i02_card(visitor, person)
    i03_i04_history(visitor)
    i05_benefits(visitor)
    i06_medical_book(visitor)


def _show_back(visitor: Visitor) -> None:
    visitor.hands.tick(visitor.page.locator("#stage-back"))


def _open_first_period(visitor: Visitor) -> bool:
    period = visitor.page.locator("#giai-doan-1")
    if not period.count():
        visitor.reads("Chưa có quá trình tham gia")
        return False
    visitor.hands.press(period.locator("summary").first)
    for fact in FACTS:
        expect(period.get_by_text(fact).first).to_be_visible()
    visitor.look()
    return True
