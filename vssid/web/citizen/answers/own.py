"""What the asker's own record answers: read as on its own pages, for one line under a question."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.queries import SignedIn
from vssid.insurance import queries as insurance
from vssid.insurance import rules
from vssid.insurance.rules import CardStatus
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.support import queries as petitions
from vssid.support import rules as petition_rules
from vssid.support.models import OPEN, Petition, State
from vssid.web.citizen.record import figures, words
from vssid.web.citizen.record.overview import Answer, answers
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.display import duration

Read = Callable[[Reader, date], Sequence[Answer]]
_MOST_PETITIONS: Final = 3


def own_lines(request: CitizenRequest, record: str) -> Sequence[Answer]:
    """The lines of the asker's own record that answer a question of the bank.

    `record` is one of `answers.bank.RECORDS`. Empty when nobody is signed in, and until a first
    password was changed, as on their own pages.
    """
    citizen: SignedIn | None = getattr(request, "citizen", None)
    if not record or citizen is None or citizen.must_change_password:
        return []
    reader = Reader(citizen.access, citizen.full_name)
    return _READ[record](reader, vietnam_today(utc_now()))


def _of_home(icon: str) -> Read:
    """One of the answers that home gives, known by its icon."""

    def read(reader: Reader, today: date) -> Sequence[Answer]:
        found = answers(insurance.home(reader.access), today, reader)
        return [one for one in found if one[0] == icon]

    return read


def _card(reader: Reader, today: date) -> Sequence[Answer]:
    """As home says it, and what it means that a card names no last day."""
    home = insurance.home(reader.access)
    card = rules.card_to_go_by(home.cards, today)
    found = _of_home("id-card")(reader, today)
    is_valid = rules.card_status(card, today) is CardStatus.VALID
    if card is None or card.valid_to or home.died_on or not is_valid:
        return found
    text = _(
        "Từ ngày %(day)s. Thẻ không ghi ngày hết hạn: còn giá trị khi bảo hiểm y tế còn được đóng."
    ) % {"day": format_date(card.valid_from)}
    return [(icon, asked, state, text, tone, to) for icon, asked, state, _text, tone, to in found]


def _late(reader: Reader, today: date) -> Sequence[Answer]:
    """Months that an employer owes; without any, how far what was paid is known."""
    home, href = insurance.home(reader.access), reader.to("history", fund="bhxh")
    periods = rules.until_now(home.periods, today)
    question = _("Tháng BHXH đơn vị chậm đóng")
    months = rules.contribution_totals(periods, home.settled).late
    if months:
        last = max((one for one in periods if one.state == "late"), key=lambda one: one.to_month)
        text = _("Gần nhất: tháng %(month)s, %(employer)s") % {
            "month": str(Month.from_yyyymm(last.to_month)),
            "employer": last.employer_name,
        }
        return [("history", question, duration(months), text, "warn", href)]
    paid = rules.last_paid(periods)
    if paid is None:
        return [("history", question, _("Không có"), None, "none", href)]
    text = _("Đã ghi nhận đóng đến tháng %(month)s") % {"month": str(paid.month)}
    return [("history", question, _("Không có"), text, "info", href)]


def _facility(reader: Reader, today: date) -> Sequence[Answer]:
    home = insurance.home(reader.access)
    card, href = rules.card_to_go_by(home.cards, today), reader.to("card")
    question = _("Nơi đăng ký KCB ban đầu")
    if card is None:
        return [("hospital", question, str(words.CARD_STATES["none"]), None, "none", href)]
    status = "died" if home.died_on else rules.card_status(card, today)
    state = f"{_('Thẻ BHYT')}: {words.CARD_STATES[status]}"
    name = f"{card.facility_name} ({card.facility_code})"
    return [("hospital", question, name, state, words.CARD_TONES[status], href)]


def _salary(reader: Reader, today: date) -> Sequence[Answer]:
    history = insurance.contribution_history(reader.access, "bhxh")
    periods = [one for one in rules.until_now(history.periods, today) if one.state == "paid"]
    question, href = _("Mức lương đóng BHXH gần nhất"), reader.to("history", fund="bhxh")
    if not periods:
        return [("wallet", question, _("Chưa có"), None, "none", href)]
    last = max(periods, key=lambda one: (one.to_month, one.from_month))
    text = _("Tháng %(month)s, %(employer)s") % {
        "month": str(Month.from_yyyymm(last.to_month)),
        "employer": last.employer_name or _("Tự đóng"),
    }
    amount = figures.pay(last.salary, last.currency)
    return [("wallet", question, amount, text, "info", href)]


def _visit(reader: Reader, today: date) -> Sequence[Answer]:
    visits = insurance.medical_book(reader.access).visits
    question, href = _("Lần khám gần nhất"), reader.to("medical-book")
    if not visits:
        return [("book-heart", question, _("Chưa có"), None, "none", href)]
    last = visits[0]
    text = _("Ngày %(day)s, %(facility)s. BHYT trả %(insurance)s, bạn trả %(own)s.") % {
        "day": format_date(vietnam_today(last.entered_at)),
        "facility": last.facility_name,
        "insurance": format_dong(last.insurance_paid),
        "own": format_dong(last.co_paid + last.self_paid),
    }
    return [("book-heart", question, format_dong(last.total), text, "info", href)]


def _petitions(reader: Reader, today: date) -> Sequence[Answer]:
    found = petitions.of_person(reader.access)
    # The open ones first; of those that are closed only when there is no other.
    shown = list(found.filter(state__in=OPEN)[:_MOST_PETITIONS]) or list(found[:1])
    if not shown:
        question, to = _("Phản ánh của bạn"), reverse("citizen:petitions")
        return [("send", question, _("Chưa có"), None, "none", to)]
    return [_petition(one) for one in shown]


def _petition(one: Petition) -> Answer:
    code, state = petition_rules.display_code(one.code), State(one.state)
    text = petitions.title_of(one)
    if one.state in OPEN and state is not State.ANSWERED:
        due = _("Hẹn trả lời trước hết ngày %(day)s") % {"day": format_date(one.due_on)}
        text = f"{text}. {due}"
    href = reverse("citizen:petition", kwargs={"code": code})
    tone = "good" if state is State.ANSWERED else "info"
    return ("send", _("Phản ánh %(code)s") % {"code": code}, str(state.label), text, tone, href)


def _number(reader: Reader, today: date) -> Sequence[Answer]:
    number = reader.access.subject
    return [("contact", _("Mã số BHXH của bạn"), number, None, "info", reader.to("overview"))]


_READ: Final[Mapping[str, Read]] = {
    "card": _card,
    "time": _of_home("history"),
    "last": _of_home("calendar"),
    "late": _late,
    "facility": _facility,
    "salary": _salary,
    "visit": _visit,
    "petitions": _petitions,
    "number": _number,
}
