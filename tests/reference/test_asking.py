"""Places are found as people ask: words around a name, other spellings, kinds of before."""

import time

import pytest

from vssid.reference import lookups
from vssid.reference.lookups import Wanted
from vssid.reference.rows import Point
from vssid.reference.searching.asking import without_asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]

BA_DINH = Point(21.0386, 105.838)


def _agencies(typed: str) -> list[str]:
    return [one.code for one in lookups.find_agencies(Wanted(typed)).views]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("thừa thiên huế", "046"),
        ("bhxh tinh thua thien hue", "046"),
        ("bhxh tth", "046"),
        ("bhxh tinh ha tay", "001"),
        ("ha tay", "001"),
        ("thị xã thuận an", "07408"),
        ("bhxh thị xã thuận an", "07408"),
        ("bhxh thị xã dĩ an giờ ở đâu", "07407"),
        ("đi đâu làm thủ tục bhxh ở long biên", "00104"),
        ("bhxh thanh trì giờ ở đâu", "00114"),
        ("bhxh huyện thanh trì dời đi đâu", "00114"),
        ("bhxh quận tân phú nằm ở đâu", "07905"),
        ("phường bến thành thuộc bhxh nào", "07901"),
        ("bhxh hà nam giờ thuộc đâu", "037"),
        ("bhxh bình dương giờ ở đâu", "079"),
        ("bhxh vĩnh phúc giờ ở đâu", "025"),
        ("bhxh bắc kạn chuyển về đâu", "019"),
        ("gần Thanh Trì", "00114"),
        ("near Thanh Tri", "00114"),
        ("office near District 7", "07917"),
        ("bhxh 001", "001"),
        ("mã 079", "079"),
        ("bhxh huyện quế võ ở chỗ nào", "02703"),
        ("làm ở phường dịch vọng thì nộp ở đâu", "00105"),
        ("bao hiem sai gon", "079"),
        ("bhxh quảng điền thừa thiên huế", "04604"),
        ("bhxh daclac", "066"),
        ("bhxh tinh dak lak", "066"),
        ("quan3", "07909"),
        ("District 1", "07901"),
        ("hai phong city", "031"),
        ("bhxhthanhtri", "00114"),
        ("cơ quan nào ở Thanh Trì", "00114"),
        ("bảo hiểm ở thanh trì", "00114"),
        ("tôi ở thanh trì thì đến đâu", "00114"),
        ("where is the social insurance office in Thanh Tri?", "00114"),
        ("dia chi bhxh o mon", "09202"),
        ("ma 00114", "00114"),
        ("so dt bhxh quan 10", "07910"),
    ],
)
def test_an_office_is_found_as_people_ask_for_it(typed: str, code: str) -> None:
    assert _agencies(typed)[0] == code


@pytest.mark.parametrize("typed", ["bhxh quan 2", "bhxh q9", "quận 9", "bhxh tp thu duc"])
def test_an_office_is_found_by_a_district_that_ended_long_ago(typed: str) -> None:
    assert "Thủ Đức" in lookups.find_agencies(Wanted(typed)).views[0].name


@pytest.mark.parametrize(
    ("typed", "province"),
    [
        ("giấy nghỉ ốm ở bắc ninh", "Bắc Ninh"),
        ("giay nghi om quan go vap", "Hồ Chí Minh"),
        ("xin giấy nghỉ việc hưởng bhxh ở đâu quận 3", "Hồ Chí Minh"),
        ("đăng ký khám ban đầu ở long biên", "Hà Nội"),
    ],
)
def test_facilities_are_found_by_what_they_are_wanted_for(typed: str, province: str) -> None:
    found = lookups.find_facilities(Wanted(typed))
    assert province in found.views[0].province


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ttyt huyện thủy nguyên", "Trung tâm Y tế thành phố Thủy Nguyên"),
        ("ttyt thi xa di an", "Trung tâm Y tế thành phố Dĩ An"),
        ("bv gần thanh trì", "Trung tâm Y tế huyện Thanh Trì"),
    ],
)
def test_a_kind_that_an_area_no_longer_has_does_not_outweigh_its_name(
    typed: str, name: str
) -> None:
    assert lookups.find_facilities(Wanted(typed)).views[0].name == name


def test_points_are_found_by_what_is_paid_there() -> None:
    for typed in ("đóng bhyt hộ gia đình phường kim liên", "nộp tiền bhyt ở xã sóc sơn"):
        found = lookups.find_collection_points(Wanted(typed))
        assert found.views[0].province == "Thành phố Hà Nội"
        served = found.served.get(found.views[0].code)
        assert served is None or "Tiến" not in served.name


def test_asking_words_are_left_out_near_me_too() -> None:
    found = lookups.find_agencies(Wanted("co quan nao o Thanh Tri", here=BA_DINH))
    assert [one.code for one in found.views[:2]].count("00114") == 1
    assert found.distances["00114"] > 0


@pytest.mark.parametrize("typed", ["bv đống đa", "bệnh viện đống đa", "bv dong da"])
def test_a_name_is_not_read_as_a_part_of_a_kind(typed: str) -> None:
    found = lookups.find_facilities(Wanted(typed))
    assert any("Đống Đa" in one.name for one in found.views[:3])


def test_digits_without_end_take_no_longer_than_a_question() -> None:
    def least(text: str) -> float:
        def once() -> float:
            began = time.perf_counter()
            list(without_asking(text))
            return time.perf_counter() - began

        return min(once() for _ in range(5))

    assert least("1" * 199 + "-") < 20 * least("co quan nao o Thanh Tri " * 8)
