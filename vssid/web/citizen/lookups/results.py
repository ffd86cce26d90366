"""An entry of a directory as people read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.kernel.clock import format_date, utc_now
from vssid.reference.choices import (
    EmployerView,
    EntryView,
    FacilityView,
    OfficeView,
    PointView,
)
from vssid.reference.lookups import Found
from vssid.reference.mapping import Spotted
from vssid.reference.offices import DEMO_MARK, lower_first
from vssid.web.citizen.office_hours import hours_shown

View = OfficeView | FacilityView | EmployerView | PointView
Badge = tuple[str, str]
Pair = tuple[str, object]

_DEGREES: Final = 5
"""Decimals of a coordinate: one metre."""


@dataclass(frozen=True, slots=True)
class Result:
    """One entry: `pairs` are its facts (term, value), `history` its names and times, which a list
    shows too; `directions` is a geo: address or empty.

    `begins`: its first day, while that is to come; `distance`: «2,4 km» when the device's place was
    given; `reason`: why it was found, where its name does not tell; `again`: when it opens next,
    empty while it is open.
    """

    code: str
    name: str
    address: str
    phone: str
    phone_words: str
    badges: tuple[Badge, ...]
    pairs: tuple[Pair, ...]
    history: tuple[Pair, ...]
    directions: str
    distance: str
    heirs: tuple[tuple[str, str], ...]
    is_ended: bool
    is_demo: bool
    begins: str = ""
    reason: str = ""
    again: str = ""


def results(found: Found[View]) -> list[Result]:
    """What is shown of a page of answers."""
    return [
        result(view, found.distances, reason=reason_of(found, view.code)) for view in found.views
    ]


def result(view: View, distances: Mapping[str, float], *, reason: str = "") -> Result:
    """What is shown of an entry, in a list and on its own page."""
    if isinstance(view, OfficeView):
        return _office(view, distances, reason)
    return Result(
        code=view.code,
        name=view.name,
        address=_whole_address(view),
        phone=view.phone,
        phone_words=_("Điện thoại"),
        badges=tuple(_badges(view)),
        pairs=tuple(_pairs(view)),
        history=tuple(_history(view)),
        directions=_directions(view.latitude, view.longitude, view.name),
        distance=_distance(distances.get(view.code)),
        heirs=tuple((heir.code, heir.name) for heir in view.heirs),
        is_ended=view.is_ended,
        is_demo=view.is_demo,
        begins=format_date(view.begins) if view.begins else "",
        reason=reason,
    )


def reason_of(found: Found[View] | Spotted[View], code: str) -> str:
    """Why an entry was found, where its name does not tell."""
    if served := found.served.get(code):
        said = {"area": lower_first(served.name), "where": ", ".join(served.where)}
        if served.where:
            return _("phục vụ %(area)s trước đây (%(where)s)") % said
        return _("phục vụ %(area)s") % said
    if replaced := found.replaced.get(code):
        return _("thay cho %(name)s") % {"name": replaced}
    if near := found.near.get(code):
        words = {"distance": _distance(near[1]), "place": lower_first(near[0])}
        return _("%(distance)s từ %(place)s") % words
    return ""


def _office(view: OfficeView, distances: Mapping[str, float], reason: str) -> Result:
    history: list[Pair] = []
    hours = hours_shown(view.code, utc_now())
    if view.former_name:
        history.append((_("Tên trước đây"), view.former_name))
    if view.took_over:
        history.append((_("Làm thay cơ quan cũ"), "; ".join(view.took_over)))
    return Result(
        code=view.code,
        name=view.name,
        address=_whole_address(view),
        phone=view.phone,
        phone_words=_("Tổng đài") if view.phone_is_hotline else _("Điện thoại"),
        badges=(("good" if hours.is_open else "none", hours.state),),
        pairs=(
            *(((_("Trực thuộc"), view.parent_name),) if view.parent_name else ()),
            (_("Giờ làm việc"), "; ".join(filter(None, (*hours.lines, hours.again)))),
        ),
        history=tuple(history),
        directions=_directions(view.latitude, view.longitude, view.name),
        distance=_distance(distances.get(view.code)),
        heirs=(),
        is_ended=False,
        is_demo=view.is_derived,
        reason=reason,
        again=hours.again,
    )


def _badges(view: EntryView) -> Iterator[Badge]:
    if view.is_ended:
        yield "bad", _("Đã ngừng hoạt động")
        return
    if view.begins:
        yield "warn", _("Hoạt động từ %(day)s") % {"day": format_date(view.begins)}
        return
    if isinstance(view, FacilityView):
        if view.has_contract:
            yield "good", _("Có hợp đồng khám, chữa bệnh BHYT")
        else:
            yield "warn", _("Không có hợp đồng BHYT")
        if view.may_issue_leave:
            yield "good", _("Được cấp giấy nghỉ việc hưởng BHXH")
    elif isinstance(view, EmployerView):
        yield "good", _("Đang tham gia BHXH")
    elif isinstance(view, PointView):
        if view.collects_voluntary:
            yield "good", _("Thu BHXH tự nguyện")
        if view.collects_household:
            yield "good", _("Thu BHYT hộ gia đình")


def _pairs(view: EntryView) -> Iterator[Pair]:
    if isinstance(view, FacilityView):
        yield _("Loại cơ sở"), f"{view.kind_name}, {view.level_name.lower()}"
        if view.has_contract and (view.contract_from or view.contract_to):
            yield _("Hợp đồng BHYT"), _span(view.contract_from, view.contract_to)
    if isinstance(view, EmployerView) and view.tax_code:
        yield _("Mã số thuế"), view.tax_code
    if isinstance(view, PointView):
        yield _("Loại điểm thu"), view.kind_name
        yield _("Thu cho"), view.agency
        if view.hours:
            yield _("Giờ làm việc"), view.hours


def _history(view: EntryView) -> Iterator[Pair]:
    if view.former_names:
        yield _("Tên trước đây"), "; ".join(view.former_names)
    if view.valid_from or view.valid_to:
        yield _("Thời gian hoạt động"), _span(view.valid_from, view.valid_to)


def _whole_address(view: EntryView | OfficeView) -> str:
    """Demo addresses name their areas already, those of a list may not."""
    more = [area for area in (view.commune, view.province) if not _names(view.address, area)]
    own = view.address.replace(DEMO_MARK, _("(dữ liệu minh họa)"))
    return ", ".join([*([own] if own else []), *more])


def _names(address: str, area: str) -> bool:
    return not area or area.lower() in address.lower()


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        days = {"first": format_date(first), "last": format_date(last)}
        return _("từ %(first)s đến hết %(last)s") % days
    if first:
        return _("từ %(first)s") % {"first": format_date(first)}
    return _("đến hết %(last)s") % {"last": format_date(last)} if last else ""


def _directions(latitude: float | None, longitude: float | None, name: str) -> str:
    """A geo: address (RFC 5870), which a phone opens in the map that its owner uses."""
    if latitude is None or longitude is None:
        return ""
    place = f"{latitude:.{_DEGREES}f},{longitude:.{_DEGREES}f}"
    return f"geo:{place}?q={place}({quote(name)})"


def _distance(kilometres: float | None) -> str:
    if kilometres is None:
        return ""
    if kilometres < 1:
        return _("khoảng %(metres)s m") % {"metres": max(100, round(kilometres * 10) * 100)}
    said = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    said = said if get_language() == "en" else said.replace(".", ",")
    return _("khoảng %(kilometres)s km") % {"kilometres": said}
