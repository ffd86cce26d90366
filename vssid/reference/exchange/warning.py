"""What looks wrong in a file, and may be right: it is told, and stops nothing."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from vssid.reference.exchange.cells import is_formula
from vssid.reference.exchange.reading import Fault, Row
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.models import Area
from vssid.reference.placing import distance_km
from vssid.reference.rows import ERA_TODAY, Point

FAR_KM: Final = 30.0
"""No commune on the mainland reaches that far from its point."""

_TEXTS: Final = ("name", "address")


def warnings_of(sheet: Sheet, rows: Sequence[Row], codes: Collection[str]) -> list[Fault]:
    """What to look at again in the rows with these codes: the others are not changed."""
    wanted = set(codes)
    points = _points_of_communes() if sheet.has("commune_code") else {}
    return [
        Fault(row.line, sentence, column)
        for row in rows
        if row.code in wanted
        for column, sentence in (*_far(row, points), *_formulas(row))
    ]


def _points_of_communes() -> dict[str, tuple[str, Point]]:
    placed = Area.objects.filter(era=ERA_TODAY, level="commune", latitude__isnull=False)
    found = placed.values_list("code", "name", "latitude", "longitude")
    return {code: (name, Point(north or 0, east or 0)) for code, name, north, east in found}


def _far(row: Row, points: dict[str, tuple[str, Point]]) -> Iterator[tuple[str, str]]:
    values: dict[str, Any] = dict(row.values)
    known = points.get(values.get("commune_code", ""))
    if known is None or values["latitude"] is None or values["longitude"] is None:
        return
    name, there = known
    away = distance_km(Point(values["latitude"], values["longitude"]), there)
    if away > FAR_KM:
        km = f"{away:,.0f}".replace(",", ".")
        said = _("toạ độ cách %(commune)s %(km)s km. Xin xem lại latitude và longitude.")
        yield "latitude", said % {"commune": name, "km": km}


def _formulas(row: Row) -> Iterator[tuple[str, str]]:
    said = _(
        "%(column)s bắt đầu bằng «%(sign)s», bảng tính sẽ coi là phép tính. Tệp tải về sẽ có dấu "
        "nháy đơn ở trước."
    )
    for column in _TEXTS:
        text = str(row.values[column])
        if is_formula(text):
            yield column, said % {"column": column, "sign": text[0]}
