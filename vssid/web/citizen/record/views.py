"""The record screens: each is one query and one template (guides I01-I07, C05)."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.accounts.queries import SignedIn
from vssid.accounts.rules import password_due_in
from vssid.insurance import queries, rules
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.months import Month
from vssid.reference.queries import address_text
from vssid.web.citizen.record import figures, words
from vssid.web.citizen.record.overview import answers, members
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

FIRST_YEAR = 1995


def overview(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Quản lý cá nhân»: who it is, the ways on, three answers."""
    home = queries.home(reader.access)
    now = utc_now()
    today = vietnam_today(now)
    return render(
        request,
        "citizen/record/overview.html",
        Page(title=_("Quản lý cá nhân"), tab="manage"),
        reader=reader,
        identity=home.identity,
        # How the owner is reached stands in the account; it may be newer than the registry's.
        phone=request.citizen.phone if reader.child is None else home.identity.phone,
        address=_address(request.citizen) if reader.child is None else home.identity.address,
        born=figures.birth(home.identity),
        id_label=words.ID_KINDS[home.identity.id_kind],
        members=members(request.citizen, reader, home, today),
        answers=answers(home, today, reader),
        password_due_in=password_due_in(request.citizen.password_set_at, now),
    )


def _address(citizen: SignedIn) -> str:
    era, province, district, commune, street = citizen.address
    return address_text(era, province, district, commune, street, get_language() or "vi")


def card(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Thẻ BHYT»: the card's details."""
    book, today = queries.cards(reader.access), vietnam_today(utc_now())
    chosen = rules.card_to_go_by(book.cards, today)
    return render(
        request,
        "citizen/record/card.html",
        _page(_("Thẻ BHYT"), reader),
        reader=reader,
        holder=book.holder,
        born=figures.birth(book.holder),
        card=chosen,
        others=[one for one in book.cards if one is not chosen],
        validity=rules.card_status(chosen, today),
        words=words,
    )


def card_full(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Xem thẻ Bảo hiểm y tế»: the card alone on the screen; without one, back to the details."""
    book = queries.cards(reader.access)
    chosen = rules.card_to_go_by(book.cards, vietnam_today(utc_now()))
    if chosen is None:
        return HttpResponseRedirect(reader.to("card"))
    return render(
        request,
        "citizen/record/card_full.html",
        Page(title=_("Thẻ Bảo hiểm y tế"), tab="manage"),
        face=figures.card_face(book.holder, chosen),
        qr=figures.card_code(book.holder, chosen),
        back_lines=words.CARD_BACK,
        close_href=reader.to("card"),
        made_at=utc_now(),
    )


def first_fund(_request: CitizenRequest, reader: Reader) -> HttpResponse:
    """The history opens on the first fund, in the order of the tabs, that has a period."""
    found = queries.funds_with_periods(reader.access)
    fund = next((fund for fund in words.FUNDS if fund in found), "bhxh")
    return HttpResponseRedirect(reader.to("history", fund=fund))


def history(request: CitizenRequest, reader: Reader, fund: str) -> HttpResponse:
    """«Quá trình tham gia» of one fund."""
    if fund not in words.FUNDS:
        raise Http404
    found = queries.contribution_history(reader.access, fund)
    return render(
        request,
        "citizen/record/history.html",
        _page(_("Quá trình tham gia"), reader),
        reader=reader,
        fund=fund,
        links=[
            (label, reader.to("history", fund=key), key == fund)
            for key, label in words.FUNDS.items()
        ],
        periods=found.periods,
        totals=rules.contribution_totals(found.periods, found.settled),
        strip=figures.strip(rules.year_strips(found.periods), found.periods),
        pay_line=figures.pay_line(found.periods),
        kinds=words.spoken(words.CONTRIBUTION_KINDS),
        payers={**dict.fromkeys(words.CONTRIBUTION_KINDS, ""), **words.spoken(words.PAYERS)},
        grounds=words.spoken(words.GROUNDS),
        states=words.spoken(words.STATES),
        words=words,
    )


def first_benefit(_request: CitizenRequest, reader: Reader) -> HttpResponse:
    """The benefits open on the first kind of the guides' list that was granted."""
    found = queries.kinds_with_benefits(reader.access)
    kind = next((kind for kind in words.BENEFITS if kind in found), "mot-lan")
    return HttpResponseRedirect(reader.to("benefits", kind=kind))


def benefits(request: CitizenRequest, reader: Reader, kind: str) -> HttpResponse:
    """«Thông tin hưởng» of one kind."""
    if kind not in words.BENEFITS:
        raise Http404
    found = queries.benefits(reader.access, kind)
    month = Month.of(vietnam_today(utc_now()))
    return render(
        request,
        "citizen/record/benefits.html",
        _page(_("Thông tin hưởng"), reader),
        reader=reader,
        kind=kind,
        links=[
            (label, reader.to("benefits", kind=key), key == kind)
            for key, label in words.BENEFITS.items()
        ],
        benefits=[(one, figures.amount_line(one, month)) for one in found],
        by_year=rules.received_by_year(found),
        monthly_amount=rules.monthly_amount,
        entry_items=figures.entry_items,
        words=words,
    )


def medical_book(request: CitizenRequest, reader: Reader, year: int | None = None) -> HttpResponse:
    """«Sổ khám chữa bệnh» of one year; without a year, of the latest that has a visit."""
    this_year = vietnam_today(utc_now()).year
    if year is not None and not FIRST_YEAR <= year <= this_year:
        raise Http404
    book = queries.medical_book(reader.access, year)
    return render(
        request,
        "citizen/record/medical_book.html",
        _page(_("Sổ khám chữa bệnh"), reader, wide=True),
        reader=reader,
        book=book,
        links=[
            (str(one), reader.to("medical-book-year", year=one), one == book.year)
            for one in sorted({*book.years, book.year, this_year}, reverse=True)
        ],
        parts=[(visit, figures.share_parts(rules.shares_of([visit]))) for visit in book.visits],
        whole=rules.shares_of(book.visits),
        whole_parts=figures.share_parts(rules.shares_of(book.visits)),
        papers=figures.paper_rows(book.visits),
        cost_rows=figures.cost_rows,
        words=words,
    )


def _page(title: str, reader: Reader, *, wide: bool = False) -> Page:
    return Page(title=title, tab="manage", back=reader.to("overview"), wide=wide)
