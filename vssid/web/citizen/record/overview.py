"""What home answers at a glance, and who else can be looked at."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.passages import Member, Passage, PassageKind
from vssid.accounts.queries import SignedIn
from vssid.insurance import rules
from vssid.insurance.benefit_rules import ThisMonth, this_month
from vssid.insurance.records import Home, PaidSpan
from vssid.insurance.rules import CardStatus
from vssid.kernel.clock import format_date
from vssid.kernel.identifiers import mask_number
from vssid.kernel.money import format_dong
from vssid.kernel.months import Month
from vssid.people.visibility import Part
from vssid.web.citizen.record import words
from vssid.web.citizen.record.reader import Reader
from vssid.web.citizen.record.told import Told, unpaid
from vssid.web.ui.display import duration

# icon, question, answer, what else, tone, where to
Answer = tuple[str, str, str, str | None, str, str]
WORKING_AGE = 15
"""Below it nobody can be employed, so that no contribution is due (Bộ luật Lao động 2019 Đ.3)."""


def answers(home: Home, today: date, reader: Reader) -> list[Answer]:
    """Is my card valid; how long have I paid; which month was the last, and by whom.

    Who draws a monthly benefit is told first what it pays this month, and of the last month only
    when they still paid after it began. Of who died nothing is said to be valid or to come. Of
    somebody else's record only what the reader may see.
    """
    history = reader.to("history", fund="bhxh")
    periods = rules.until_now(home.periods, today)
    sees_history = reader.sees(Part.CONTRIBUTIONS)
    if home.died_on:
        found = [_unused_card(reader.to("card"))] if reader.sees(Part.CARD) else []
        return [*found, _time(home, periods, reader)] if sees_history else found
    found = []
    if reader.sees_all(Part.BENEFITS):
        found += [
            _pension(this_month(one, today), today, reader.to("benefits", kind="hang-thang"))
            for one in home.monthly
        ]
    if reader.sees(Part.CARD):
        found.append(_card(home, today, reader.to("card")))
    if not sees_history:
        return found
    if not periods and _is_child(home, today):
        return [*found, _not_due(history)]
    found.append(_time(home, periods, reader))
    # That the last month is left out would tell of a benefit that is not for the reader.
    if not reader.sees(Part.BENEFITS) or _last_matters(home, periods):
        found.append(_last(periods, history))
    return found


def notices(home: Home, today: date, reader: Reader) -> list[tuple[str, Told]]:
    """What home says above everything else: kind of notice, title and text."""
    if home.died_on:
        return [("info", _died(home.died_on))]
    if not reader.sees(Part.CONTRIBUTIONS):
        return []
    found = rules.unpaid_lately(rules.until_now(home.periods, today), today)
    return [("warn", unpaid(found, str(words.FUNDS["bhxh"])))] if found else []


def members(citizen: SignedIn, reader: Reader, home: Home) -> list[tuple[str, str, bool]]:
    """The signed-in person and whose records they read, to switch between; nobody else: empty."""
    others = reader.family or _family(home)
    if not others:
        return []
    return [
        (citizen.full_name, reverse("citizen:overview"), reader.other is None),
        *((one.full_name, _address(one), one.passage.id == reader.child) for one in others),
    ]


def _family(home: Home) -> tuple[Member, ...]:
    return (
        *(Member(Passage(PassageKind.CHILD, one.id), one.full_name) for one in home.family),
        *(Member(Passage(PassageKind.SHARE, one.id), one.full_name) for one in home.shared),
    )


def _address(member: Member) -> str:
    kind = member.passage.kind
    return reverse(f"citizen:{kind.value}-overview", kwargs={kind.value: member.passage.id})


def _card(home: Home, today: date, href: str) -> Answer:
    card = rules.card_to_go_by(home.cards, today)
    status = rules.card_status(card, today)
    text = _("Xem vì sao và cần làm gì")
    if card is not None:
        text = _("Từ ngày %(day)s") % {"day": format_date(card.valid_from)}
        if status is not CardStatus.NOT_YET and card.valid_to:
            text = _("Đến hết ngày %(day)s") % {"day": format_date(card.valid_to)}
    tone = words.CARD_TONES[status]
    return ("id-card", _("Thẻ BHYT"), str(words.CARD_STATES[status]), text, tone, href)


def _unused_card(href: str) -> Answer:
    state = str(words.CARD_STATES["died"])
    return ("id-card", _("Thẻ BHYT"), state, None, words.CARD_TONES["died"], href)


def _died(day: date) -> Told:
    return (
        _("Hồ sơ của người đã mất ngày %(day)s") % {"day": format_date(day)},
        _(
            "Xin chia buồn cùng gia đình. Thẻ BHYT và các khoản hằng tháng dừng từ đó. Thân nhân "
            "có thể hỏi về mai táng phí và trợ cấp tuất: gọi %(phone)s."
        )
        % {"phone": settings.VSSID_HOTLINE},
    )


def _is_child(home: Home, today: date) -> bool:
    born = home.identity.birth_date
    return (today.year - WORKING_AGE, today.month, today.day) < (born.year, born.month, born.day)


def _not_due(href: str) -> Answer:
    text = _("Chưa đến tuổi đi làm. Thẻ BHYT vẫn được dùng như trên.")
    return ("history", _("Tham gia BHXH"), _("Chưa phải đóng"), text, "none", href)


def _last_matters(home: Home, periods: Sequence[PaidSpan]) -> bool:
    """Everybody but who stopped paying when a monthly benefit began."""
    if not home.monthly:
        return True
    last, begins = rules.last_paid(periods), min(one.from_date for one in home.monthly)
    return last is not None and last.month >= Month.of(begins)


def _pension(found: ThisMonth, today: date, href: str) -> Answer:
    question = _("%(regime)s tháng %(month)s") % {
        "regime": found.regime,
        "month": str(found.month),
    }
    text = f"{_when(found, today)} {_where(found)}"
    return ("hand-coins", question, format_dong(found.amount), text, "good", href)


def _when(found: ThisMonth, today: date) -> str:
    """When this month's payment came, or is likely to come."""
    if not found.has_begun(today):
        return _("Bắt đầu từ ngày %(day)s.") % {"day": format_date(found.begins)}
    if found.paid_on and found.paid is not None:
        facts = {"day": format_date(found.paid_on), "amount": format_dong(found.paid)}
        if found.paid == found.amount:
            return _("Đã chi trả ngày %(day)s.") % facts
        return _("Đã chi trả %(amount)s ngày %(day)s.") % facts
    if found.usual_day:
        return _("Chưa ghi chi trả; tháng trước trả ngày %(day)s.") % {"day": found.usual_day}
    return _("Chưa ghi ngày chi trả.")


def _where(found: ThisMonth) -> str:
    """How it is paid, as far as it is known; the account masked."""
    account = mask_number(found.account_number)
    if found.account_number and found.bank:
        return _("Tài khoản %(account)s, %(bank)s.") % {"account": account, "bank": found.bank}
    if found.account_number:
        return _("Tài khoản %(account)s.") % {"account": account}
    return _("Chưa ghi tài khoản: nhận tại điểm chi trả, hoặc hỏi %(phone)s.") % {
        "phone": settings.VSSID_HOTLINE
    }


def _time(home: Home, periods: Sequence[PaidSpan], reader: Reader) -> Answer:
    href = reader.to("history", fund="bhxh")
    totals = rules.contribution_totals(periods, home.settled)
    question = _("Tổng thời gian tham gia BHXH")
    if totals.late:
        text = _("Chậm đóng: %(time)s") % {"time": duration(totals.late)}
        return ("history", question, duration(totals.paid), text, "warn", href)
    if totals.paid:
        return ("history", question, duration(totals.paid), None, "info", href)
    if totals.settled:
        text = _("%(time)s đã nhận BHXH một lần") % {"time": duration(totals.settled)}
        return ("history", question, duration(0), text, "none", href)
    way = _("Khi đi làm, đơn vị đóng cho bạn; hoặc bạn tự đóng tự nguyện.")
    own = way if reader.other is None else None
    return ("history", question, _("Chưa tham gia"), own, "none", href)


def _last(periods: Sequence[PaidSpan], href: str) -> Answer:
    last = rules.last_paid(periods)
    question = _("Tháng BHXH đóng gần nhất")
    if last is None:
        return ("calendar", question, _("Chưa có"), None, "none", href)
    text = last.employer_name or _("Tự đóng")
    return ("calendar", question, str(last.month), text, "info", href)
