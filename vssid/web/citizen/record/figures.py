"""Turns values of the record into what the drawings of `web.ui` take."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup

from vssid.documents.qr import qr_svg
from vssid.insurance import benefit_rules, card_qr, rules
from vssid.insurance.records import (
    BenefitDetails,
    BenefitEntryDetails,
    CardDetails,
    CardHolder,
    CostLine,
    Identity,
    Period,
    VisitDetails,
)
from vssid.insurance.rules import MonthState, Shares
from vssid.kernel.clock import format_date
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.web.citizen.record import words
from vssid.web.ui.charts import BOTTOM, SalaryChart, SalaryPoint, StripLink, StripYear, salary_chart
from vssid.web.ui.display import duration, month

Part = tuple[str, int, str, str]

PAYMENTS_SHOWN = 12
_ALONG_THE_GROUND = re.compile(rf"V{BOTTOM}H([\d.]+)V([\d.]+)")


@dataclass(frozen=True, slots=True)
class CardFace:
    """The texts on our drawing of the card (QĐ 1666/QĐ-BHXH); None draws a dash."""

    code: str
    full_name: str
    born: str
    sex: str
    level: str
    area_code: str | None
    facility: str
    valid_from: str
    valid_to: str | None
    five_years_from: str | None
    issuer: str | None = None


def card_face(holder: CardHolder, card: CardDetails) -> CardFace:
    """What stands on the card."""
    return CardFace(
        code=holder.number,
        full_name=holder.full_name,
        born=birth(holder),
        sex=str(words.SEXES[holder.sex]),
        level=str(card.benefit_level),
        area_code=card.living_area or None,
        facility=card.facility_name,
        valid_from=format_date(card.valid_from),
        valid_to=format_date(card.valid_to) if card.valid_to else None,
        five_years_from=format_date(card.five_year_date) if card.five_year_date else None,
    )


def card_code(holder: CardHolder, card: CardDetails) -> Markup:
    """The card's QR in the public layout, with our own marker."""
    text = card_qr.encode(
        card_qr.CardQr(
            number=card.card_number,
            full_name=holder.full_name,
            born=holder.birth_date
            if holder.birth_date_precision == "day"
            else holder.birth_date.year,
            sex=holder.sex,
            address=holder.address,
            facility_code=card.facility_code,
            valid_from=card.valid_from,
            valid_to=card.valid_to,
            issued_on=card.issued_on,
            managed_by=f"{card.issuing_province}00{holder.number}",
            guardian_name="",
            living_area=card.living_area,
            five_year_date=card.five_year_date,
        )
    )
    return _drawn(text)


@lru_cache(maxsize=256)
def _drawn(text: str) -> Markup:
    """Kept a while: who shows a card shows it again, and the phone fetches it anew to keep it."""
    return Markup(qr_svg(text))  # noqa: S704 - drawn here, holds no text


def birth(person: CardHolder | Identity) -> str:
    """A birth date as it is known: the day, or only the year."""
    if person.birth_date_precision == "day":
        return format_date(person.birth_date)
    return str(person.birth_date.year)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as it is listed: its months in words, the time that counts, how many rows say it."""

    period: Period
    months: str
    time: str
    copies: int


def period_rows(found: Sequence[Period], today: date) -> list[PeriodRow]:
    """The periods, each once, newest first."""
    return [
        PeriodRow(
            one,
            _period_months(one, today),
            duration(len(counted.counted)),
            copies,
        )
        for one, copies in rules.without_copies(found)
        for counted in rules.until_now([one], today)
    ]


def _period_months(period: Period, today: date) -> str:
    first, last = month(period.from_month), month(period.to_month)
    if period.from_month > Month.of(today).yyyymm:
        return _("Từ %(first)s") % {"first": first}
    if rules.is_running(period, today):
        return _("%(first)s – nay") % {"first": first}
    return first if first == last else f"{first} – {last}"


def pay(amount: int, currency: str) -> str:
    """A month's pay; of none on record it says so."""
    if not amount:
        return _("Không ghi mức lương")
    if currency == "VND":
        return format_dong(amount)
    return format_dong(amount).replace("đ", currency)


def strip(periods: Sequence[Period]) -> list[StripYear]:
    """The years of the month strip; each month leads to its period in the list below."""
    language, links = get_language(), _strip_links(periods)
    return [
        StripYear(
            year=one.year,
            months=tuple(state.value for state in one.months),
            text=_year_text(
                language,
                one.count(MonthState.PAID),
                one.count(MonthState.LATE),
                one.count(MonthState.MISSING),
            ),
            links=tuple(links.get(one.year, ())),
        )
        for one in rules.year_strips(periods)
    ]


def _strip_links(periods: Sequence[Period]) -> dict[int, list[StripLink]]:
    """Months on end of one period in one year are one link: fewer to step through by keyboard."""
    states = words.spoken(words.STATES)
    owners = sorted(rules.month_owners(periods).items())
    found: dict[int, list[StripLink]] = {}
    # A period has no gaps: where its run breaks off, another period tells of the month.
    for (year, index), run in groupby(owners, lambda one: (one[0] // 12, one[1])):
        months = [month for month, _owner in run]
        first, last = months[0] % 12 + 1, months[-1] % 12 + 1
        span = f"{first:02d}/{year}" if first == last else f"{first:02d}–{last:02d}/{year}"
        found.setdefault(year, []).append(
            StripLink(
                first=first - 1,
                count=len(months),
                href=f"#giai-doan-{index + 1}",
                text=f"{span}, {states[periods[index].state]}",
            )
        )
    return found


def pay_line(periods: Sequence[Period]) -> tuple[str, SalaryChart] | None:
    """The pay that contributions were counted on, over time, under its title; None without any."""
    steps = rules.salary_steps(periods)
    last = Month.from_yyyymm(max((p.to_month for p in periods if p.salary), default=101))
    points = [
        _point(month, amount)
        if amount is not None
        else SalaryPoint(month.year, month.month, 0, _("Không đóng theo lương hoặc thu nhập"))
        for month, amount in steps
    ]
    chart = salary_chart(points, (last.year, last.month))
    return (_pay_title(periods), _with_gaps(chart)) if chart else None


def _pay_title(periods: Iterable[Period]) -> str:
    kinds = rules.PAY_KINDS & {period.kind for period in periods}
    if kinds == {"voluntary"}:
        return _("Thu nhập chọn làm căn cứ đóng, mỗi tháng")
    if "voluntary" in kinds:
        return _("Tiền lương, thu nhập làm căn cứ đóng mỗi tháng")
    return _("Tiền lương đóng mỗi tháng")


def _with_gaps(chart: SalaryChart) -> SalaryChart:
    """The chart with its line lifted wherever it would run along the ground."""
    line = _ALONG_THE_GROUND.sub(r"M\1 \2", chart.line)
    areas = []
    for run in line[1:].split("M"):
        start = run[: run.index(" ")]
        areas.append(f"M{run}V{BOTTOM}H{start}Z")
    return replace(chart, line=line, area="".join(areas))


def amount_line(benefit: BenefitDetails, today: Month) -> SalaryChart | None:
    """A monthly benefit over time; None while it never changed."""
    steps = rules.amount_steps(benefit)
    points = [_point(Month.of(day), amount) for day, amount in steps]
    return salary_chart(points, (today.year, today.month)) if len(points) > 1 else None


def share_parts(shares: Shares, *, is_own: bool) -> list[Part]:
    """Who paid, for the stacked bar; what nobody paid from another source is left out."""
    co_paid = _("Bạn cùng chi trả") if is_own else _("Cùng chi trả")
    self_paid = _("Bạn tự trả") if is_own else _("Tự trả")
    parts = [
        (_("BHYT trả"), shares.insurance_paid, "good"),
        (co_paid, shares.co_paid, "primary"),
        (self_paid, shares.self_paid, "warn"),
    ]
    if shares.other_source:
        parts.append((_("Nguồn khác"), shares.other_source, "muted"))
    return [(label, amount, format_dong(amount), tone) for label, amount, tone in parts]


def cost_rows(visit: VisitDetails) -> list[tuple[str, ...]]:
    """The lines of a visit's bill; the last column only where another source paid something."""
    wanted = 8 if visit.other_source else 7
    return [_cost_row(cost)[:wanted] for cost in visit.costs]


def _cost_row(cost: CostLine) -> tuple[str, ...]:
    return (
        f"{cost.name} ({cost.code})",
        f"{_quantity(cost.quantity)} {cost.unit} × {format_dong(cost.unit_price)}",
        f"{cost.benefit_rate} %",
        format_dong(cost.amount),
        format_dong(cost.insurance_paid),
        format_dong(cost.co_paid),
        format_dong(cost.self_paid),
        format_dong(cost.other_source),
    )


def paper_rows(visits: Iterable[VisitDetails]) -> list[tuple[str, ...]]:
    """The papers of all visits as the table shows them."""
    return [
        (paper.serial, paper.kind, format_date(paper.issued_on), paper.state)
        for visit in visits
        for paper in visit.papers
    ]


Item = tuple[str, str, str, str]


def entry_items(entries: Iterable[BenefitEntryDetails]) -> list[Item]:
    """Adjustments and payments as the timeline shows them."""
    return [
        (
            format_date(entry.from_date),
            f"{words.ENTRY_KINDS[entry.kind]}: {format_dong(entry.amount)}",
            entry.note,
            "info" if entry.kind == "adjustment" else "good",
        )
        for entry in entries
    ]


def payment_items(benefit: BenefitDetails) -> tuple[list[Item], list[tuple[str, str]]]:
    """The payments of a year one by one, then those before it summed up year by year."""
    paid = benefit_rules.payments_of(benefit)
    sums = [
        (
            _("Năm %(year)s") % {"year": year},
            ngettext("%(amount)s (%(n)s lần)", "%(amount)s (%(n)s lần)", count)
            % {"amount": format_dong(total), "n": count},
        )
        for year, count, total in benefit_rules.paid_by_year(paid[PAYMENTS_SHOWN:])
    ]
    return entry_items(paid[:PAYMENTS_SHOWN]), sums


def _quantity(value: Decimal) -> str:
    """2 for 2.00 and 1,5 for 1.50."""
    return f"{value.normalize():f}".replace(".", ",")


def _point(month: Month, amount: int) -> SalaryPoint:
    return SalaryPoint(month.year, month.month, amount, format_dong(amount))


@lru_cache(maxsize=1024)
def _year_text(_language: str | None, paid: int, late: int, missing: int) -> str:
    """A year in words; kept, because a working life says the same thing thirty times."""
    texts = []
    if paid:
        texts.append(ngettext("%(n)s tháng đã đóng", "%(n)s tháng đã đóng", paid) % {"n": paid})
    if late:
        texts.append(ngettext("%(n)s tháng chậm đóng", "%(n)s tháng chậm đóng", late) % {"n": late})
    if missing:
        texts.append(
            ngettext("%(n)s tháng chưa thấy đóng", "%(n)s tháng chưa thấy đóng", missing)
            % {"n": missing}
        )
    return ", ".join(texts) or _("Không tham gia")
