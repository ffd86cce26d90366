"""Working lives: jobs one after another, gaps and what fills them, the way into retirement."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from vssid.insurance.invented.employers import CLINIC, sector_of
from vssid.insurance.invented.life import Employer
from vssid.insurance.invented.plan import (
    Accident,
    Job,
    Leave,
    Plan,
    Setting,
    Someone,
    Unemployed,
    Voluntary,
    WageStep,
    Withdrawal,
    plan_leave,
)
from vssid.insurance.invented.timeline import counted, counted_from_stored, first_day
from vssid.insurance.invented.wages import market_steps, state_steps
from vssid.insurance.tables.grants import (
    MATERNITY_PAID_MONTHS,
    MATERNITY_WINDOW_MONTHS,
    NO_BAR_TO_WITHDRAWAL_MONTHS,
    UNEMPLOYMENT_LEAST_MONTHS,
    unemployment_months,
)
from vssid.insurance.tables.pensions import least_months
from vssid.insurance.tables.retirement import first_pension_month
from vssid.insurance.tables.unemployment import kept_months

FIRST_RECORDED = 1995 * 12
"""Compulsory BHXH on contributions begins on 1/1/1995 (NĐ 12/CP/1995)."""

FIRST_UNEMPLOYMENT_INSURANCE = 2009 * 12
FIRST_VOLUNTARY = 2008 * 12
WITHDRAWAL_AFTER = 12

_Work = tuple[str, tuple[str, ...], tuple[float, float]]
_FACTORY_WORK: tuple[_Work, ...] = (
    ("Công nhân may công nghiệp", ("Công nhân", "Tổ phó", "Tổ trưởng"), (1.08, 1.5)),
    ("Công nhân lắp ráp điện tử", ("Công nhân", "Tổ phó", "Tổ trưởng"), (1.08, 1.6)),
    ("Công nhân vận hành máy", ("Công nhân", "Kỹ thuật viên", "Trưởng ca"), (1.1, 1.7)),
    ("Nhân viên kiểm tra chất lượng", ("Nhân viên", "Tổ trưởng"), (1.1, 1.8)),
)
_OFFICE_WORK: tuple[_Work, ...] = (
    ("Nhân viên kế toán", ("Nhân viên", "Chuyên viên", "Phó phòng", "Trưởng phòng"), (1.3, 2.4)),
    ("Nhân viên bán hàng", ("Nhân viên", "Trưởng nhóm", "Cửa hàng trưởng"), (1.1, 2.0)),
    ("Kỹ sư phần mềm", ("Kỹ sư", "Kỹ sư chính", "Trưởng nhóm kỹ thuật"), (2.2, 5.0)),
    ("Nhân viên hành chính", ("Nhân viên", "Chuyên viên", "Trưởng phòng"), (1.2, 2.0)),
    ("Giám đốc điều hành", ("Phó giám đốc", "Giám đốc"), (7.0, 13.0)),
)
_OFFICE_WEIGHTS = (30, 34, 14, 19, 3)
_COOPERATIVE_WORK: tuple[_Work, ...] = (
    ("Lao động nông nghiệp", ("Xã viên", "Tổ trưởng sản xuất"), (1.07, 1.2)),
)
_TEACHING = ("Giáo viên", ("Giáo viên", "Tổ phó chuyên môn", "Tổ trưởng chuyên môn"))
_NURSING = ("Điều dưỡng", ("Điều dưỡng viên", "Điều dưỡng trưởng khoa"))
_STATE_STARTS = (186, 210, 234)


def _unemployment_paid(job: Job) -> int:
    """Months of BHTN that a job brought: since 2009, without leaves and unpaid months."""
    first = max(job.first, FIRST_UNEMPLOYMENT_INSURANCE)
    last = (job.late_from or job.last + 1) - 1
    leave = sum(first <= month <= last for x in job.leaves for month in x.months)
    return max(0, last - first + 1 - leave)


class Career:
    """Builds a working life from its beginning onwards; each step keeps to the law.

    `end` is the last month in which the person can work: the last one paid for, the one before
    the pension, or the one of death, whichever comes first. Set `ordinary` for work without
    directors, whose wages are cut by the ceilings.
    """

    def __init__(self, rng: Random, who: Someone, setting: Setting, plan: Plan) -> None:
        self.rng = rng
        self.who = who
        self.setting = setting
        self.plan = plan
        self.pension_month = counted_from_stored(first_pension_month(who.sex, who.born))
        self.end = min(setting.last_month, self.pension_month - 1)
        if who.died is not None:
            self.end = min(self.end, counted(who.died) - 1)
        self._leaves = [plan_leave(birth, n + 1) for n, birth in enumerate(sorted(plan.births))]
        self.ordinary = False
        self._settled_to = 0

    def open_employers(self, sector: str, month: int) -> list[Employer]:
        """Employers of a sector that exist in a month and the next."""
        opens, closes = first_day(month), first_day(month + 1)
        return [
            unit
            for unit in self.setting.employers
            if sector_of(unit.code) == sector
            and unit.founded_on <= opens
            and (unit.closed_on is None or unit.closed_on > closes)
        ]

    def work(
        self, sector: str, first: int, last: int, *, employer: Employer | None = None
    ) -> Job | None:
        """A job from one month to another, as far as employer and age allow; None if they do not.

        A maternity leave that falls into its end keeps the job going until the leave is over.
        """
        last = min(last, self.end)
        if first > last or first < FIRST_RECORDED:
            return None
        if employer is None:
            candidates = self.open_employers(sector, first)
            if self.plan.jobs and len(candidates) > 1:
                candidates = [c for c in candidates if c.code != self.plan.jobs[-1].employer.code]
            employer = self.rng.choice(candidates)
        limit = self.end
        if employer.closed_on is not None:
            limit = min(limit, counted(employer.closed_on) - 1)
        last = min(last, limit)
        for leave in self._leaves:
            if first < leave.first_whole <= last + 2 and last <= leave.months[-1]:
                last = min(limit, leave.months[-1] + 2)
        job = self._hire(employer, first, last)
        self._grant_leaves(job)
        self.plan.jobs.append(job)
        return job

    def _hire(self, employer: Employer, first: int, last: int) -> Job:
        occupation, steps = self._terms(employer, (first, last))
        ongoing = last == self.setting.last_month and employer.closed_on is None
        return Job(employer, occupation, first, last, steps, ongoing=ongoing)

    def _terms(self, employer: Employer, span: tuple[int, int]) -> tuple[str, list[WageStep]]:
        rng, sector = self.rng, sector_of(employer.code)
        if sector == "HC":
            occupation, positions = _NURSING if int(employer.code[-1]) == CLINIC else _TEACHING
            return occupation, state_steps(rng, span, rng.choice(_STATE_STARTS), positions)
        work = self._choose_work(sector)
        multiple = rng.uniform(*work[2])
        return work[0], market_steps(rng, employer.wage_region, span, multiple, work[1])

    def _choose_work(self, sector: str) -> _Work:
        if sector == "TB":
            weights = (*_OFFICE_WEIGHTS[:-1], 0 if self.ordinary else _OFFICE_WEIGHTS[-1])
            return self.rng.choices(_OFFICE_WORK, weights)[0]
        return self.rng.choice(_COOPERATIVE_WORK if sector == "HX" else _FACTORY_WORK)

    def _grant_leaves(self, job: Job) -> None:
        """Leaves whose mother is insured long enough and stays in this job all through."""
        for leave in self._leaves:
            inside = job.first < leave.first_whole <= job.last
            whole = leave.months[-1] <= job.last or job.ongoing
            if inside and whole and self._paid_before(leave, job) >= MATERNITY_PAID_MONTHS:
                job.leaves.append(leave)

    def _paid_before(self, leave: Leave, job: Job) -> int:
        window = range(leave.first_whole - MATERNITY_WINDOW_MONTHS, leave.first_whole)
        return sum(
            any(j.first <= month <= (j.late_from or j.last + 1) - 1 for j in (*self.plan.jobs, job))
            for month in window
        )

    def fall_behind(self, job: Job, months: int) -> None:
        """The employer owes the last months of a job (never those near a maternity leave)."""
        start = job.last - months + 1
        if start > job.first and all(leave.months[-1] < start - 12 for leave in job.leaves):
            job.late_from = start

    def claim_unemployment(self, job: Job) -> Unemployed | None:
        """Benefit from the second month after a job; None if too little was paid."""
        if _unemployment_paid(job) < UNEMPLOYMENT_LEAST_MONTHS:
            return None
        before = self.plan.unemployed[-1] if self.plan.unemployed else None
        since, kept = (before.first, before.kept) if before else (0, 0)
        paid = kept + sum(_unemployment_paid(j) for j in self.plan.jobs if j.first >= since)
        months = unemployment_months(paid)
        first = job.last + 2
        if first > self.setting.last_month or first + months > self.pension_month:
            return None
        if self.who.died is not None and counted(self.who.died) <= first + months:
            return None
        claim = Unemployed(job, first, months, kept_months(paid, months))
        self.plan.unemployed.append(claim)
        return claim

    def withdraw(self, after: int) -> Withdrawal | None:
        """Settle every month up to `after`; decided a year later at the earliest."""
        months = self.unsettled_months(after)
        decided = first_day(after + 1 + WITHDRAWAL_AFTER) + timedelta(days=self.rng.randint(5, 25))
        if not 12 <= months < NO_BAR_TO_WITHDRAWAL_MONTHS or decided > self.setting.today:
            return None
        if self.who.died is not None and decided >= self.who.died:
            return None
        spans = self.plan.spans()
        first = min(span.first for span in spans if span.last > self._settled_to)
        self._settled_to = after
        withdrawal = Withdrawal(first, after, decided)
        self.plan.withdrawals.append(withdrawal)
        return withdrawal

    def unsettled_months(self, until: int) -> int:
        """Months of BHXH paid and not yet withdrawn, up to a month."""
        total = 0
        for span in self.plan.spans():
            last = span.last
            if isinstance(span, Job) and span.late_from is not None:
                last = span.late_from - 1
            if span.first > self._settled_to:
                total += max(0, min(last, until) - span.first + 1)
        return total

    def volunteer(self, first: int, last: int, income: int) -> None:
        """Voluntary BHXH in a stretch without a job."""
        first, last = max(first, FIRST_VOLUNTARY), min(last, self.end)
        if first <= last:
            self.plan.voluntary.append(Voluntary(first, last, income))

    def retire(self) -> bool:
        """Draw the pension from its first month, if old enough by now and insured long enough."""
        month = self.pension_month
        too_early = month > self.setting.last_month or month < 2015 * 12
        dead = self.who.died is not None and counted(self.who.died) <= month
        needed = least_months(month // 12 * 100 + month % 12 + 1)
        if too_early or dead or self.unsettled_months(month - 1) < needed:
            return False
        self.plan.pension_from = month
        return True

    def have_accident(self, job: Job) -> None:
        """An accident at work in the middle of a job, after the fund of its own began."""
        middle = max((job.first + job.last) // 2, 2016 * 12 + 6)
        in_leave = any(middle in (*leave.months, leave.first_whole) for leave in job.leaves)
        day = first_day(middle) + timedelta(days=self.rng.randint(1, 25))
        if job.first < middle <= job.last - 3 and not in_leave and day < self.setting.today:
            self.plan.accidents.append(Accident(job, day, self.rng.randint(5, 24)))


_DURATIONS = {"TA": (8, 84), "TB": (12, 120), "HX": (24, 160), "HC": (90, 400)}
_VOLUNTARY_INCOMES: Sequence[int] = (1_500_000, 2_000_000, 2_500_000, 3_000_000, 4_000_000)


def random_career(career: Career, sector: str, first: int, *, steady: bool) -> None:
    """Fill a life with jobs of a sector from a month on; steady ones hardly ever change."""
    rng, month = career.rng, max(first, FIRST_RECORDED)
    while month <= career.end:
        length = rng.randint(200, 420) if steady else rng.randint(*_DURATIONS[sector])
        job = career.work(sector, month, month + length - 1)
        if job is None or job.ongoing or job.last >= career.end:
            break
        month = job.last + 1 + _between_jobs(career, job, steady=steady)
    _mishaps(career)
    if not career.retire():
        _give_up(career)


def _between_jobs(career: Career, job: Job, *, steady: bool) -> int:
    """What happens after a job; the months until the next one."""
    rng = career.rng
    gap = 0 if steady else rng.choice((0, 0, 1, 2, 4, 7, 13, 20))
    if gap >= 4 and rng.random() < 0.6 and (claim := career.claim_unemployment(job)):
        gap = max(gap, claim.last - job.last + rng.randrange(3))
        _buy_cover(career, claim.last + 1, job.last + gap)
        return gap
    if gap >= 4:
        _buy_cover(career, job.last + 1, job.last + gap)
    if gap >= 13 and rng.random() < 0.35:
        career.withdraw(job.last)
    elif gap >= 13 and rng.random() < 0.25:
        career.volunteer(job.last + 4, job.last + gap, rng.choice(_VOLUNTARY_INCOMES))
    return gap


def _buy_cover(career: Career, first: int, last: int) -> None:
    if first <= last and career.rng.random() < 0.75:
        career.plan.household_cover.append((first, last))


def _mishaps(career: Career) -> None:
    """Late payment at the end of some jobs, now and then an accident at work."""
    jobs = career.plan.jobs
    if not jobs:
        return
    claimed = {id(claim.job) for claim in career.plan.unemployed}
    last = jobs[-1]
    if last.ongoing and id(last) not in claimed and career.rng.random() < 0.04:
        career.fall_behind(last, career.rng.randint(2, 5))
    if career.rng.random() < 0.01:
        career.have_accident(career.rng.choice(jobs))


def _give_up(career: Career) -> None:
    """Old enough for a pension without the years for it: many withdraw."""
    jobs = career.plan.jobs
    if not jobs or jobs[-1].ongoing:
        return
    last = max(span.last for span in career.plan.spans())
    if last >= career.pension_month - 14 and career.rng.random() < 0.6:
        career.withdraw(last)


def random_informal(career: Career, first: int) -> None:
    """Work without a contract: household cover from some year on, some pay voluntary BHXH."""
    rng = career.rng
    horizon = career.setting.horizon
    if rng.random() < 0.85:
        begin = max(first, rng.randint(2015, career.setting.today.year - 1) * 12)
        career.plan.household_cover.append((begin, horizon))
    if rng.random() < 0.25 and first <= career.end:
        begin = max(first, FIRST_VOLUNTARY, career.end - rng.randint(6, 130))
        career.volunteer(begin, career.end, rng.choice(_VOLUNTARY_INCOMES))
        career.retire()


def end_of_schooling(born: date) -> int:
    """September of the year in which a pupil turns eighteen."""
    return (born.year + 18) * 12 + 8
