"""Benefits and their entries, reckoned from a plan and the contribution periods made from it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from vssid.insurance.invented.life import Benefit, BenefitEntry, ContributionPeriod
from vssid.insurance.invented.means import (
    last_paid_salaries,
    mean_salary,
    months_of,
    paid_salaries,
    pension_amount,
)
from vssid.insurance.invented.numbers import row_id
from vssid.insurance.invented.plan import (
    Accident,
    Leave,
    Plan,
    Setting,
    Someone,
    Unemployed,
    Withdrawal,
)
from vssid.insurance.invented.timeline import (
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
    one_time_sum,
    sick_pay,
)
from vssid.insurance.tables.minimum_wages import minimum_wage
from vssid.insurance.tables.pensions import INCREASES

MATERNITY, SICKNESS, RECOVERY = "Thai sản", "Ốm đau", "Dưỡng sức, phục hồi sức khỏe"
UNEMPLOYMENT, PENSION = "Trợ cấp thất nghiệp", "Lương hưu"
WITHDRAWAL, ACCIDENT = "BHXH một lần", "Trợ cấp tai nạn lao động một lần"
_KINDS = {
    MATERNITY: "ngan-han",
    SICKNESS: "ngan-han",
    RECOVERY: "ngan-han",
    UNEMPLOYMENT: "bhtn",
    PENSION: "hang-thang",
    WITHDRAWAL: "mot-lan",
    ACCIDENT: "tnld-bnn",
}
_BANKS = ("Agribank", "Vietcombank", "VietinBank", "BIDV")
_PAYMENTS_SHOWN = 6
_RECOVERY_SHARE = 0.4


class BenefitBook:
    """Writes the benefits of one person; `periods` are all their contribution periods."""

    def __init__(
        self, rng: Random, who: Someone, setting: Setting, periods: Sequence[ContributionPeriod]
    ) -> None:
        self.rng = rng
        self.who = who
        self.today = setting.today
        self.benefits: list[Benefit] = []
        self.entries: list[BenefitEntry] = []
        self._periods = periods
        self._months: dict[int, ContributionPeriod] | None = None
        self._bank = rng.choice(_BANKS)

    @property
    def months(self) -> dict[int, ContributionPeriod]:
        """The BHXH period of each counted month."""
        if self._months is None:
            self._months = months_of(self._periods, "bhxh")
        return self._months

    def write(self, plan: Plan) -> None:
        """Everything of the plan but sick leaves, which come with their visits."""
        for job in plan.jobs:
            for leave in job.leaves:
                recovery = self.rng.random() < _RECOVERY_SHARE
                self.grant_maternity(leave, job.employer.name, recovery=recovery)
        for claim in plan.unemployed:
            self.grant_unemployment(claim)
        for accident in plan.accidents:
            self.grant_accident(accident)
        for withdrawal in plan.withdrawals:
            self.grant_withdrawal(withdrawal)
        if plan.pension_from is not None:
            self.grant_pension(plan.pension_from)

    def grant_maternity(self, leave: Leave, employer: str, *, recovery: bool) -> None:
        """100 % of the mean of six months for each month, two base wages for the child."""
        salaries = last_paid_salaries(self.months, leave.first_whole, 6)
        months = len(leave.months)
        base = BASE_WAGE.on(leave.birth)
        amount = sum(salaries) * months // len(salaries) + 2 * base
        decided = min(leave.birth + timedelta(days=self.rng.randint(20, 45)), self.today)
        self._add(MATERNITY, decided, (leave.begin, leave.end), employer, amount)
        begin = leave.end + timedelta(days=self.rng.randint(3, 20))
        until = begin + timedelta(days=4)
        if recovery and until + timedelta(days=20) < self.today:
            daily = BASE_WAGE.on(begin) * 30 // 100
            decided = until + timedelta(days=self.rng.randint(5, 20))
            self._add(RECOVERY, decided, (begin, until), employer, daily * 5)

    def grant_sickness(self, begin: date, days: int, working_days: int) -> bool:
        """75 % of a 24th of last month's salary a day; False if there is no ground for it."""
        end = begin + timedelta(days=days - 1)
        decided = end + timedelta(days=self.rng.randint(7, 25))
        before = self._salaried(begin, end)
        if before is None or decided > min(self.today, self.who.died or self.today):
            return False
        amount = sick_pay(before.salary, working_days)
        self._add(SICKNESS, decided, (begin, end), before.employer_name, amount)
        return True

    def _salaried(self, begin: date, end: date) -> ContributionPeriod | None:
        """The row of the month before, if the same employer paid it and pays until the end."""
        month = counted(begin)
        rows = [self.months.get(m) for m in (month - 1, month, counted(end))]
        before = rows[0]
        if before is None or before.kind != "compulsory":
            return None
        for row in rows:
            if row is None or row.state == "late" or row.employer_code != before.employer_code:
                return None
        for benefit in self.benefits:
            until = benefit.to_date or date.max
            if benefit.kind == "ngan-han" and benefit.from_date <= end and begin <= until:
                return None
        return before

    def grant_unemployment(self, claim: Unemployed) -> None:
        """60 % of the mean of the last six months of BHTN, at most five regional minima."""
        paid = months_of(self._periods, "bhtn")
        salaries = last_paid_salaries(paid, claim.job.last + 1, 6)
        cap = UNEMPLOYMENT_CAP_TIMES * minimum_wage(
            claim.job.employer.wage_region, stored(claim.job.last)
        )
        amount = min(cap, sum(salaries) * UNEMPLOYMENT_PERCENT // (100 * len(salaries)))
        begin = first_day(claim.first)
        decided = begin - timedelta(days=self.rng.randint(1, 12))
        span = (begin, last_day(claim.last))
        benefit = self._add(UNEMPLOYMENT, decided, span, "", amount, claim.months)
        for month in range(claim.first, claim.last + 1):
            paid_on = first_day(month) + timedelta(days=11)
            if paid_on <= self.today:
                note = f"Chi trả trợ cấp tháng {month % 12 + 1:02d}/{month // 12}"
                self._enter(benefit, "payment", paid_on, amount, note)

    def grant_accident(self, accident: Accident) -> None:
        """The one-time grant for the impairment that was found some months later."""
        month = counted(accident.day)
        decided = accident.day + timedelta(days=self.rng.randint(60, 120))
        before = self.months[month - 1]
        paid = sum(1 for m, row in self.months.items() if m < month and row.kind == "compulsory")
        amount = accident_sum(accident.percent, BASE_WAGE.on(decided), before.salary, paid)
        if decided <= self.today and (self.who.died is None or decided <= self.who.died):
            span = (accident.day, accident.day)
            employer = accident.job.employer.name
            self._add(ACCIDENT, decided, span, employer, amount, accident.percent)

    def grant_withdrawal(self, withdrawal: Withdrawal) -> None:
        """1.5 or 2 mean salaries for each year that is settled."""
        paid = paid_salaries(self.months, withdrawal.first, withdrawal.last)
        before = sum(1 for month, _ in paid if month < 2014 * 12)
        mean = mean_salary(paid, withdrawal.decided, self.months)
        total = sum(row.salary for _, row in paid)
        amount = one_time_sum(before, len(paid) - before, mean, total)
        span = (first_day(withdrawal.first), last_day(withdrawal.last))
        self._add(WITHDRAWAL, withdrawal.decided, span, "", amount)

    def grant_pension(self, month: int) -> None:
        """The rate of the first month's law on the mean salary, then the increases."""
        begin = first_day(month)
        settled = max((counted(b.to_date) for b in self._withdrawals() if b.to_date), default=0)
        paid = paid_salaries(self.months, settled + 1, month - 1)
        amount = pension_amount(self.who.sex, paid, begin, self.months)
        decided = begin - timedelta(days=self.rng.randint(5, 25))
        benefit = self._add(PENSION, decided, (begin, self.who.died), "", amount)
        last = min(self.today, self.who.died or self.today)
        for increase in INCREASES:
            per_mille = increase.for_pension_from(begin)
            if per_mille and increase.valid_from <= last:
                amount += amount * per_mille // 1000
                percent = f"{per_mille / 10:g}".replace(".", ",")
                note = f"Tăng {percent} % theo {increase.source.replace('NĐ', 'Nghị định', 1)}"
                self._enter(benefit, "adjustment", increase.valid_from, amount, note)
        self._pay_pension(benefit, last)

    def _pay_pension(self, benefit: Benefit, last: date) -> None:
        """The last few monthly payments, each at the amount of its day."""
        rises = [e for e in self.entries if e.benefit_id == benefit.id]
        for month in range(counted(last) - _PAYMENTS_SHOWN + 1, counted(last) + 1):
            paid_on = first_day(month) + timedelta(days=4)
            if benefit.from_date <= paid_on <= last:
                amounts = [e.amount for e in rises if e.from_date <= paid_on]
                note = f"Chi trả lương hưu tháng {month % 12 + 1:02d}/{month // 12}"
                self._enter(
                    benefit, "payment", paid_on, amounts[-1] if amounts else benefit.amount, note
                )

    def _withdrawals(self) -> list[Benefit]:
        return [b for b in self.benefits if b.kind == "mot-lan"]

    def _add(
        self,
        regime: str,
        decided: date,
        span: tuple[date, date | None],
        employer: str,
        amount: int,
        extent: int | None = None,
    ) -> Benefit:
        """One decision; `extent` is the impairment in percent or the months on benefit."""
        kind = _KINDS[regime]
        number = f"{self.rng.randint(1, 99_999):05d}/QĐ-BHXH"
        benefit = Benefit(
            self.who.number,
            row_id(self.rng, decided),
            kind,
            regime,
            number,
            decided,
            span[0],
            span[1],
            employer,
            amount,
            f"000{self.who.number}",
            self._bank,
            extent if kind == "tnld-bnn" else None,
            extent if kind == "bhtn" else None,
        )
        self.benefits.append(benefit)
        return benefit

    def _enter(self, benefit: Benefit, kind: str, day: date, amount: int, note: str) -> None:
        entry = BenefitEntry(
            self.who.number, row_id(self.rng, day), benefit.id, kind, day, amount, note
        )
        self.entries.append(entry)
