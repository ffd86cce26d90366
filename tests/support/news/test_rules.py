"""When an hour to come is over."""

from datetime import UTC, datetime, timedelta

import pytest

from vssid.support.news.rules import is_too_late

NOW = datetime(2026, 11, 21, 8, 30, 40, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("publish_at", "was", "too_late"),
    [
        (None, None, False),
        (NOW, None, False),
        (NOW.replace(second=0), None, False),
        (NOW - MINUTE, None, True),
        (NOW - DAY, None, True),
        (NOW + DAY, None, False),
        (NOW - DAY, NOW + DAY, True),
        (NOW - DAY, NOW - MINUTE, False),
        (NOW + DAY, NOW - DAY, False),
    ],
)
def test_hour_is_over_unless_the_article_was_public(
    publish_at: datetime | None, was: datetime | None, *, too_late: bool
) -> None:
    assert is_too_late(publish_at, was, NOW) is too_late
