"""Turns an estimate's values into what its page shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.insurance.estimates.averages import Mean
from vssid.insurance.estimates.codes import Caveat, TableCode, Unit
from vssid.insurance.estimates.working import Figure, Ground, Named, Refusal, UsedTable, Working
from vssid.kernel.clock import format_date
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month, years_and_months
from vssid.web.citizen.estimates import sentences, words
from vssid.web.ui.display import duration

SURE = "H"


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal in words: what is missing, and the next step."""

    title: str
    text: str


def money(amount: int) -> str:
    """A sum as people read it; what is taken off bears a true minus."""
    return f"−{format_dong(-amount)}" if amount < 0 else format_dong(amount)


def _tenths(value: int) -> str:
    """455 → «45,5», 450 → «45», -20 → «−2»."""
    sign = "−" if value < 0 else ""
    whole, rest = divmod(abs(value), 10)
    return f"{sign}{whole},{rest}" if rest else f"{sign}{whole}"


def share(per_mille: int) -> str:
    """455 → «45,5 %»."""
    return f"{_tenths(per_mille)} %"


def months(number: int) -> str:
    """12 → «12 tháng», where the law counts months."""
    return ngettext("%(number)s tháng", "%(number)s tháng", number) % {"number": number}


def age(number: int) -> str:
    """688 months → «57 tuổi 4 tháng»."""
    years, rest = years_and_months(number)
    if rest:
        return _("%(years)s tuổi %(rest)s tháng") % {"years": years, "rest": rest}
    return _("%(years)s tuổi") % {"years": years}


def days(halves: int) -> str:
    """5 half-days → «2,5 ngày»."""
    number = _tenths(halves * 5)
    return ngettext("%(number)s ngày", "%(number)s ngày", max(1, halves // 2)) % {"number": number}


def _half_years(number: int) -> str:
    return _("%(years)s năm") % {"years": _tenths(number * 5)}


_SHOWN: Mapping[Unit, Callable[[int], str]] = {
    Unit.DONG: money,
    Unit.MONTHS: duration,
    Unit.MONTH_COUNT: months,
    Unit.AGE: age,
    Unit.DAYS: lambda number: days(2 * number),
    Unit.HALF_DAYS: days,
    Unit.HALF_YEARS: _half_years,
    Unit.PER_MILLE: share,
    Unit.COUNT: str,
    Unit.MONTH: lambda number: str(Month.from_yyyymm(number)),
    Unit.DAY: lambda number: format_date(date.fromordinal(number)),
}


def shown(figure: Figure) -> str:
    """A figure as people read it."""
    return _SHOWN[figure.unit](figure.value)


def _named(figures: Named) -> dict[str, str]:
    return {name: shown(figure) for name, figure in figures}


def steps(working: Working) -> list[tuple[str, str, str]]:
    """The rows of «Cách tính»: what, how, result."""
    rows = []
    for line in working.lines:
        what, how = words.LINES[line.code]
        known = _named(line.how)
        rows.append((str(what) % known, str(how) % known or "–", shown(line.result)))
    return rows


def sources(working: Working) -> list[tuple[str, str, str]]:
    """The rows of «Bảng áp dụng và căn cứ pháp lý»: what, where it stands, when it holds."""
    tables = [_table_row(table) for table in working.tables]
    return [*tables, *(_law_row(law) for law in working.laws)]


def _table_row(table: UsedTable) -> tuple[str, str, str]:
    is_by_birth = table.code is TableCode.RETIREMENT_AGES
    period = (_births if is_by_birth else _period)(table.valid_from, table.valid_to)
    return str(words.TABLES[table.code]), _source(table.source, table.confidence), period


def _law_row(law: Ground) -> tuple[str, str, str]:
    period = _period(law.valid_from, law.valid_to)
    return str(words.TOPICS[law.topic]), _source(str(law.article), law.confidence), period


def _source(source: str, confidence: str) -> str:
    """What is not settled beyond doubt is said to be so."""
    return source if confidence == SURE else _("%(source)s (cần đối chiếu)") % {"source": source}


def _births(first: date, last: date | None) -> str:
    if last is None:
        return _("Sinh từ %(day)s") % {"day": format_date(first)}
    days = {"first": format_date(first), "last": format_date(last)}
    return _("Sinh từ %(first)s đến %(last)s") % days


def _period(first: date, last: date | None) -> str:
    if last is None:
        return _("Từ %(day)s") % {"day": format_date(first)}
    return f"{format_date(first)} – {format_date(last)}"


def notes(*groups: Iterable[Caveat]) -> list[str]:
    """The reservations of an estimate and of how it was filled in, each once."""
    found = dict.fromkeys(caveat for group in groups for caveat in group)
    return [str(sentences.CAVEATS[caveat]) for caveat in found]


def refused(refusal: Refusal) -> Said:
    """A refusal in words."""
    title, text = sentences.REFUSALS[refusal.code]
    known = _named(refusal.details)
    return Said(str(title) % known, str(text) % known)


def refusal_sources(refusal: Refusal) -> list[tuple[str, str, str]]:
    """The tables and laws by which nothing is granted."""
    tables = [_table_row(table) for table in refusal.tables]
    return [*tables, *(_law_row(law) for law in refusal.laws)]


def mean_rows(mean: Mean) -> list[tuple[str, ...]]:
    """The years of a mean: months, their pay, the factor, what they count."""
    return [
        (
            str(row.year),
            str(row.months),
            format_dong(row.total),
            f"{row.times / row.per:.2f}".replace(".", ","),
            format_dong(row.adjusted),
        )
        for row in mean.rows
    ]
