"""Fills the directories of the prepared database to 60,000 and makes up damaged questions.

    python -m bench.search_names QUESTIONS

What `bench.search` runs on it. Prints one JSON list of [address, question, names that are right].
"""

import json
import random
import sys
from collections import Counter, defaultdict
from itertools import cycle, islice

import config.wsgi  # noqa: F401 - importing it sets Django up, before models are imported
from bench.damaged_names import bare, damaged, said
from vssid.kernel.text import fold
from vssid.reference import directory
from vssid.reference.directory import Place
from vssid.reference.keys import sort_key_of
from vssid.reference.models import DataSet, Employer, Facility
from vssid.reference.rows import ERA_TODAY

FACILITIES, EMPLOYERS = 20_000, 40_000
SEED = 60_000
_BRANDS = [
    "An",
    "Khang",
    "Bình",
    "Minh",
    "Phú",
    "Quý",
    "Hòa",
    "Phát",
    "Thịnh",
    "Vượng",
    "Đồng",
    "Tâm",
    "Hoa",
    "Sen",
    "Sao",
    "Mai",
    "Hạnh",
    "Phúc",
    "Tân",
    "Tiến",
    "Thành",
    "Công",
    "Đại",
    "Dương",
    "Trường",
    "Sơn",
    "Kim",
    "Liên",
    "Ngọc",
    "Lan",
    "Việt",
    "Hưng",
    "Nam",
    "Cường",
    "Đông",
    "Á",
    "Tây",
    "Đô",
    "Bắc",
    "Hà",
]
_BRAND_NAMES = [" ".join(pair) for pair in zip(_BRANDS[::2], _BRANDS[1::2], strict=True)]
_CLINICS = ("Phòng khám Đa khoa", "Phòng khám Nội tổng hợp", "Nhà hộ sinh", "Phòng khám Nhi")
_TRADES = (
    "Công ty TNHH Xây dựng", "Công ty Cổ phần Vận tải", "Công ty TNHH Một thành viên Thủy sản",
    "Công ty Cổ phần Dược phẩm", "Doanh nghiệp tư nhân Cơ khí", "Hợp tác xã Dịch vụ",
    "Công ty TNHH Sản xuất Nhựa", "Công ty Cổ phần Đầu tư", "Trường Mầm non",
)  # fmt: skip


def _communes() -> list[Place]:
    areas = directory.current().areas.items()
    return [place for (era, _), place in areas if era == ERA_TODAY and place.level == "commune"]


def fill(chance: random.Random) -> None:
    """Add clinics and employers until there are as many as wanted."""
    communes = cycle(_communes())
    facilities = [
        _clinic(number, place, chance)
        for number, place in enumerate(islice(communes, FACILITIES - Facility.objects.count()))
    ]
    employers = [
        _employer(number, place, chance)
        for number, place in enumerate(islice(communes, EMPLOYERS - Employer.objects.count()))
    ]
    Facility.objects.bulk_create(facilities, batch_size=2000)
    Employer.objects.bulk_create(employers, batch_size=2000)
    DataSet.objects.filter(name="facilities").update(fingerprint="bench")


def questions(count: int, chance: random.Random) -> list[tuple[str, str, list[str]]]:
    """Damaged names of both directories; of names borne twice, with their province.

    And all hospitals, which are few, by their kind and place: «bv nghe an».
    """
    areas, asked = directory.current().areas, []
    for slug, rows in (
        ("cskcb-bhyt", list(Facility.objects.values_list("code", "name", "commune_code"))),
        ("don-vi", list(Employer.objects.values_list("code", "name", "commune_code"))),
    ):
        borne = Counter(bare(name) for _, name, _ in rows)
        bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
        placed = []
        for code, name, commune in rows:
            province = areas[ERA_TODAY, areas[ERA_TODAY, commune].province_code].name
            bearers[bare(name), province].append(code)
            placed.append((name, province))
        for name, province in chance.sample(placed, count // 2):
            question = damaged(name, chance)
            if borne[bare(name)] > 1:
                question = f"{question} {fold(province)}"
            asked.append((f"/tra-cuu/{slug}/", question, bearers[bare(name), province]))
    hospitals = Facility.objects.filter(kind="hospital").order_by("code")
    for code, name in hospitals.values_list("code", "name"):
        asked.append(("/tra-cuu/cskcb-bhyt/", said(name, chance), [code]))
    chance.shuffle(asked)
    return asked


def _clinic(number: int, place: Place, chance: random.Random) -> Facility:
    name = f"{chance.choice(_CLINICS)} {chance.choice(_BRAND_NAMES)} {place.short_name}"
    return Facility(
        code=f"99{_base36(number)}",
        name=name,
        kind="clinic",
        level="initial",
        address=f"Số {chance.randint(1, 400)}, {place.name}",
        commune_code=place.code,
        province_code=place.province_code,
        sort_key=sort_key_of(name),
        is_derived=True,
    )


def _employer(number: int, place: Place, chance: random.Random) -> Employer:
    return Employer(
        code=f"YY{number:07d}",
        name=f"{chance.choice(_TRADES)} {chance.choice(_BRAND_NAMES)} {place.short_name}",
        address=f"Số {chance.randint(1, 400)}, {place.name}",
        commune_code=place.code,
        wage_region=2,
        is_invented=True,
    )


def _base36(number: int) -> str:
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return signs[number // 1296] + signs[number // 36 % 36] + signs[number % 36]


def main() -> None:
    """Fill and print."""
    chance = random.Random(SEED)
    fill(chance)
    sys.stdout.write(json.dumps(questions(int(sys.argv[1]), chance)))


if __name__ == "__main__":
    main()
