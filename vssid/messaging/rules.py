"""When a message is tried again."""

from datetime import timedelta

HAND_OVER_LIMIT = timedelta(minutes=1)
"""A hand-over that takes longer was broken off: its worker is gone."""

SWEEP_AFTER = timedelta(seconds=5)
"""A queued message this long past its time has lost its job."""

_PAUSES = (5, 15, 60, 300, 900, 3600, 3600 * 4, 3600 * 12)


def pause_before_next_try(attempts: int) -> timedelta | None:
    """How long to wait after `attempts` failed ones; None when it is time to give up."""
    if attempts > len(_PAUSES):
        return None
    return timedelta(seconds=_PAUSES[attempts - 1])
