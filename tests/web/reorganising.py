"""A plan for tests: BHXH cơ sở Thanh Trì ends, two offices take its communes over."""

import io
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from tests.factories import HAI_BA_TRUNG, THANH_TRI
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference.models import AgencyArea

BA_DINH = "00101"
DECISION = "Quyết định 999/QĐ-BHXH, thử nghiệm"
HEADER = "row,office,what,successor,effective_on,decision"


def today() -> date:
    return vietnam_today(utc_now())


def communes(office: str = THANH_TRI) -> list[str]:
    """The communes of today that an office serves, by code."""
    rows = AgencyArea.objects.filter(agency=office, era="2025", valid_to=None)
    return sorted(rows.values_list("area_code", flat=True))


def lines(*more: str, day: date | None = None, decision: str = DECISION) -> list[str]:
    """Thanh Trì ends: its first commune goes to Ba Đình, the others to Hai Bà Trưng."""
    first, *others = communes()
    return [
        HEADER,
        f'office,{THANH_TRI},,{HAI_BA_TRUNG},{day or today()},"{decision}"',
        f"commune,{THANH_TRI},{first},{BA_DINH},,",
        *(f"commune,{THANH_TRI},{code},{HAI_BA_TRUNG},," for code in others),
        *more,
    ]


def written(folder: Path, rows: list[str]) -> Path:
    path = folder / "plan.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def run(path: Path, *, apply: bool = False) -> str:
    """What the command prints; its complaints follow."""
    out = io.StringIO()
    call_command("reorganise", str(path), *(["--apply"] if apply else []), stdout=out, stderr=out)
    return out.getvalue()


def complaints(path: Path, *, apply: bool = False) -> str:
    """What a refused run prints."""
    out = io.StringIO()
    try:
        call_command(
            "reorganise", str(path), *(["--apply"] if apply else []), stdout=out, stderr=out
        )
    except Exception as error:
        return f"{out.getvalue()}{type(error).__name__}: {error}"
    return ""


def dump() -> dict[str, list[object]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found: dict[str, list[object]] = {}
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(t::text) FROM {name} t ORDER BY 1")  # noqa: S608 - our own
            found[table] = cursor.fetchall()
    return found
