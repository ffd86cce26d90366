"""Names are found however they are typed: 500 damaged questions with fixed seeds, and the rest."""

import random
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest

from bench.damaged_names import bare, damaged, said
from vssid.insurance.invented.employers import invented_employers
from vssid.insurance.invented.life import Place
from vssid.kernel.text import fold
from vssid.reference.facilities import facilities
from vssid.reference.points import collection_points
from vssid.reference.rows import Point
from vssid.reference.searching.entries import Entry, Narrowing
from vssid.reference.searching.index import Index
from vssid.reference.searching.words import question_words, words_of
from vssid.reference.territory import Territory

EVERY_COMMUNE = 3
EVERYWHERE = Narrowing()
AMONG_THE_FIRST = 3
LEAST_RIGHT = 0.95
LEAST_FIRST = 0.9


@pytest.fixture(scope="module")
def indexes(territory: Territory) -> dict[str, Index]:
    """Facilities, points, and the invented employers of every third commune."""
    return {
        "facilities": Index(_entries(territory, facilities(territory))),
        "points": Index(_entries(territory, collection_points(territory))),
        "employers": Index(_entries(territory, _employers(territory))),
    }


def _employers(territory: Territory) -> Iterable[object]:
    communes = list(territory.source.communes.values())[::EVERY_COMMUNE]
    places = [Place(one.province_code, one.code, one.name, 1, "", "") for one in communes]
    return invented_employers(places, date(2026, 6, 1))


def _entries(territory: Territory, rows: Iterable[object]) -> Iterable[Entry]:
    source = territory.source
    for row in rows:
        commune = source.communes[row.commune_code]  # type: ignore[attr-defined]
        yield Entry(
            key=row.code,  # type: ignore[attr-defined]
            names=(row.name,),  # type: ignore[attr-defined]
            beside=(commune.name, source.provinces[commune.province_code].name),
            codes=(row.code,),  # type: ignore[attr-defined]
            province=commune.province_code,
            commune=commune.code,
            point=territory.places.communes[commune.code],
        )


def _questions(index: Index, seed: int, count: int) -> list[tuple[str, Entry]]:
    """Damaged names; of names that several bear, with their province, as one would say it."""
    chance = random.Random(seed)  # noqa: S311 - the same questions in every run
    borne = Counter(bare(one.names[0]) for one in index.entries)
    asked = []
    for entry in chance.sample(index.entries, count):
        question = damaged(entry.names[0], chance)
        if borne[bare(entry.names[0])] > 1:
            question = f"{question} {fold(entry.beside[1])}"
        asked.append((question, entry))
    return asked


def _rank(index: Index, question: str, entry: Entry) -> int:
    """From 1, where the entry, or one of the same name in the same province, stands; else 99."""
    wanted = (bare(entry.names[0]), entry.province)
    found = index.find(question, EVERYWHERE, AMONG_THE_FIRST)
    names = [(bare(one.names[0]), one.province) for one in found]
    return names.index(wanted) + 1 if wanted in names else 99


@pytest.mark.parametrize(
    ("directory", "seed", "count"),
    [("facilities", 11, 200), ("employers", 12, 200), ("points", 13, 100)],
)
def test_u02_damaged_names_are_found_among_the_first_three(
    indexes: dict[str, Index], directory: str, seed: int, count: int
) -> None:
    index = indexes[directory]
    ranks = {
        question: _rank(index, question, entry)
        for question, entry in _questions(index, seed, count)
    }

    missed = [question for question, rank in ranks.items() if rank > AMONG_THE_FIRST]
    later = [question for question, rank in ranks.items() if rank > 1]

    assert 1 - len(missed) / len(ranks) >= LEAST_RIGHT, missed
    assert 1 - len(later) / len(ranks) >= LEAST_FIRST, later


@pytest.mark.parametrize(
    ("kind", "seed", "count"),
    [("Bệnh viện", 21, 63), ("Trung tâm Y tế", 22, 120), ("Trạm Y tế", 23, 120)],
)
def test_u02_a_kind_and_a_place_lead_to_the_one_of_that_kind(
    indexes: dict[str, Index], kind: str, seed: int, count: int
) -> None:
    index, chance = indexes["facilities"], random.Random(seed)  # noqa: S311 - the same every time
    entries = [one for one in index.entries if one.names[0].startswith(kind)]
    asked = {
        f"{said(one.names[0], chance)} {fold(one.beside[1])}": one
        for one in chance.sample(entries, count)
    }

    later = [question for question, one in asked.items() if _rank(index, question, one) > 1]

    assert 1 - len(later) / len(asked) >= LEAST_FIRST, later


@pytest.mark.parametrize("kind", ["benh vien", "bv", "Bệnh viện", "benhvien", "benh vein", "bvdk"])
def test_u02_where_no_hospital_has_the_name_the_nearest_come_before_stations(
    indexes: dict[str, Index], kind: str
) -> None:
    hits = indexes["facilities"].hits(f"{kind} bach mai", EVERYWHERE, 10)

    assert hits[0].entry.names[0] == "Bệnh viện Đa khoa thành phố Hà Nội"
    assert hits[0].near
    assert hits[0].near[0] == "Trạm Y tế phường Bạch Mai"
    assert 0 < hits[0].near[1] < 10
    kinds_found = [one.entry.names[0].split()[0] for one in hits]
    assert kinds_found[:4] == ["Bệnh", "Bệnh", "Bệnh", "Trạm"]
    assert hits[3].entry.names[0] == "Trạm Y tế phường Bạch Mai"


def test_u02_a_hospital_of_the_name_is_first_with_its_kind_and_without() -> None:
    names = ["Trạm Y tế phường Bạch Mai", "Bệnh viện Bạch Mai", "Bệnh viện Bạch Đằng"]
    index = Index([Entry(name, (name,), point=Point(21, 105.8)) for name in names])

    for typed in ("benh vien bach mai", "bv bach mai", "bach mai", "bv bạch mai", "mai bach bv"):
        hits = index.hits(typed, EVERYWHERE, 3)
        assert hits[0].entry.key == "Bệnh viện Bạch Mai", typed
        assert not any(hit.near for hit in hits), typed
    assert index.find("tyt bach mai", EVERYWHERE, 3)[0].key == names[0]


def test_kinds_tell_less_than_names() -> None:
    names = ("Bệnh viện Trung ương Huế", "Trạm Y tế xã Tam Sơn", "Trạm Y tế xã Trung Sơn")
    index = Index([Entry(name, (name,)) for name in names])

    assert index.find("trung tam y te tam son", EVERYWHERE, 1)[0].key == names[1]
    assert index.find("benh vien tam son", EVERYWHERE, 1)[0].key == names[1]
    assert index.find("benh vien", EVERYWHERE, 3)[0].key == names[0]
    assert {one.key for one in index.find("tram y te", EVERYWHERE, 3)[:2]} == set(names[1:])


def test_who_serves_as_well_comes_before_who_does_not(indexes: dict[str, Index]) -> None:
    found = indexes["facilities"].find("bv thanh tri", EVERYWHERE, 10)
    assert found[0].names[0] == "Trung tâm Y tế huyện Thanh Trì"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("00114", ["00114"]),
        ("114", ["00114", "11401", "01140"]),
        ("0114", ["00114", "01140"]),
        ("[011]", ["011", "01140"]),
        ("11401", ["11401"]),
        ("99999", []),
        ("bv 114", []),
    ],
)
def test_u02_codes_are_found_by_their_beginning_the_exact_one_first(
    typed: str, codes: list[str]
) -> None:
    known = ("011", "00114", "01140", "11401", "20999")
    index = Index([Entry(code, ("Nơi nào đó",), codes=(code,)) for code in known])

    assert [one.key for one in index.find(typed, EVERYWHERE, 5)] == codes


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bv dk tp ha noi", "Bệnh viện Đa khoa thành phố Hà Nội"),
        ("BVDK Hà Nội", "Bệnh viện Đa khoa thành phố Hà Nội"),
        ("ttyt h. thanh tri", "Trung tâm Y tế huyện Thanh Trì"),
        ("thanh tri ttyt", "Trung tâm Y tế huyện Thanh Trì"),
        ("tyt p ba đình", "Trạm Y tế phường Ba Đình"),
        ("tram yte ba dinh ha noi", "Trạm Y tế phường Ba Đình"),
        ("trung tam y te q1", "Trung tâm Y tế quận 1"),
        ("trung tam y te q.01", "Trung tâm Y tế quận 1"),
        ("beejnh vieejn ddaf nawngx", "Bệnh viện Đa khoa thành phố Đà Nẵng"),
        ("benhvien nghe an", "Bệnh viện Đa khoa tỉnh Nghệ An"),
        ("bẹnh viẹn nghẹ an", "Bệnh viện Đa khoa tỉnh Nghệ An"),
    ],
)
def test_what_people_type_leads_to_what_they_mean(
    indexes: dict[str, Index], typed: str, first: str
) -> None:
    assert indexes["facilities"].find(typed, EVERYWHERE, 3)[0].names[0] == first


def test_accents_tell_apart_what_is_one_without_them(indexes: dict[str, Index]) -> None:
    points = indexes["facilities"]
    assert points.find("trạm y tế xã Thạnh Trị", EVERYWHERE, 1)[0].names[0].endswith("Thạnh Trị")
    assert points.find("trạm y tế xã Thanh Trì", EVERYWHERE, 1)[0].names[0].endswith("Thanh Trì")


def test_the_list_follows_what_is_being_typed(indexes: dict[str, Index]) -> None:
    name = "trung tam y te huyen thanh tri"
    found = [
        indexes["facilities"].find(name[:length], EVERYWHERE, 20)
        for length in range(2, len(name) + 1)
    ]

    assert all(found)
    assert found[-1][0].names == ("Trung tâm Y tế huyện Thanh Trì",)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "%_%", "((((a+)+)+)+$", "\0\x1f\x7f", "'; DROP TABLE", "a" * 5000, "🏥", "[]",
     "zzzzqqqq xxyyxxyy", "٣٤٥", "\\", "." * 1000, "ô" * 99],
)  # fmt: skip
def test_whatever_is_typed_is_answered(indexes: dict[str, Index], typed: str) -> None:
    for index in indexes.values():
        assert len(index.find(typed, EVERYWHERE, 3)) <= 3


def test_a_page_of_text_takes_no_longer_than_a_name(indexes: dict[str, Index]) -> None:
    began = time.thread_time()
    indexes["employers"].find("cong ty tnhh " * 80_000, EVERYWHERE, 20)
    assert time.thread_time() - began < 3.0


def test_nothing_is_found_where_nothing_is_like_it(indexes: dict[str, Index]) -> None:
    assert indexes["facilities"].find("qwrtzp klmnbv", EVERYWHERE, 3) == []
    assert Index([]).find("benh vien", EVERYWHERE, 3) == []
    assert Index([]).nearest(Point(21, 105), EVERYWHERE, 3) == []


def test_what_ended_comes_after_its_namesake() -> None:
    names = ("Trạm Y tế xã Hòa Bình",)
    index = Index([Entry("1", names, is_ended=True), Entry("2", names)])

    assert [one.key for one in index.find("tyt hoa binh", EVERYWHERE, 3)] == ["2", "1"]
    assert [one.key for one in index.listed(EVERYWHERE)] == ["2"]


def test_words_are_spelled_out_alike_on_both_sides() -> None:
    spelled = ("benh", "vien", "da", "khoa", "quan", "1")
    assert words_of("BV. ĐK – Q.01") == words_of("Bệnh viện Đa khoa Quận 1") == spelled
    assert question_words("bhxh h") == ("bhxh", "h")
    assert question_words("bhxh h ") == ("bhxh", "huyen")
    assert words_of("Bảo hiểm xã hội") == ("bhxh",)


@pytest.mark.parametrize("typed", ["van dien", "thi tran van dien", "tt văn điển", "bhxh van dien"])
def test_u02_words_side_by_side_in_an_address_come_before_one_in_a_name_and_one_like_it(
    typed: str,
) -> None:
    address = ("ngõ 673 đường Ngọc Hồi, thị trấn Văn Điển",)
    others = [f"BHXH huyện {word} {no}" for word in ("Quảng Điền", "Trần Văn Thời") for no in "abc"]
    entries = [Entry(name, (name,), point=Point(20, 105)) for name in others]
    meant = Entry("meant", ("BHXH cơ sở Thanh Trì",), beside=address, point=Point(21, 106))
    index = Index([*entries, meant])

    assert index.find(typed, EVERYWHERE, 3)[0].key == "meant"
    assert index.near(typed, Point(20, 105), EVERYWHERE, 3)[0][0].entry.key == "meant"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hospital ha noi", "Bệnh viện Đa khoa thành phố Hà Nội"),
        ("ha noi general hospital", "Bệnh viện Đa khoa thành phố Hà Nội"),
        ("health station bach mai", "Trạm Y tế phường Bạch Mai"),
        ("Bach Mai Health Station", "Trạm Y tế phường Bạch Mai"),
        ("thanh tri health center", "Trung tâm Y tế huyện Thanh Trì"),
        ("thanh tri health centre", "Trung tâm Y tế huyện Thanh Trì"),
    ],
)
def test_u02_english_words_find_what_they_mean(
    indexes: dict[str, Index], typed: str, first: str
) -> None:
    assert indexes["facilities"].find(typed, EVERYWHERE, 3)[0].names[0] == first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hospital", "benh vien"), ("clinic", "phong kham"), ("post office", "buu dien"),
     ("social insurance office", "bhxh"), ("office", "bhxh")],
)  # fmt: skip
def test_u02_an_english_kind_is_the_vietnamese_one(typed: str, meant: str) -> None:
    assert words_of(typed) == tuple(meant.split())
