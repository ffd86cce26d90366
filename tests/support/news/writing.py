"""Articles for tests."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import HA_NOI, an_officer
from tests.files.specimens import drawing, encoded
from vssid.kernel.clock import utc_now
from vssid.staff.models import Officer, Role
from vssid.support.news import commands
from vssid.support.news.commands import Content
from vssid.support.news.models import Article, Category

DAY = timedelta(days=1)


def content(**changes: Any) -> Content:
    """An article as somebody would write it, a draft unless `publish_at` says otherwise."""
    words = {
        "category": Category.GUIDE,
        "title": "Thẻ BHYT điện tử dùng thế nào",
        "summary": "Ba bước để đưa thẻ khi đi khám.",
        "body": "## Các bước\n\n- Mở ứng dụng\n- Đưa mã",
    }
    return Content(**{**words, **changes})


def an_editor(role: Role = Role.CONTENT) -> Officer:
    """Somebody who writes news."""
    return an_officer(role, "01001" if role == Role.FACILITY else HA_NOI)


def an_article(
    *, by: Officer | None = None, now: datetime | None = None, **changes: Any
) -> Article:
    """Saved; open since yesterday, unless `changes` say otherwise."""
    at = now or utc_now()
    written = content(**{"publish_at": at - DAY, **changes})
    saved_at = min(at, written.publish_at or at)
    return commands.open_article(content=written, by=by or an_editor(), now=saved_at)


def a_photo() -> bytes:
    """A picture as an editor sends it: a PNG of 640 × 480."""
    return encoded(drawing(), "PNG")
