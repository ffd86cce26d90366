"""Visits to the card's facility or its hospital, their bills and the papers issued at them."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from random import Random

from vssid.insurance.invented.benefits import BenefitBook
from vssid.insurance.invented.diseases import (
    DELIVERY,
    DISEASES,
    INPATIENT,
    ITEMS,
    OUTPATIENT,
    PREGNANCY_CHECK,
    Disease,
)
from vssid.insurance.invented.life import Card, IssuedPaper, Visit, VisitCost
from vssid.insurance.invented.numbers import row_id
from vssid.insurance.invented.plan import Plan, Setting, Someone
from vssid.insurance.invented.timeline import age_on
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.cards import LEVEL_PERCENT, SMALL_BILL_PERCENT

SICK_NOTE = "Giấy chứng nhận nghỉ việc hưởng BHXH"
DISCHARGE = "Giấy ra viện"
BIRTH_NOTE = "Giấy chứng sinh"
VALID = "Hợp lệ"
_YEARS_SHOWN = 4
_SERIES = {SICK_NOTE: "NVH", DISCHARGE: "GRV", BIRTH_NOTE: "GCS"}
_Line = tuple[str, Decimal, int]


def is_commune_station(facility_name: str) -> bool:
    """Whether a facility is a commune's: there everything covered is paid in full."""
    return facility_name.casefold().startswith("trạm y tế")


def card_on(cards: Sequence[Card], day: date) -> Card | None:
    """The card that is valid on a day."""
    return next(
        (
            card
            for card in cards
            if card.valid_from <= day and (card.valid_to is None or day <= card.valid_to)
        ),
        None,
    )


@lru_cache(maxsize=512)
def _possible(sex: str, age: int) -> tuple[tuple[Disease, ...], tuple[int, ...]]:
    """The diseases of a sex and age with their running weights."""
    found = tuple(d for d in DISEASES if d.sex in ("", sex) and d.ages[0] <= age <= d.ages[1])
    return found, tuple(accumulate(d.weight for d in found))


class VisitBook:
    """Writes the visits of one person; sick leaves go into the book of benefits."""

    def __init__(
        self,
        rng: Random,
        who: Someone,
        setting: Setting,
        cards: Sequence[Card],
        benefits: BenefitBook,
    ) -> None:
        self.rng = rng
        self.who = who
        self.today = setting.today
        self.visits: list[Visit] = []
        self.costs: list[VisitCost] = []
        self.papers: list[IssuedPaper] = []
        self._cards = cards
        self._benefits = benefits
        self._free_from = date.min

    def write(self, plan: Plan) -> None:
        """Pregnancies and births, then what else the last years brought; in order of time."""
        end = min(self.today - timedelta(days=1), self.who.died or self.today)
        begin = max(date(self.today.year - _YEARS_SHOWN + 1, 1, 1), self.who.born)
        chosen = [
            (birth + timedelta(days=offset), disease)
            for birth in plan.births
            for offset, disease in ((-120, PREGNANCY_CHECK), (-60, PREGNANCY_CHECK), (0, DELIVERY))
        ]
        days = (end - begin).days
        count = self._how_many(plan.visit_rate * days / 365.25)
        for _ in range(count):
            day = begin + timedelta(days=int(self.rng.random() * (days + 1)))
            chosen.append((day, self._disease(age_on(self.who.born, day))))
        for day, disease in sorted(chosen, key=lambda item: item[0]):
            if begin <= day <= end and day > self._free_from:
                self._visit(day, disease)

    def _how_many(self, expected: float) -> int:
        return int(expected * (0.4 + 1.2 * self.rng.random()) + self.rng.random())

    def _disease(self, age: int) -> Disease:
        diseases, running = _possible(self.who.sex, age)
        return diseases[bisect_right(running, int(self.rng.random() * running[-1]))]

    def _visit(self, day: date, disease: Disease) -> None:
        card = card_on(self._cards, day)
        if card is None:
            return
        stay = self._stay(day, card, disease)
        entered = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            minutes=self.rng.randrange(30, 480)
        )
        left = entered + timedelta(days=stay, minutes=self.rng.randrange(40, 110))
        self._free_from = left.date()
        lines = self._lines(disease, stay)
        visit = self._bill(card, disease, (entered, left), lines)
        self.visits.append(visit)
        self._issue_papers(visit, disease, stay)

    def _stay(self, day: date, card: Card, disease: Disease) -> int:
        """Whole days in bed, no longer than the card, the life and the present allow."""
        if disease.days == 0:
            return 0
        limit = min(self.today - timedelta(days=1), card.valid_to or date.max)
        limit = min(limit, self.who.died or date.max)
        return min(self.rng.randint(2, disease.days), (limit - day).days)

    def _lines(self, disease: Disease, stay: int) -> list[_Line]:
        """Item codes with quantity and unit price."""
        rng = self.rng
        lines = [("KB.01", Decimal(1), ITEMS["KB.01"].price)]
        if stay:
            bed = (
                "GB.02"
                if disease.department in ("Khoa Phụ sản", "Khoa Ngoại tổng hợp")
                else "GB.01"
            )
            lines.append((bed, Decimal(stay), ITEMS[bed].price))
        for code in disease.items:
            item = ITEMS[code]
            if code == "KB.01" or (not item.covered and rng.random() < 0.6):
                continue
            quantity = Decimal(1)
            if code.startswith("TH"):
                quantity = Decimal(rng.randint(max(1, disease.most // 2), disease.most))
            elif item.unit == "Ngày":
                quantity = Decimal(max(stay, 1))
            lines.append((code, quantity, item.price))
        return lines

    def _facility(self, card: Card, disease: Disease) -> tuple[str, str]:
        """Code and name of where it is treated: a station sends people on to its hospital."""
        place = self.who.place
        if (
            disease.needs_hospital
            and place.hospital_code
            and is_commune_station(card.facility_name)
        ):
            return place.hospital_code, place.hospital_name
        return card.facility_code, card.facility_name

    def _rate(self, card: Card, facility_name: str, day: date, lines: list[_Line]) -> int:
        """What the card pays of covered costs: its level, or all of a small bill or a station's."""
        total = sum(int(quantity * price) for _, quantity, price in lines)
        small = total * 100 < BASE_WAGE.on(day) * SMALL_BILL_PERCENT
        if small or is_commune_station(facility_name):
            return 100
        return LEVEL_PERCENT[card.benefit_level]

    def _bill(
        self,
        card: Card,
        disease: Disease,
        stay: tuple[datetime, datetime],
        lines: list[_Line],
    ) -> Visit:
        day = stay[0].date()
        facility = self._facility(card, disease)
        rate = self._rate(card, facility[1], day, lines)
        visit_id = row_id(self.rng, day)
        aid_for_poor = card.group_code == "CN" and self.rng.random() < 0.3
        sums = [0, 0, 0, 0]
        for number, (code, quantity, price) in enumerate(lines, 1):
            item = ITEMS[code]
            amount = int(quantity * price)
            insured = amount * rate // 100 if item.covered else 0
            other = (amount - insured) // 2 if aid_for_poor and item.covered else 0
            co_paid = amount - insured - other if item.covered else 0
            own = 0 if item.covered else amount
            self.costs.append(
                VisitCost(
                    self.who.number, row_id(self.rng, day), visit_id, number, code, item.name,
                    item.unit, quantity, price, rate if item.covered else 0, amount, other, own,
                    co_paid, insured,
                )
            )  # fmt: skip
            sums = [a + b for a, b in zip(sums, (insured, co_paid, own, other), strict=True)]
        return Visit(
            self.who.number, visit_id, *facility, disease.department,
            stay[0], stay[1], INPATIENT if stay[1].date() > day else OUTPATIENT,
            disease.code, disease.name, stay[1].date(), sum(sums), *sums,
        )  # fmt: skip

    def _issue_papers(self, visit: Visit, disease: Disease, stay: int) -> None:
        day = visit.left_at.date()
        if disease is DELIVERY:
            self._issue(visit, BIRTH_NOTE, day)
        if stay:
            self._issue(visit, DISCHARGE, day)
        if disease in (DELIVERY, PREGNANCY_CHECK) or self.rng.random() > 0.3:
            return
        begin = visit.entered_at.date()
        days = stay + 1 if stay else self.rng.randint(2, 3)
        working = sum((begin + timedelta(days=n)).weekday() != 6 for n in range(days))
        if self._benefits.grant_sickness(begin, days, working) and not stay:
            self._issue(visit, SICK_NOTE, day)

    def _issue(self, visit: Visit, kind: str, day: date) -> None:
        serial = f"{_SERIES[kind]}.{visit.facility_code}.{self.rng.randint(1, 99_999):05d}"
        self.papers.append(
            IssuedPaper(self.who.number, row_id(self.rng, day), visit.id, serial, kind, day, VALID)
        )
