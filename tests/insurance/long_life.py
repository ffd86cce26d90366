"""The fullest record there is likely to be: forty years of work, then years of a pension."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.insurance.building import (
    AN,
    a_benefit,
    a_card,
    a_cost,
    a_life,
    a_paper,
    a_period,
    a_person,
    a_visit,
    an_entry,
)
from vssid.insurance.invented import life
from vssid.kernel.months import Month

EMPLOYERS = (
    ("Xí nghiệp May Sông Hồng", "Nam Định"),
    ("Công ty Cổ phần Dệt kim Bình Minh", "Hà Nội"),
    ("Công ty TNHH Điện tử Hoa Sen", "Bắc Ninh"),
    ("Hợp tác xã Nông nghiệp Đồng Tâm", "Hưng Yên"),
    ("Trường Tiểu học Kim Đồng", "Hà Nội"),
    ("Công ty TNHH Thực phẩm An Phú", "Hải Phòng"),
)
POSITIONS = ("Công nhân", "Tổ phó", "Tổ trưởng", "Quản đốc phân xưởng", "Phó phòng")
FACILITIES = ("Bệnh viện Bạch Mai", "Bệnh viện Đa khoa Đống Đa", "Trạm y tế phường Kim Liên")
ILLNESSES = (
    ("I10", "Tăng huyết áp vô căn"),
    ("E11", "Đái tháo đường type 2"),
    ("J20", "Viêm phế quản cấp"),
    ("M54", "Đau lưng"),
)
ITEMS = (
    ("02.1896", "Khám bệnh chuyên khoa Nội", "Lần"),
    ("22.0120", "Tổng phân tích tế bào máu ngoại vi bằng máy đếm laser", "Lần"),
    ("23.0075", "Định lượng Glucose máu", "Lần"),
    ("18.0001", "Siêu âm ổ bụng", "Lần"),
    ("40.484", "Metformin hydroclorid 500 mg", "Viên"),
    ("40.491", "Amlodipin 5 mg", "Viên"),
)
YEARS = 40
# Somebody on dialysis: three times a week.
VISITS_OF_THE_YEAR = 156


def a_long_life(today: date, number: str = AN) -> life.PersonLife:
    """Forty years with a new pay each January and July, and a benefit of every kind."""
    rng = _chance()
    visits = _visits(rng, number, today.year - 1)
    sick = [
        a_benefit(
            number,
            decision_number=f"{rng.randint(1, 99_999):05d}/QĐ-BHXH",
            from_date=date(year, 3, 1 + year % 20),
            to_date=date(year, 3, 4 + year % 20),
            amount=rng.randint(300_000, 3_000_000),
        )
        for year in range(today.year - YEARS, today.year)
    ]
    pension = a_benefit(
        number,
        kind="hang-thang",
        regime="Lương hưu",
        from_date=date(today.year - 25, 1, 1),
        to_date=None,
        amount=3_000_000,
    )
    return a_life(
        a_person(number, birth_date=date(today.year - 65, 5, 12)),
        cards=_cards(number, today),
        periods=[
            row
            for fund in ("bhxh", "bhtn", "bhtnld-bnn", "bhyt")
            for row in _periods(_chance(), number, fund, today)
        ],
        benefits=[*sick, pension, *_unemployment(number, today)],
        benefit_entries=_pension_entries(rng, pension, today),
        visits=visits,
        visit_costs=[row for visit in visits for row in _bill(rng, visit)],
        papers=[
            a_paper(visit, serial=f"01003-{index:04d}")
            for index, visit in enumerate(visits)
            if index % 4 == 0
        ],
    )


def _chance() -> Random:
    return Random(7)  # noqa: S311 - the same life each time


def _periods(rng: Random, number: str, fund: str, today: date) -> list[Any]:
    first, rows, pay = Month(today.year - YEARS, 1), [], 500_000
    for half in range(YEARS * 2):
        begins = first + half * 6
        name, place = EMPLOYERS[half * len(EMPLOYERS) // (YEARS * 2)]
        pay = pay * (100 + rng.randint(2, 9)) // 100 // 1000 * 1000
        rows.append(
            a_period(
                number,
                fund=fund,
                from_month=begins.yyyymm,
                to_month=(begins + 5).yyyymm,
                employer_name=name,
                workplace=place,
                position=POSITIONS[half * len(POSITIONS) // (YEARS * 2)],
                salary=pay,
                wage=pay + rng.randint(0, 900) * 1000,
            )
        )
    return rows


def _cards(number: str, today: date) -> list[Any]:
    return [
        a_card(
            number,
            valid_from=date(year, 1, 1),
            valid_to=date(year, 12, 31),
            facility_name=FACILITIES[year % 3],
        )
        for year in range(today.year - 24, today.year + 1)
    ]


def _unemployment(number: str, today: date) -> list[Any]:
    return [
        a_benefit(
            number,
            kind="bhtn",
            regime="Trợ cấp thất nghiệp",
            employer_name="",
            from_date=date(year, 1, 1),
            to_date=date(year, 3, 31),
            months=3,
        )
        for year in range(today.year - 16, today.year, 4)
    ]


def _pension_entries(rng: Random, pension: life.Benefit, today: date) -> list[Any]:
    amount, rows = pension.amount, []
    months = (today.year - pension.from_date.year) * 12 + today.month
    for index in range(months):
        month = Month.of(pension.from_date) + index
        if month.month == 7:
            amount = amount * (100 + rng.randint(5, 15)) // 100
            note = f"Tăng theo Nghị định {rng.randint(10, 180)}/{month.year}/NĐ-CP"
            rows.append(
                an_entry(
                    pension, kind="adjustment", from_date=month.first_day, amount=amount, note=note
                )
            )
        paid_on = month.first_day + timedelta(days=4)
        if paid_on <= today:
            note = f"Chi trả lương hưu tháng {month}"
            rows.append(an_entry(pension, from_date=paid_on, amount=amount, note=note))
    return rows


def _visits(rng: Random, number: str, year: int) -> list[life.Visit]:
    """A heavy year, and one visit in each of the thirty before it."""
    days = [date(year, 1, 3) + timedelta(days=index * 2) for index in range(VISITS_OF_THE_YEAR)]
    days += [date(year - back, 6, 2) for back in range(1, 31)]
    return [_visit(rng, number, day) for day in days]


def _visit(rng: Random, number: str, day: date) -> life.Visit:
    entered = datetime(day.year, day.month, day.day, 1, rng.randint(0, 59), tzinfo=UTC)
    code, name = rng.choice(ILLNESSES)
    return a_visit(
        number,
        facility_name=rng.choice(FACILITIES),
        entered_at=entered,
        left_at=entered + timedelta(hours=3),
        paid_on=day,
        disease_code=code,
        disease_name=name,
        total=1_200_000,
        insurance_paid=960_000,
        co_paid=240_000,
    )


def _bill(rng: Random, visit: life.Visit) -> list[life.VisitCost]:
    rows = []
    for line, (code, name, unit) in enumerate(ITEMS, start=1):
        amount = rng.randint(20, 400) * 1000
        rows.append(
            a_cost(
                visit,
                line=line,
                code=code,
                name=name,
                unit=unit,
                quantity=rng.choice((1, 14, 28, 30)),
                unit_price=rng.randint(1, 400) * 500,
                amount=amount,
                insurance_paid=amount * 80 // 100,
                co_paid=amount - amount * 80 // 100,
            )
        )
    return rows
