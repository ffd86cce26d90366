"""What is granted: the ground for it, its time and its amount."""

from datetime import date, timedelta
from itertools import pairwise

from vssid.insurance.invented.invariants.case import MATERNITY, Case
from vssid.insurance.invented.life import Benefit, BenefitEntry
from vssid.insurance.invented.means import (
    last_paid_salaries,
    mean_salary,
    paid_salaries,
    pension_amount,
)
from vssid.insurance.invented.timeline import (
    add_months,
    age_on,
    counted,
    first_day,
    last_day,
    stored,
)
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.grants import (
    UNEMPLOYMENT_CAP_TIMES,
    UNEMPLOYMENT_PERCENT,
    accident_sum,
    maternity_months,
    one_time_sum,
    sick_pay,
    unemployment_months,
)
from vssid.insurance.tables.minimum_wages import minimum_wage
from vssid.insurance.tables.pensions import INCREASES, least_months
from vssid.insurance.tables.retirement import first_pension_month
from vssid.insurance.tables.unemployment import kept_months


def check_maternity(case: Case) -> list[str]:
    """Women of 18 to 49 with 6 paid months of the 12 before; a child of the family is born.

    100 % of the mean of six months for each month of leave, two base wages for the child
    (Luật 58/2014 Đ.31, 34, 38, 39; Luật 41/2024 Đ.50, 53, 58, 59).
    """
    found = []
    person = case.life.person
    own = {
        g.child_number
        for g in case.family.guardianships
        if g.number == person.number and g.relation == "mother"
    }
    births = sorted(
        x.person.birth_date
        for x in case.family.lives
        if x.person.number in own or _is_grown_child(case, x.person.birth_date)
    )
    for row in case.benefits_of(MATERNITY):
        if person.sex != "F" or not 18 <= age_on(person.birth_date, row.from_date) <= 49:
            found.append("maternity leave is for women of 18 to 49")
        born = [day for day in births if row.from_date <= day <= row.from_date + timedelta(days=60)]
        if not born:
            found.append(f"no child of the family is born in the leave of {row.from_date}")
            continue
        found += _leave_problems(case, row, born[0], births.index(born[0]) + 1)
    return found


def _is_grown_child(case: Case, born: date) -> bool:
    """Whether someone of a mother's family may be her child of age, who has no guardian now."""
    grown = age_on(born, case.today) >= 18
    return grown and 15 <= age_on(case.life.person.birth_date, born) <= 49


def _leave_problems(case: Case, row: Benefit, born: date, child: int) -> list[str]:
    first = counted(row.from_date)
    months = case.months["bhxh"]
    window = [months.get(month) for month in range(first - 12, first)]
    found = []
    if sum(r is not None and (r.kind, r.state) == ("compulsory", "paid") for r in window) < 6:
        found.append("fewer than six paid months in the year before the leave")
    length = maternity_months(born, child)
    if row.to_date != add_months(row.from_date, length) - timedelta(days=1):
        found.append(f"the leave does not last {length} months")
    salaries = last_paid_salaries(months, first, 6) or [0]
    expected = sum(salaries) * length // len(salaries) + 2 * BASE_WAGE.on(born)
    if row.amount != expected:
        found.append(f"the maternity grant is {row.amount} instead of {expected}")
    return found


def check_sick_leave(case: Case) -> list[str]:
    """75 % of a 24th of last month's salary a working day, for who is employed then.

    At most 30 working days a year (Luật 58/2014 Đ.26, 28; Luật 41/2024 Đ.43, 45); no two leaves
    at the same time.
    """
    found = []
    days_by_year: dict[int, int] = {}
    for row in case.benefits_of("Ốm đau"):
        end = row.to_date or row.from_date
        span = range((end - row.from_date).days + 1)
        days = sum((row.from_date + timedelta(days=n)).weekday() != 6 for n in span)
        year = row.from_date.year
        days_by_year[year] = days_by_year.get(year, 0) + days
        before = case.months["bhxh"].get(counted(row.from_date) - 1)
        now = case.months["bhxh"].get(counted(row.from_date))
        if before is None or now is None or "voluntary" in (before.kind, now.kind):
            found.append(f"on sick leave from {row.from_date} without a job")
        elif row.amount != sick_pay(before.salary, days):
            found.append(f"sick pay from {row.from_date} is wrong")
    found += ["more than 30 days of sick leave" for days in days_by_year.values() if days > 30]
    short = sorted(
        (b for b in case.life.benefits if b.kind == "ngan-han"), key=lambda b: b.from_date
    )
    found += [
        "two leaves at once"
        for a, b in pairwise(short)
        if b.from_date <= (a.to_date or b.from_date)
    ]
    return found


def check_recovery(case: Case) -> list[str]:
    """30 % of the base wage a day, up to ten days, soon after a maternity leave (Đ.41, Đ.60)."""
    found = []
    ends = [row.to_date for row in case.benefits_of(MATERNITY) if row.to_date]
    for row in case.benefits_of("Dưỡng sức, phục hồi sức khỏe"):
        days = ((row.to_date or row.from_date) - row.from_date).days + 1
        if not any(timedelta(0) < row.from_date - end <= timedelta(days=30) for end in ends):
            found.append("recovery without a leave just before")
        if days > 10 or row.amount != BASE_WAGE.on(row.from_date) * 30 // 100 * days:
            found.append("the grant for recovery is wrong")
    return found


def check_unemployment(case: Case) -> list[str]:
    """After a job, never in one; months by what was paid; 60 % of the mean of six months.

    At most five regional minima (Luật 38/2013 Đ.49, 50; Luật 74/2025).
    """
    found = []
    since = kept = 0
    at_work = {m for m, row in case.months["bhxh"].items() if row.kind == "compulsory"}
    for row in case.benefits_of("Trợ cấp thất nghiệp"):
        begin = counted(row.from_date)
        jobs = [month for month in at_work if month < begin]
        if not jobs or begin - max(jobs) > 4:
            found.append(f"no job ended within three months before {row.from_date}")
            continue
        paid = {
            m: r
            for m, r in case.months["bhtn"].items()
            if since <= m <= max(jobs) and r.state == "paid"
        }
        if sum(month > max(jobs) - 24 for month in paid) < 12:
            found.append("fewer than twelve months paid in the two years before")
        count = kept + len(paid)
        months = unemployment_months(count)
        found += _on_benefit_problems(row, at_work, months)
        found += _unemployment_amount(case, row, max(jobs))
        since, kept = begin, kept_months(count, months)
    return found


def _on_benefit_problems(row: Benefit, at_work: set[int], months: int) -> list[str]:
    begin, found = counted(row.from_date), []
    if row.months != months or row.to_date != last_day(begin + months - 1):
        found.append(f"unemployment benefit for {row.months} months instead of {months}")
    if any(month in at_work for month in range(begin, begin + months)):
        found.append("employed while on unemployment benefit")
    return found


def _unemployment_amount(case: Case, row: Benefit, job_end: int) -> list[str]:
    salaries = last_paid_salaries(case.months["bhtn"], job_end + 1, 6)
    region = case.months["bhxh"][job_end].wage_region
    cap = UNEMPLOYMENT_CAP_TIMES * minimum_wage(region, stored(job_end))
    mean = sum(salaries) * UNEMPLOYMENT_PERCENT // (100 * max(1, len(salaries)))
    return [] if row.amount == min(cap, mean) else ["the unemployment benefit is wrong"]


def check_one_time(case: Case) -> list[str]:
    """A withdrawal comes 12 months after the last month, below 20 years; its months are settled.

    They count no more for a pension or another withdrawal (Luật 58/2014 Đ.60, NQ 93/2015,
    Luật 41/2024 Đ.70).
    """
    found = []
    rows = case.benefits_of("BHXH một lần")
    months = case.months["bhxh"]
    for row in rows:
        first, last = counted(row.from_date), counted(row.to_date or row.from_date)
        paid = paid_salaries(months, first, last)
        if not paid or len(paid) >= 240:
            found.append(f"{len(paid)} months cannot be withdrawn")
            continue
        if row.decision_date < first_day(last + 13):
            found.append("withdrawn before a year without contributions has passed")
        if any(last < month <= counted(row.decision_date) for month in months):
            found.append("withdrawn while contributing")
        early = sum(1 for month, _ in paid if month < 2014 * 12)
        mean = mean_salary(paid, row.decision_date, months)
        total = sum(r.salary for _, r in paid)
        if row.amount != one_time_sum(early, len(paid) - early, mean, total):
            found.append("the one-time sum is wrong")
    found += [
        "months withdrawn twice"
        for a, b in pairwise(rows)
        if b.from_date <= (a.to_date or b.from_date)
    ]
    return found


def counted_months(case: Case, before: int) -> list[int]:
    """The paid months of BHXH before a counted month that no withdrawal has settled."""
    spans = [
        (counted(row.from_date), counted(row.to_date or row.from_date))
        for row in case.benefits_of("BHXH một lần")
    ]
    return [
        month
        for month, row in sorted(case.months["bhxh"].items(), key=lambda item: item[0])
        if month < before
        and row.state == "paid"
        and not any(first <= month <= last for first, last in spans)
    ]


def check_pension(case: Case) -> list[str]:
    """The pension begins at the age of the law, with enough months, at its rate of the mean.

    NĐ 135/2020; Luật 58/2014 Đ.54, 56, 62; Luật 41/2024 Đ.64, 66, 72.
    """
    found = []
    person = case.life.person
    for row in case.benefits_of("Lương hưu"):
        begin = counted(row.from_date)
        if stored(begin) < first_pension_month(person.sex, person.birth_date):
            found.append("the pension begins before the age of retirement")
        months = counted_months(case, begin)
        if len(months) < least_months(stored(begin)):
            found.append(f"{len(months)} months do not earn a pension")
            continue
        paid = [(month, case.months["bhxh"][month]) for month in months]
        expected = pension_amount(person.sex, paid, row.from_date, case.months["bhxh"])
        if row.amount != expected:
            found.append(f"the pension is {row.amount} instead of {expected}")
    return found


def check_pension_increases(case: Case) -> list[str]:
    """Every increase since the pension began is entered on its day with the new amount."""
    found = []
    for row in case.benefits_of("Lương hưu"):
        until = min(case.today, row.to_date or case.today)
        amount, expected = row.amount, []
        for increase in INCREASES:
            per_mille = increase.for_pension_from(row.from_date)
            if per_mille and increase.valid_from <= until:
                amount += amount * per_mille // 1000
                expected.append((increase.valid_from, amount))
        entries = [
            (entry.from_date, entry.amount)
            for entry in case.life.benefit_entries
            if entry.benefit_id == row.id and entry.kind == "adjustment"
        ]
        if sorted(entries) != expected:
            found.append("the increases of the pension are wrong")
    return found


def check_payments(case: Case) -> list[str]:
    """A payment belongs to a benefit of the person, in its time, at the amount of that day."""
    found = []
    benefits = {row.id: row for row in case.life.benefits}
    for entry in case.life.benefit_entries:
        row = benefits.get(entry.benefit_id)
        if row is None:
            found.append("an entry without a benefit")
            continue
        end = min(case.today, row.to_date or case.today)
        if not row.from_date <= entry.from_date <= end:
            found.append("an entry outside the time of its benefit")
        if entry.kind == "payment" and entry.amount != _amount_on(case, row, entry):
            found.append("a payment of another amount")
    return found


def _amount_on(case: Case, row: Benefit, payment: BenefitEntry) -> int:
    risen = [
        (entry.from_date, entry.amount)
        for entry in case.life.benefit_entries
        if entry.benefit_id == row.id
        and entry.kind == "adjustment"
        and entry.from_date <= payment.from_date
    ]
    return max(risen)[1] if risen else row.amount


def check_accident(case: Case) -> list[str]:
    """An accident at work happens in a job, and 5 to 30 % impairment brings a one-time grant.

    Luật 84/2015 Đ.45, 48.
    """
    found = []
    months = case.months["bhxh"]
    for row in case.life.benefits:
        if row.kind != "tnld-bnn":
            continue
        month = counted(row.from_date)
        job, before = months.get(month), months.get(month - 1)
        if job is None or before is None or job.kind != "compulsory":
            found.append("an accident at work without a job")
            continue
        percent = row.impairment_percent or 0
        paid = sum(1 for m, r in months.items() if m < month and r.kind == "compulsory")
        base = BASE_WAGE.on(row.decision_date)
        if not 5 <= percent <= 30:
            found.append("a one-time grant is for 5 to 30 percent")
        elif row.amount != accident_sum(percent, base, before.salary, paid):
            found.append("the accident grant is wrong")
    return found
