"""Makes the keys of «Tìm mã số BHXH» anew for everybody; see docs/operations.md."""

from django.core.management.base import BaseCommand

from vssid.people.number_search.commands import write_all_keys


class Command(BaseCommand):
    """Once after the update that brought the look-up, and after areas were corrected."""

    help = "Write the keys by which people find their number, for every person of the registry."

    def handle(self, *_args: object, **_options: object) -> None:
        """Batch by batch; may be ended and begun again."""
        self.stdout.write(f"Keys written for {write_all_keys()} people.")
