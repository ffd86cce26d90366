"""Cards and visits: what covers a person, and what their card pays."""

from datetime import date, timedelta
from itertools import pairwise

from vssid.insurance.invented.diseases import BY_CODE, DELIVERY
from vssid.insurance.invented.employers import CARD_GROUPS, sector_of
from vssid.insurance.invented.invariants.case import Case, local_day
from vssid.insurance.invented.life import Card, Visit
from vssid.insurance.invented.timeline import add_months, age_on, counted, first_day
from vssid.insurance.invented.visits import (
    BIRTH_NOTE,
    DISCHARGE,
    SICK_NOTE,
    is_commune_station,
)
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.cards import LEVEL_PERCENT, SMALL_BILL_PERCENT, benefit_level

RECORDED_SINCE = 2015 * 12
_PAID_KINDS = {"GD": "household", "HS": "supported", "SV": "supported", "CN": "supported"}
_AGES = {"TE": (0, 6), "HS": (6, 18), "SV": (17, 26), "BT": (80, 130)}
_WORK_GROUPS = frozenset(CARD_GROUPS.values())


def check_card_numbers(case: Case) -> list[str]:
    """Group, level of the day, province, number (QĐ 1351/QĐ-BHXH); CN rises to 2 on 1/1/2026."""
    found = []
    for card in case.life.cards:
        level = benefit_level(card.group_code, card.valid_from)
        last = min(card.valid_to or case.today, case.today)
        if level != benefit_level(card.group_code, max(last, card.valid_from)):
            found.append(f"{card.card_number} outlives its level")
        if card.benefit_level != level:
            found.append(f"{card.card_number} has level {card.benefit_level} instead of {level}")
        expected = f"{card.group_code}{level}{card.issuing_province}{case.life.person.number}"
        if card.card_number != expected:
            found.append(f"{card.card_number} instead of {expected}")
    return found


def check_cards_do_not_overlap(case: Case) -> list[str]:
    """One card at a time, none valid from tomorrow on, none that ends before it begins."""
    cards = sorted(case.life.cards, key=lambda card: card.valid_from)
    found = [
        f"cards overlap on {b.valid_from}"
        for a, b in pairwise(cards)
        if a.valid_to is None or b.valid_from <= a.valid_to
    ]
    for card in cards:
        if card.valid_from > case.today:
            found.append("a card from tomorrow on")
        if card.valid_to is not None and card.valid_to < card.valid_from:
            found.append("a card ends before it begins")
    return found


def check_five_year_date(case: Case) -> list[str]:
    """Five years after the beginning of cover without a break of more than three months.

    NĐ 146/2018 Đ.12, NĐ 188/2025.
    """
    found = []
    since, covered_to = date.min, date.min
    for card in sorted(case.life.cards, key=lambda card: card.valid_from):
        if (
            covered_to == date.min
            or add_months(covered_to, 3) + timedelta(days=4) < card.valid_from
        ):
            since = card.valid_from
        if card.five_year_date != add_months(since, 60):
            found.append(f"{card.card_number}: five years are full on {add_months(since, 60)}")
        covered_to = card.valid_to or date(9000, 1, 1)
    return found


def check_cards_follow_status(case: Case) -> list[str]:
    """On every day the card's group is the one that the person's standing gives.

    At work DN, HC or HX; on a pension HT; on unemployment benefit TN; a small child TE; of 80
    years and no pension BT; pupils HS, students SV, household GD, near-poor CN: paid for in the
    same month (Luật BHYT Đ.12 as amended 2014 and 2024).
    """
    groups = _groups_by_month(case)
    found = [
        f"{card.card_number} does not fit the age"
        for card in case.life.cards
        if not _fits_age(case, card)
    ]
    last_month = case.last_month
    for month, group in groups.items():
        if month <= last_month and not _has_ground(case, month, group):
            found.append(f"{month}: no ground for a {group} card")
    for month, row in case.months["bhyt"].items():
        if month < RECORDED_SINCE:
            continue
        group = groups.get(month, "none")
        expected = CARD_GROUPS[sector_of(row.employer_code)] if row.employer_code else ""
        if expected not in ("", group) or (not expected and _PAID_KINDS.get(group) != row.kind):
            found.append(f"{month}: {row.kind} contributions and a {group} card")
    return found + _missing_cards(case, groups)


def _groups_by_month(case: Case) -> dict[int, str]:
    found = {}
    for card in case.life.cards:
        last = counted(min(card.valid_to or case.today, case.today))
        for month in range(counted(card.valid_from), last + 1):
            found[month] = card.group_code
    return found


def _has_ground(case: Case, month: int, group: str) -> bool:
    health = case.months["bhyt"].get(month)
    if group in _PAID_KINDS:
        return health is not None and health.kind == _PAID_KINDS[group]
    if group in _WORK_GROUPS:
        return health is not None and bool(health.employer_code)
    if group == "HT":
        return _on_benefit(case, month, "hang-thang")
    if group == "TN":
        return _on_benefit(case, month, "bhtn")
    return health is None


def _fits_age(case: Case, card: Card) -> bool:
    """Small children until they are six or the September of that year, pupils until the one at 18.

    Students are 17 to 26, and BT without another ground is from 80 on.
    """
    if card.group_code not in _AGES:
        return True
    born = case.life.person.birth_date
    least, most = _AGES[card.group_code]
    begins, ends = add_months(born, least * 12), add_months(born, most * 12)
    if card.group_code in ("TE", "HS"):
        ends = max(ends, date(born.year + most, 9, 30))
    last = min(card.valid_to or case.today, case.today)
    return counted(begins) <= counted(card.valid_from) and counted(last) <= counted(ends)


def _on_benefit(case: Case, month: int, kind: str) -> bool:
    day = first_day(month)
    return any(
        row.kind == kind and row.from_date <= day and (row.to_date is None or day <= row.to_date)
        for row in case.life.benefits
    )


def _missing_cards(case: Case, groups: dict[int, str]) -> list[str]:
    person = case.life.person
    found: list[str] = []
    born = counted(person.birth_date)
    end = min(case.last_month, counted(person.died_on) if person.died_on else case.last_month)
    small = range(max(born, RECORDED_SINCE), min(born + 72, end + 1))
    found += [f"{month}: a small child without TE" for month in small if groups.get(month) != "TE"]
    for kind, group in (("hang-thang", "HT"), ("bhtn", "TN")):
        for row in case.life.benefits:
            if row.kind != kind:
                continue
            last = min(end, counted(row.to_date) if row.to_date else end)
            months = range(max(counted(row.from_date), RECORDED_SINCE), last + 1)
            found += [f"{m}: no {group} card" for m in months if groups.get(m) != group]
    return found


def check_visits_inside_cover(case: Case) -> list[str]:
    """A visit lies in the time of one card and at a facility that fits, over before the next."""
    found = []
    for visit in case.life.visits:
        card = case.card_on(local_day(visit.entered_at))
        if card is None or case.card_on(local_day(visit.left_at)) is None:
            found.append(f"no card on {visit.entered_at:%d/%m/%Y}")
        else:
            found += _misplaced(visit, card)
        if visit.left_at <= visit.entered_at or local_day(visit.left_at) > case.today:
            found.append("a visit ends before it begins, or in the future")
        bed = visit.visit_kind == "inpatient"
        if bed != (local_day(visit.left_at) > local_day(visit.entered_at)):
            found.append("an outpatient stays overnight, or an inpatient does not")
    ordered = sorted(case.life.visits, key=lambda visit: visit.entered_at)
    found += ["two visits at once" for a, b in pairwise(ordered) if b.entered_at <= a.left_at]
    return found


def _misplaced(visit: Visit, card: Card) -> list[str]:
    """A station sends people on to a hospital of its province, and only when it has to."""
    disease = BY_CODE.get(visit.disease_code)
    sent_on = disease is not None and disease.needs_hospital
    if visit.facility_code == card.facility_code:
        return []
    if (
        sent_on
        and is_commune_station(card.facility_name)
        and not is_commune_station(visit.facility_name)
        and visit.facility_code[:2] == card.facility_code[:2]
    ):
        return []
    return ["a visit at another facility than the card's"]


def check_costs_add_up(case: Case) -> list[str]:
    """The parts of a line make its amount, the lines make the visit."""
    found = []
    sums: dict[object, list[int]] = {visit.id: [0] * 5 for visit in case.life.visits}
    for line in case.life.visit_costs:
        parts = (line.insurance_paid, line.co_paid, line.self_paid, line.other_source)
        if line.amount != sum(parts) or min(parts) < 0:
            found.append(f"line {line.line}: the parts do not make {line.amount}")
        if line.amount != int(line.quantity * line.unit_price):
            found.append(f"line {line.line}: quantity and price do not make {line.amount}")
        if line.visit_id not in sums:
            found.append("a line without a visit")
            continue
        row = sums[line.visit_id]
        for index, value in enumerate((line.amount, *parts)):
            row[index] += value
    for visit in case.life.visits:
        whole = (visit.total, visit.insurance_paid, visit.co_paid, visit.self_paid)
        if [*whole, visit.other_source] != sums[visit.id]:
            found.append(f"the lines do not make the visit of {visit.entered_at:%d/%m/%Y}")
    return found


def check_benefit_share(case: Case) -> list[str]:
    """The card pays its level of covered lines; small bills and commune stations in full.

    A bill below 15 % of the base wage is small (NĐ 146/2018 Đ.14, NĐ 188/2025).
    """
    found = []
    rates = {}
    for visit in case.life.visits:
        card = case.card_on(local_day(visit.entered_at))
        if card is not None:
            rates[visit.id] = _share(visit, card)
    for line in case.life.visit_costs:
        if line.benefit_rate == 0:
            if line.self_paid != line.amount:
                found.append(f"line {line.line} is not covered and not paid by the patient")
            continue
        if line.benefit_rate != rates.get(line.visit_id):
            found.append(f"line {line.line} is paid at {line.benefit_rate} %")
        if line.insurance_paid != line.amount * line.benefit_rate // 100:
            found.append(f"line {line.line} is not paid at its rate")
    return found


def _share(visit: Visit, card: Card) -> int:
    base = BASE_WAGE.on(local_day(visit.entered_at))
    if visit.total * 100 < base * SMALL_BILL_PERCENT or is_commune_station(visit.facility_name):
        return 100
    return LEVEL_PERCENT[card.benefit_level]


def check_diseases_fit(case: Case) -> list[str]:
    """Diagnoses fit sex and age: ICD-10 O, Z34 and N70 to N77 are women's, N40 is men's."""
    found = []
    person = case.life.person
    for visit in case.life.visits:
        code = visit.disease_code
        of_women = code.startswith(("O", "Z34", "N7"))
        if (of_women and person.sex != "F") or (code.startswith("N40") and person.sex != "M"):
            found.append(f"{code} does not fit the sex")
        disease = BY_CODE.get(code)
        age = age_on(person.birth_date, local_day(visit.entered_at))
        if disease is None or not disease.ages[0] <= age <= disease.ages[1]:
            found.append(f"{code} does not fit the age of {age}")
    return found


def check_papers(case: Case) -> list[str]:
    """A paper is issued at the end of a visit of its kind.

    A sick note has its benefit, a birth note its child in the family, a discharge note its stay.
    """
    found = []
    visits = {visit.id: visit for visit in case.life.visits}
    sick = {row.from_date for row in case.benefits_of("Ốm đau")}
    births = {life.person.birth_date for life in case.family.lives}
    for paper in case.life.papers:
        visit = visits.get(paper.visit_id)
        if visit is None or paper.issued_on != local_day(visit.left_at):
            found.append("a paper without its visit")
            continue
        day = local_day(visit.entered_at)
        birth = visit.disease_code == DELIVERY.code and day in births
        fits = {
            SICK_NOTE: day in sick,
            BIRTH_NOTE: birth,
            DISCHARGE: visit.visit_kind == "inpatient",
        }
        if not fits.get(paper.kind, False):
            found.append(f"{paper.kind} does not fit its visit")
    return found
