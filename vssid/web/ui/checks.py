"""«Mã kiểm tra»: the picture code, and the proof of work in its place."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from altcha_django.verifiers.local import LocalVerifier
from captcha.helpers import captcha_image_url
from captcha.models import CaptchaStore
from django.conf import settings
from django.db import connection

from vssid.limits import commands as limits

# No 0/O, 1/I/L, 5/S, 8/B, 2/Z: nobody should fail for a letter that looks like a digit.
_SIGNS = "ACDEFGHJKMNPQRTUVWXY3479"
# A solved challenge of ours has some 600 signs.
_SOLUTION_MAX = 4096
_USED_ONCE = limits.Limit("altcha.solution", 1, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class PictureCheck:
    """A picture to show: its address and the key that the form sends back."""

    key: str
    image_url: str


def picture_challenge() -> tuple[str, str]:
    """A challenge for django-simple-captcha: what is drawn and what is expected."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(settings.CAPTCHA_LENGTH))
    return drawn, drawn.lower()


def new_picture() -> PictureCheck:
    """Write a new picture code down."""
    key = CaptchaStore.generate_key()
    return PictureCheck(key=key, image_url=captcha_image_url(key))


def is_picture_right(*, key: str, typed: str, now: datetime) -> bool:
    """Compare and use up: a picture serves one try, right or wrong, also in a race."""
    if not key.isalnum():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM captcha_captchastore WHERE hashkey = %s RETURNING response, expiration",
            [key[:40]],
        )
        row = cursor.fetchone()
    # As bytes: text with accents, from a Vietnamese keyboard left on, cannot be compared otherwise.
    given = "".join(typed.split()).lower().encode()
    return row is not None and row[1] > now and secrets.compare_digest(row[0].encode(), given)


def new_challenge() -> dict[str, object]:
    """A proof-of-work challenge (ALTCHA) for the browser to solve."""
    made: dict[str, object] = LocalVerifier().get_challenge()
    return made


def is_solution_right(*, payload: str, now: datetime) -> bool:
    """Verify a solved challenge; each serves once, whichever process it reaches."""
    if not payload or len(payload) > _SOLUTION_MAX:
        return False
    try:
        result = LocalVerifier().verify(payload)
    except (RecursionError, ValueError):  # nested without end, or text that cannot be encoded
        return False
    if not result.verified or result.replay_id is None:
        return False
    return limits.hit(limit=_USED_ONCE, key=result.replay_id, now=now) is None


def forget_pictures() -> None:
    """Delete the codes that nobody answered in time."""
    CaptchaStore.remove_expired()
