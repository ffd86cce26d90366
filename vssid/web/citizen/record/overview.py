"""What home answers at a glance, and who else can be looked at."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.queries import SignedIn
from vssid.insurance import rules
from vssid.insurance.records import Home
from vssid.insurance.rules import CardStatus
from vssid.kernel.clock import format_date
from vssid.people.models import Guardianship
from vssid.people.queries import children_of
from vssid.web.citizen.record import words
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.display import duration

# icon, question, answer, what else, tone, where to
Answer = tuple[str, str, str, str | None, str, str]


def answers(home: Home, today: date, reader: Reader) -> list[Answer]:
    """Is my card valid; how long have I paid; which month was the last, and by whom."""
    return [
        _card(home, today, reader.to("card")),
        _time(home, reader.to("history", fund="bhxh")),
        _last(home, reader.to("history", fund="bhxh")),
    ]


def members(
    citizen: SignedIn, reader: Reader, home: Home, today: date
) -> list[tuple[str, str, bool]]:
    """The signed-in person and whom they act for, to switch between; nobody to switch to: empty."""
    if reader.child is None:
        children = [(child.id, child.full_name) for child in home.family]
    else:
        found: list[Guardianship] = list(children_of(citizen.number, today))
        children = [(child.id, child.child_name) for child in found]
    if not children:
        return []
    own = (citizen.full_name, reverse("citizen:overview"), reader.child is None)
    return [
        own,
        *(
            (name, reverse("citizen:child-overview", kwargs={"child": id_}), id_ == reader.child)
            for id_, name in children
        ),
    ]


def _card(home: Home, today: date, href: str) -> Answer:
    card = rules.card_to_go_by(home.cards, today)
    status = rules.card_status(card, today)
    text = None
    if card is not None:
        text = _("Từ ngày %(day)s") % {"day": format_date(card.valid_from)}
        if status is not CardStatus.NOT_YET and card.valid_to:
            text = _("Đến hết ngày %(day)s") % {"day": format_date(card.valid_to)}
    tone = words.CARD_TONES[status]
    return ("id-card", _("Thẻ BHYT"), str(words.CARD_STATES[status]), text, tone, href)


def _time(home: Home, href: str) -> Answer:
    totals = rules.contribution_totals(home.periods, home.settled)
    question = _("Tổng thời gian tham gia BHXH")
    if not (totals.paid or totals.late):
        return ("history", question, _("Chưa tham gia"), None, "none", href)
    text = None
    if totals.late:
        text = _("Chậm đóng: %(time)s") % {"time": duration(totals.late)}
    tone = "warn" if totals.late else "info"
    return ("history", question, duration(totals.paid), text, tone, href)


def _last(home: Home, href: str) -> Answer:
    last = rules.last_paid(home.periods)
    question = _("Tháng BHXH đóng gần nhất")
    if last is None:
        return ("calendar", question, _("Chưa có"), None, "none", href)
    text = last.employer_name or _("Tự đóng")
    return ("calendar", question, str(last.month), text, "info", href)
