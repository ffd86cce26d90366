"""One life as the checks read it: laid out month by month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vssid.insurance.invented.life import (
    Benefit,
    Card,
    ContributionPeriod,
    Employer,
    Family,
    PersonLife,
)
from vssid.insurance.invented.means import months_of
from vssid.insurance.invented.timeline import counted, leave_months

MATERNITY = "Thai sản"
_VIETNAM = timedelta(hours=7)

Months = dict[int, ContributionPeriod]


@dataclass(frozen=True, slots=True)
class Case:
    """A life in its family on a day; `months` holds the row of each counted month by fund."""

    life: PersonLife
    family: Family
    today: date
    months: dict[str, Months]
    employers: dict[str, Employer]

    @classmethod
    def of(cls, life: PersonLife, family: Family, today: date) -> "Case":
        """Lay out a life of a family."""
        funds = ("bhxh", "bhtn", "bhtnld-bnn", "bhyt")
        months = {fund: months_of(life.periods, fund) for fund in funds}
        return cls(life, family, today, months, {unit.code: unit for unit in family.employers})

    @property
    def last_month(self) -> int:
        """The last counted month that has been paid for: the one before today's."""
        return counted(self.today) - 1

    def benefits_of(self, regime: str) -> list[Benefit]:
        """The benefits of one regime, in order of time."""
        found = [row for row in self.life.benefits if row.regime == regime]
        return sorted(found, key=lambda row: row.from_date)

    def months_on_leave(self) -> set[int]:
        """The counted months that are maternity leave."""
        return {
            month
            for row in self.benefits_of(MATERNITY)
            if row.to_date is not None
            for month in leave_months(row.from_date, row.to_date)
        }

    def card_on(self, day: date) -> Card | None:
        """The card that is valid on a day."""
        for card in self.life.cards:
            if card.valid_from <= day and (card.valid_to is None or day <= card.valid_to):
                return card
        return None


def local_day(moment: datetime) -> date:
    """The day in Vietnam of a moment in UTC."""
    return (moment + _VIETNAM).date()
