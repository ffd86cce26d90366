"""Contribution periods of the four funds, written out from the plan of a life.

What goes together: a month at work is a month of BHXH and of BHYT, since 1/2009 of BHTN, and since
7/2016 of BHTNLĐ-BNN, which was a part of BHXH before and is not recorded apart. In the months of a
maternity leave the fund pays BHYT, BHXH counts, BHTN and BHTNLĐ-BNN rest. An employer who falls
behind still pays BHYT, so that cards stay valid; the other funds are late.
"""

from collections.abc import Iterable, Iterator
from random import Random

from vssid.insurance.invented.life import ContributionPeriod
from vssid.insurance.invented.numbers import row_id
from vssid.insurance.invented.plan import Job, Plan, Someone, Voluntary, WageStep
from vssid.insurance.invented.timeline import counted_from_stored, first_day, stored
from vssid.insurance.tables.base_wage import BASE_WAGE, contribution_ceiling
from vssid.insurance.tables.minimum_wages import minimum_wage_changes, unemployment_ceiling
from vssid.insurance.tables.rates import voluntary_floor

BHXH, BHTN, ACCIDENTS, BHYT = "bhxh", "bhtn", "bhtnld-bnn", "bhyt"

UNEMPLOYMENT_SINCE = 2009 * 12
ACCIDENTS_SINCE = 2016 * 12 + 6
ON_LEAVE = "Nghỉ thai sản"
_HEALTH_KINDS = {"GD": "household", "HS": "supported", "SV": "supported", "CN": "supported"}
PAID_COVER = frozenset(_HEALTH_KINDS)
"""Card groups whose holders pay for BHYT themselves, wholly or with the State's support."""


def pieces(first: int, last: int, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Split counted months before each cut that lies inside."""
    begin = first
    for cut in sorted(set(cuts)):
        if begin < cut <= last:
            yield begin, cut - 1
            begin = cut
    yield begin, last


def employment_periods(rng: Random, who: Someone, plan: Plan) -> list[ContributionPeriod]:
    """The periods of every job, fund by fund within a job."""
    rows: list[ContributionPeriod] = []
    for job in plan.jobs:
        for first, last in pieces(job.first, job.last, _cuts(job)):
            rows.extend(_piece_rows(rng, who, job, first, last))
    return rows


def _cuts(job: Job) -> list[int]:
    """Where a job's rows break: new wage, leave, unpaid months, ceilings for high wages."""
    cuts = [step.first for step in job.steps]
    for leave in job.leaves:
        cuts += [leave.months[0], leave.months[-1] + 1]
    if job.late_from is not None:
        cuts.append(job.late_from)
    if any(_above_ceiling(job, step) for step in job.steps):
        first, last = stored(job.first), stored(job.last)
        changes = BASE_WAGE.changes_after(first, last) + minimum_wage_changes(first, last)
        cuts += [counted_from_stored(month) for month in changes]
    return cuts


def _above_ceiling(job: Job, step: WageStep) -> bool:
    """Whether a wage is cut by a ceiling; ceilings only rise, so later months need no look."""
    month = stored(step.first)
    return step.wage > min(
        contribution_ceiling(month), unemployment_ceiling(job.employer.wage_region, month)
    )


def _piece_rows(
    rng: Random, who: Someone, job: Job, first: int, last: int
) -> Iterator[ContributionPeriod]:
    step = next(s for s in reversed(job.steps) if s.first <= first)
    on_leave = any(first in leave.months for leave in job.leaves)
    late = job.late_from is not None and first >= job.late_from
    funds = [(BHXH, first, late), (BHYT, first, False)]
    if not on_leave:
        funds += [
            (BHTN, max(first, UNEMPLOYMENT_SINCE), late),
            (ACCIDENTS, max(first, ACCIDENTS_SINCE), late),
        ]
    for fund, begin, is_late in funds:
        if begin > last:
            continue
        month = stored(begin)
        ceiling = contribution_ceiling(month)
        if fund == BHTN:
            ceiling = unemployment_ceiling(job.employer.wage_region, month)
        yield ContributionPeriod(
            who.number,
            row_id(rng, first_day(begin)),
            fund,
            "compulsory",
            "late" if is_late else "paid",
            month,
            stored(last),
            job.employer.code,
            job.employer.name,
            job.occupation,
            ON_LEAVE if on_leave else step.position,
            job.employer.address,
            "VND",
            min(step.wage, ceiling),
            step.wage,
            job.employer.wage_region,
        )


def voluntary_periods(rng: Random, who: Someone, plan: Plan) -> list[ContributionPeriod]:
    """The periods of voluntary BHXH; a chosen income rises with the floor of its months."""
    return [row for span in plan.voluntary for row in _voluntary_rows(rng, who, span)]


def _voluntary_rows(rng: Random, who: Someone, span: Voluntary) -> Iterator[ContributionPeriod]:
    floors = (201601, 202201, 202701)
    changes = BASE_WAGE.changes_after(stored(span.first), min(stored(span.last), 201512))
    cuts = [counted_from_stored(month) for month in (*floors, *changes)]
    for first, last in pieces(span.first, span.last, cuts):
        income = max(span.income, voluntary_floor(stored(first)))
        yield _own_period(
            rng, who, (BHXH, "voluntary", "Lao động tự do"), first, last, salary=income
        )


def cover_periods(
    rng: Random, who: Someone, runs: Iterable[tuple[int, int, str]], last_month: int
) -> list[ContributionPeriod]:
    """BHYT of household members, pupils, students and the near-poor, on the base wage.

    `runs` are (first, last, card group); months after `last_month` are not yet written.
    """
    rows = []
    for first, last, group in runs:
        end = min(last, last_month)
        if group not in PAID_COVER or end < first:
            continue
        changes = BASE_WAGE.changes_after(stored(first), stored(end))
        for begin, until in pieces(first, end, [counted_from_stored(m) for m in changes]):
            base = BASE_WAGE.in_month(stored(begin))
            label = (BHYT, _HEALTH_KINDS[group], "")
            rows.append(_own_period(rng, who, label, begin, until, salary=base))
    return rows


def _own_period(
    rng: Random, who: Someone, label: tuple[str, str, str], first: int, last: int, *, salary: int
) -> ContributionPeriod:
    fund, kind, occupation = label
    return ContributionPeriod(
        who.number,
        row_id(rng, first_day(first)),
        fund,
        kind,
        "paid",
        stored(first),
        stored(last),
        "",
        "",
        occupation,
        "",
        "",
        "VND",
        salary,
        salary,
        0,
    )
