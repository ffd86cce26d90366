"""Where the sessions of officers are kept: one statement opens a request at the desk.

Django's own store reads the session, its user and the lock of the screen one after the other, and
wraps each write in a transaction of its own. Here the session's row names officer and screen, so
that all three come together, and an act of a known session is written by one statement.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import Exists, OuterRef

from vssid.kernel.clock import utc_now
from vssid.staff.models import DeskSession, LockedScreen, Officer

DESK = "desk"
SCREEN = "screen"
"""Where a session keeps what the desk knows of it, and within, the id of its screen."""


def forget_ended(*, now: datetime) -> None:
    """Forget the sessions that are over, whosever they were: the work of each sign-in."""
    DeskSession.objects.filter(expire_date__lt=now).delete()


class SessionStore(DatabaseStore):
    """Django's store on `DeskSession`.

    Once loaded, `officer` is who signed in, None for nobody, and `is_screen_locked` says whether
    the session's screen was locked by then.
    """

    officer: Officer | None = None
    is_screen_locked: bool = False

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        """The table."""
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        """The row of what the session holds."""
        row = DeskSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        row.officer_id = data.get(SESSION_KEY)
        row.screen = data.get(DESK, {}).get(SCREEN)
        return row

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's own
        """Write the session. Raises UpdateError when it was ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        changed = DeskSession.objects.filter(session_key=self.session_key).update(
            session_data=row.session_data,
            expire_date=row.expire_date,
            officer=row.officer_id,
            screen=row.screen,
        )
        if not changed:
            raise UpdateError

    def _get_session_from_db(self) -> DeskSession | None:
        known = DeskSession.objects.filter(
            session_key=self.session_key, expire_date__gt=utc_now()
        ).select_related("officer")
        lock = LockedScreen.objects.filter(id=OuterRef("screen"))
        row = known.annotate(is_screen_locked=Exists(lock)).first()
        if row is None:
            self._session_key = None
            return None
        self.officer, self.is_screen_locked = row.officer, row.is_screen_locked
        return row
