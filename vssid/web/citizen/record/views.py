"""The record screens: each is one query and one template (guides I01-I05, I07, C05)."""

from datetime import date

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.accounts.queries import SignedIn
from vssid.accounts.rules import password_due_in
from vssid.insurance import benefit_rules, card_rules, queries, rules
from vssid.insurance.benefit_rules import running
from vssid.insurance.discretion import benefits_as, contributions_as, identity_as
from vssid.insurance.records import BenefitDetails
from vssid.insurance.rules import CardStatus
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.months import Month
from vssid.people.visibility import Part
from vssid.reference.queries import address_text
from vssid.web.citizen.record import figures, withheld, words
from vssid.web.citizen.record.overview import answers, members, notices
from vssid.web.citizen.record.reader import Reader
from vssid.web.citizen.record.told import unpaid, why_no_card
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.pages import render


def overview(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Quản lý cá nhân»: who it is, the ways on, three answers."""
    home = queries.home(reader.access)
    identity = identity_as(home.identity, reader.sights[Part.PERSONAL])
    now = utc_now()
    today = vietnam_today(now)
    return render(
        request,
        "citizen/record/overview.html",
        reader.page(_("Quản lý cá nhân"), is_home=True),
        reader=reader,
        identity=identity,
        # How the owner is reached stands in the account; it may be newer than the registry's.
        phone=request.citizen.phone if reader.child is None else identity.phone,
        address=_address(request.citizen) if reader.child is None else identity.address,
        notes=withheld.notes(reader.other, Part.PERSONAL),
        born=figures.birth(home.identity),
        id_label=words.ID_KINDS[home.identity.id_kind],
        members=members(request.citizen, reader, home),
        answers=answers(home, today, reader),
        notices=notices(home, today, reader),
        password_due_in=password_due_in(request.citizen.password_set_at, now),
    )


def _address(citizen: SignedIn) -> str:
    era, province, district, commune, street = citizen.address
    return address_text(era, province, district, commune, street, get_language() or "vi")


def card(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Thẻ BHYT»: the card's details, what it pays today, every card there was; or why none."""
    book, today = queries.cards(reader.access), vietnam_today(utc_now())
    chosen = rules.card_to_go_by(book.cards, today)
    missing = card_rules.without_card(book, today)
    status = rules.card_status(chosen, today)
    is_of_use = status in {CardStatus.VALID, CardStatus.NOT_YET} and not book.died_on
    paid_on = max(today, chosen.valid_from) if chosen else today
    together = rules.valid_cards(book.cards, today)
    return render(
        request,
        "citizen/record/card.html",
        reader.page(_("Thẻ BHYT")),
        reader=reader,
        holder=book.holder,
        born=figures.birth(book.holder),
        card=chosen,
        cards=[(one, rules.card_status(one, today)) for one in book.cards],
        together=together,
        is_better=len({rules.level_on(one, today) for one in together[:2]}) > 1,
        validity="died" if book.died_on else status,
        cover=card_rules.cover(chosen, paid_on) if chosen and is_of_use else None,
        paid_on=paid_on,
        missing=why_no_card(missing) if missing else None,
        words=words,
    )


def card_full(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """«Xem thẻ Bảo hiểm y tế»: the card alone on the screen; without one, back to the details."""
    book = queries.cards(reader.access)
    chosen = card_rules.card_of_use(book, vietnam_today(utc_now()))
    if chosen is None:
        return HttpResponseRedirect(reader.to("card"))
    return render(
        request,
        "citizen/record/card_full.html",
        reader.page(_("Thẻ Bảo hiểm y tế")),
        reader=reader,
        face=figures.card_face(book.holder, chosen),
        qr=figures.card_code(book.holder, chosen),
        back_lines=words.CARD_BACK,
        close_href=reader.to("card"),
        pass_href=reader.to("card-pass") if reader.may_act else None,
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
    found = contributions_as(
        queries.contribution_history(reader.access, fund), reader.sights[Part.CONTRIBUTIONS]
    )
    today = vietnam_today(utc_now())
    rows = figures.period_rows(found.periods, today)
    counted = rules.until_now([row.period for row in rows], today)
    owed = rules.unpaid_lately(counted, today)
    return render(
        request,
        "citizen/record/history.html",
        reader.page(_("Quá trình tham gia")),
        reader=reader,
        notes=withheld.notes(reader.other, Part.CONTRIBUTIONS),
        fund=fund,
        links=[
            (label, reader.to("history", fund=key), key == fund)
            for key, label in words.FUNDS.items()
        ],
        periods=rows,
        pay=figures.pay,
        totals=rules.contribution_totals(counted, found.settled),
        overlaps=rules.has_overlaps(counted),
        unpaid=unpaid(owed, str(words.FUNDS[fund])) if owed else None,
        strip=figures.strip(counted),
        pay_line=figures.pay_line(counted) if reader.sees_all(Part.CONTRIBUTIONS) else None,
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
    today = vietnam_today(utc_now())
    everything, kept = _found(reader, kind, today)
    found = benefits_as(everything, reader.sights[Part.BENEFITS])
    shows_money = reader.sees_all(Part.BENEFITS)
    month = Month.of(today)
    return render(
        request,
        "citizen/record/benefits.html",
        reader.page(_("Thông tin hưởng")),
        reader=reader,
        notes=withheld.notes(reader.other, Part.BENEFITS),
        shows_money=shows_money,
        kind=kind,
        links=[
            (label, reader.to("benefits", kind=key), key == kind)
            for key, label in words.BENEFITS.items()
        ],
        benefits=[(one, figures.amount_line(one, month) if shows_money else None) for one in found],
        by_year=rules.received_by_year(found),
        monthly=[(one.regime, rules.monthly_amount(one, month)) for one in running(found, today)],
        amount_of=lambda one: rules.monthly_amount(one, month),
        drawn_of=lambda one: benefit_rules.months_drawn(one, today),
        adjustments=lambda one: figures.entry_items(benefit_rules.adjustments_of(one)),
        payments=figures.payment_items,
        kept=kept,
        knows_kept=reader.sees(Part.CONTRIBUTIONS) and shows_money,
        words=words,
    )


def _found(reader: Reader, kind: str, today: date) -> tuple[tuple[BenefitDetails, ...], int | None]:
    """The benefits of a kind, and of «bhtn» the months paid that none has used up."""
    # The months are those of the contributions, and what is left tells of the benefit: not for
    # whom the one is not at all, or the other not whole.
    sees_kept = reader.sees(Part.CONTRIBUTIONS) and reader.sees_all(Part.BENEFITS)
    if kind != "bhtn" or not sees_kept:
        return queries.benefits(reader.access, kind), None
    book = queries.unemployment(reader.access)
    periods = rules.until_now(book.periods, today)
    return book.benefits, benefit_rules.months_kept(periods, book.benefits, today)
