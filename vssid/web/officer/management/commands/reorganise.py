"""Moves the work of offices that end to their successors, by a plan that is checked as a whole."""

import time
from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vssid.kernel.clock import format_date, format_datetime, utc_now, vietnam_today
from vssid.reference import directory
from vssid.reference import queries as reference
from vssid.reference.models import Reorganisation
from vssid.reference.reorganising import checking, commands, provinces
from vssid.reference.reorganising.plans import Ending, Plan
from vssid.web.officer import reorganisation
from vssid.web.officer.reorganisation import Moved, Survey

_MARGIN: Final = timedelta(seconds=5)
_TRIES: Final = 60


class Command(BaseCommand):
    """`manage.py reorganise plan.csv`, then the same with `--apply`."""

    help = "Says what a plan would move from offices that end; with --apply, moves it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The plan (docs/operations.md) and whether to carry it out."""
        parser.add_argument("plan", type=Path)
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the plan, say what it moves, and move it if that is asked for."""
        path: Path = options["plan"]
        with commands.alone() if options["apply"] else nullcontext(enter_result=True) as is_alone:
            if not is_alone:
                raise CommandError("Another reorganisation is running. Wait until it has ended.")
            plan, known = self._checked(path)
            self._say(plan, reorganisation.survey(plan), known)
            if options["apply"]:
                self._apply(plan, known)
            else:
                self.stdout.write("Nothing was changed. Run it with --apply to change it.")

    def _checked(self, path: Path) -> tuple[Plan, Reorganisation | None]:
        try:
            plan, faults = reorganisation.read(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The plan {path} cannot be read: {error}") from error
        known = None if faults else checking.begun(plan)
        if not faults and known is None:
            faults = reorganisation.check(plan, vietnam_today(utc_now()))
        if faults:
            for fault in faults:
                self.stderr.write(f"{path}:{fault.line}: {fault.sentence}")
            raise CommandError(f"Nothing was changed: the plan has {len(faults)} fault(s).")
        return plan, known

    def _say(self, plan: Plan, survey: Survey, known: Reorganisation | None) -> None:
        if known is None:
            self.stdout.write(f"From {format_date(plan.day)}, by «{plan.decision}»:")
        elif known.finished_at is None:
            self.stdout.write(f"Begun {format_datetime(known.begun_at)}, not finished. Left to do:")
        else:
            self.stdout.write(f"Applied already, {format_datetime(known.finished_at)}. Left to do:")
        for ending in plan.endings.values():
            self._say_of(ending, plan, survey)

    def _say_of(self, ending: Ending, plan: Plan, survey: Survey) -> None:
        write = self.stdout.write
        write(f"{_named(ending.code)} ends.")
        below = provinces.offices_below(ending, plan)
        for heir in ending.heirs:
            given = [row.what for row in ending.communes.values() if row.successor == heir]
            rest = ", and whatever no row gives away" if heir == ending.default else ""
            write(f"  to {_named(heir)}{rest}")
            write(f"    communes: {len(given)} {' '.join(sorted(given))}".rstrip())
            if below:
                offices = sorted(office for office, heirs in below.items() if heirs == {heir})
                write(f"    offices below: {len(offices)} {' '.join(offices)}".rstrip())
            for officer, office in survey.officers:
                if (officer.office, office) == (ending.code, heir):
                    closed = "" if officer.is_active else ", account ended"
                    who = f"{officer.user_name} {officer.full_name} ({officer.role}{closed})"
                    write(f"    officer: {who}")
            write(f"    declarations: {_counted(survey.declarations, ending.code, heir)}")
            write(f"    petitions: {_counted(survey.petitions, ending.code, heir)}")
        for officer, office in survey.officers:
            if officer.office == ending.code and office not in ending.heirs:
                write(f"  officer to {_named(office)}: {officer.user_name} {officer.full_name}")

    def _apply(self, plan: Plan, known: Reorganisation | None) -> None:
        now, moved = utc_now(), Moved()
        if known is None:
            if plan.day > vietnam_today(now):
                day = format_date(plan.day)
                raise CommandError(f"Nothing was changed: apply the plan on its day, {day}.")
            moved = reorganisation.begin(plan=plan, now=now)
        moved += self._move_all(plan)
        if known is None or known.finished_at is None:
            # Until then a server may give work to an office that it still knows in service.
            begun_at = known.begun_at if known else now
            left = begun_at + directory.LEARNED_WITHIN + _MARGIN - utc_now()
            if left > timedelta():
                seconds = left.total_seconds()
                self.stdout.write(f"Waiting {seconds:.0f} s until every server knows of it …")
                time.sleep(seconds)
            moved += self._move_all(plan)
            commands.finish(plan=plan, now=utc_now())
        self.stdout.write(
            f"Moved: {moved.officers} officers, {moved.declarations} declarations, "
            f"{moved.petitions} petitions."
            if moved
            else "Nothing was left to do."
        )

    def _move_all(self, plan: Plan) -> Moved:
        """Until nothing is left: rows that somebody works on at this moment are passed over."""
        moved = Moved()
        for _ in range(_TRIES):
            moved += reorganisation.move(plan=plan, now=utc_now())
            survey = reorganisation.survey(plan)
            if not (survey.officers or survey.declarations or survey.petitions):
                return moved
            time.sleep(1)
        raise CommandError("Some rows are held by others for long. Run it again with --apply.")


def _named(code: str) -> str:
    return f"[{code}] {reference.office_name(code)}"


def _counted(found: Counter[tuple[str, str, str]], code: str, heir: str) -> str:
    by_state = {
        state: count for (old, new, state), count in found.items() if (old, new) == (code, heir)
    }
    states = ", ".join(f"{count} {state}" for state, count in sorted(by_state.items()))
    return f"{sum(by_state.values())}" + (f" ({states})" if states else "")
