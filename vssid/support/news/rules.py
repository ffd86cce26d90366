"""Decisions about news, without a database."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """Where an article stands for its readers."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Timed(Protocol):
    """What is shown for a time."""

    @property
    def publish_at(self) -> datetime | None:
        """From when; None: not decided."""

    @property
    def withdraw_at(self) -> datetime | None:
        """Until when; None: for good."""


def is_too_late(publish_at: datetime | None, was: datetime | None, now: datetime) -> bool:
    """Whether the hour chosen is over, for an article that was not public before.

    `was`: the hour that the article had, None without one. Hours are chosen to the minute: the
    present one is not over.
    """
    if publish_at is None or (was is not None and was <= now):
        return False
    return publish_at < now.replace(second=0, microsecond=0)


def stage(article: Timed, now: datetime) -> Stage:
    """Draft, waiting for its hour, open to everybody, or taken down."""
    if article.publish_at is None:
        return Stage.DRAFT
    if article.withdraw_at is not None and article.withdraw_at <= now:
        return Stage.WITHDRAWN
    return Stage.OPEN if article.publish_at <= now else Stage.SCHEDULED
