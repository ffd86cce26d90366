"""`manage.py answer_ratings [--month YYYYMM]`: which answers people did not find helpful."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.support.answers.models import AnswerRating


class Command(BaseCommand):
    """Prints the month's counts, the least helpful first."""

    help = "How helpful the answers were in a month, the least helpful first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the month; today's when none is given."""
        parser.add_argument("--month", type=int, help="YYYYMM; this month when left out")

    def handle(self, *args: object, month: int | None = None, **options: object) -> None:
        """Print one line an answer."""
        today = vietnam_today(utc_now())
        month = month or today.year * 100 + today.month
        rows = AnswerRating.objects.filter(month=month).order_by("-not_helpful", "question")
        for row in rows:
            self.stdout.write(f"{row.not_helpful:6} {row.helpful:6}  {row.question}")
        if not rows:
            self.stdout.write(f"Nobody pressed in {month}.")
