"""What a file of opening hours would change, and which of its agencies nobody knows."""

from dataclasses import dataclass

from vssid.reference.hours.files import Fault, HoursFile, written
from vssid.reference.hours.queries import stored_rows
from vssid.reference.hours.rules import ALL
from vssid.reference.models import Agency


@dataclass(frozen=True, slots=True)
class Change:
    """What a file changes: rows that go and rows that come, as lines of the file."""

    removed: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


def check_agencies(rows: HoursFile) -> list[Fault]:
    """The rows of agencies that nobody knows, by line. Ended ones may keep theirs."""
    known = {ALL, *Agency.objects.values_list("code", flat=True)}
    lines = [(line, row.agency) for line, row in rows.weekly]
    lines += [(line, row.agency) for line, row in rows.special]
    return sorted(
        {
            Fault(line, f"No agency has the code {code}.")
            for line, code in lines
            if code not in known
        }
    )


def stored() -> str:
    """The file of what counts now."""
    return written(*stored_rows())


def change_by(rows: HoursFile) -> Change:
    """What the file would change; changes nothing."""
    before = stored().splitlines()[1:]
    after = written(*rows.values()).splitlines()[1:]
    gone, come = set(before) - set(after), set(after) - set(before)
    return Change(
        tuple(line for line in before if line in gone),
        tuple(line for line in after if line in come),
    )
