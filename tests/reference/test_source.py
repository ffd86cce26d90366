"""The installed data set holds what docs/domain.md counts, and its two files agree."""

from collections import Counter

from vssid.kernel.text import clean
from vssid.reference.source import Source, fingerprint


def test_counts_are_those_of_the_law(source: Source) -> None:
    assert len(source.provinces) == 34
    assert len(source.communes) == 3321
    assert len(source.legacy_provinces) == 63
    assert len(source.legacy_districts) == 696
    assert len(source.legacy_wards) == 10035


def test_both_eras_share_codes_with_other_meanings(source: Source) -> None:
    shared = source.communes.keys() & source.legacy_wards.keys()

    assert len(shared) == 3316
    assert source.communes["00004"].name == "Phường Ba Đình"
    assert source.legacy_wards["00004"].name == "Phường Trúc Bạch"


def test_communes_are_of_three_kinds(source: Source) -> None:
    kinds = Counter(unit.kind for unit in source.communes.values())

    assert kinds == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}


def test_surviving_provinces_keep_the_codes_of_the_decision(source: Source) -> None:
    codes = (
        "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 "
        "86 91 92 96"
    )

    assert sorted(source.provinces) == codes.split()


def test_five_island_districts_have_no_wards(source: Source) -> None:
    assert {unit.short_name for unit in source.islands} == {
        "Bạch Long Vĩ",
        "Cồn Cỏ",
        "Hoàng Sa",
        "Lý Sơn",
        "Côn Đảo",
    }


def test_every_name_begins_with_its_type_and_is_clean(source: Source) -> None:
    everything = [
        *source.provinces.values(),
        *source.communes.values(),
        *source.legacy_provinces.values(),
        *source.legacy_districts.values(),
        *source.legacy_wards.values(),
    ]

    assert [unit.name for unit in everything if not unit.name.startswith(f"{unit.kind} ")] == []
    assert [unit.name for unit in everything if clean(unit.name) != unit.name] == []


def test_the_type_follows_the_name_where_the_data_set_contradicts_itself(source: Source) -> None:
    assert (source.communes["10543"].name, source.communes["10543"].kind) == (
        "Phường Việt Hòa",
        "Phường",
    )
    # Written «Thành Phố Bắc Kạn» there.
    assert source.legacy_districts["058"].name == "Thành phố Bắc Kạn"


def test_short_names_lose_the_type_but_numbers_keep_it(source: Source) -> None:
    assert source.legacy_districts["020"].short_name == "Thanh Trì"
    assert source.legacy_districts["760"].short_name == "Quận 1"
    # The data set's own short names say «Kỳ Anh (Huyện)», because a thị xã has the same name.
    assert not [u for u in source.legacy_districts.values() if "(" in u.short_name]


def test_the_fingerprint_is_stable_and_a_sha256() -> None:
    assert fingerprint() == fingerprint()
    assert len(bytes.fromhex(fingerprint())) == 32
