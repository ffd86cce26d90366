"""What a card pays on a day and by which law, and why there is none (domain §1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vssid.insurance import rules
from vssid.insurance.records import CardBook, CardDetails, PaidSpan
from vssid.insurance.rules import CardStatus
from vssid.insurance.tables import cards as tables
from vssid.kernel.months import Month

EMPLOYED_GROUPS = frozenset({"DN", "HX", "CH", "NN", "TK", "HC", "XK"})
"""The groups whose card lasts as long as the job (QĐ 1351/QĐ-BHXH, nhóm 1)."""
_ALL = 100


@dataclass(frozen=True, slots=True)
class Cover:
    """What a card pays of a visit on a day.

    `printed` is the digit on the card; `level` the one that counts, since `changed_on` by `law`
    where the group's level changed after the card began. `by_laws` says how much a level pays.
    A visit below `small_bill` đồng is paid in full, and so are the rest of the year's visits once
    `co_payments` đồng were co-paid, five years on end having been reached (`has_five_years`).
    """

    printed: int
    level: int
    percent: int
    changed_on: date | None
    law: str
    by_laws: str
    small_bill: int
    co_payments: int
    has_five_years: bool

    @property
    def is_whole(self) -> bool:
        """Whether everything within the scope is paid anyway."""
        return self.percent == _ALL


def cover(card: CardDetails, on: date) -> Cover:
    """What the card pays on a day since 1/1/2015."""
    change = tables.level_change(card.group_code, card.benefit_level, card.valid_from, on)
    level = change.value if change else card.benefit_level
    return Cover(
        printed=card.benefit_level,
        level=level,
        percent=tables.LEVEL_PERCENT[level],
        changed_on=change.valid_from if change else None,
        law=change.source if change else "",
        by_laws=tables.LEVEL_LAWS.on(on),
        small_bill=tables.small_bill_limit(on),
        co_payments=tables.co_payment_limit(on),
        has_five_years=card.five_year_date is not None and card.five_year_date <= on,
    )


def has_died(book: CardBook, on: date) -> bool:
    """Whether the holder's death stands in the record: from that day on no card is of use."""
    return book.died_on is not None and book.died_on <= on


def card_of_use(book: CardBook, on: date) -> CardDetails | None:
    """The card to show and to sign; None without one, and for who has died."""
    return None if has_died(book, on) else rules.card_to_go_by(book.cards, on)


class NoCard(StrEnum):
    """Why no card is valid."""

    DIED = "died"
    COMING = "coming"
    OWED = "owed"
    JOB_ENDED = "job-ended"
    ENDED = "ended"
    NOT_ISSUED = "not-issued"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class WithoutCard:
    """Why no card is valid: since or from which day, the last month of the job and its employer.

    `group`: of the last card, empty without one.
    """

    why: NoCard
    day: date | None = None
    month: Month | None = None
    employer_name: str = ""
    group: str = ""


def without_card(book: CardBook, on: date) -> WithoutCard | None:
    """Why no card is valid on a day, as far as the record tells; None while one is."""
    chosen = rules.card_to_go_by(book.cards, on)
    status = rules.card_status(chosen, on)
    if has_died(book, on):
        return WithoutCard(NoCard.DIED, day=book.died_on)
    if status is CardStatus.VALID:
        return None
    if chosen is not None and status is CardStatus.NOT_YET:
        return WithoutCard(NoCard.COMING, day=chosen.valid_from, group=chosen.group_code)
    return _ended(chosen, book.last_job, on)


def _ended(last: CardDetails | None, job: PaidSpan | None, on: date) -> WithoutCard:
    """The last card is over, or there never was one."""
    day, group = (last.valid_to, last.group_code) if last else (None, "")
    if job is None or (last and group not in EMPLOYED_GROUPS):
        return WithoutCard(NoCard.ENDED if last else NoCard.NEVER, day=day, group=group)
    why = NoCard.ENDED if last else NoCard.NOT_ISSUED
    # The record of last month may not be in yet.
    if job.to_month < (Month.of(on) - 2).yyyymm:
        why = NoCard.JOB_ENDED
    elif job.state == "late":
        why = NoCard.OWED
    return WithoutCard(
        why,
        day=day,
        month=Month.from_yyyymm(job.to_month),
        employer_name=job.employer_name,
        group=group,
    )
