"""The conversation with the assistant: in the visitor's browser only, sealed, until it ends.

It is a cookie without a date, so that it goes with the browser's session; it is forgotten half an
hour after the last question, by «Xóa cuộc trò chuyện», and whenever somebody signs in or out.
Answers are not kept: only what was asked and which answer it got.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from vssid.accounts import tokens
from vssid.support.answers.assistant import Kind, Understanding, is_known
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.pages import owner_mark

COOKIE = settings.VSSID_COOKIE_PREFIX + "tro_ly"
_PURPOSE = "assistant"
_MOST_TURNS = 6
_MOST_BYTES = 3_600
_LONGEST_KEPT = 200
_NEWEST_KEPT = (2_000, 800, 200)
"""Characters of the newest question, which may go on into a petition; fewer if it has to be."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, how it was understood, whether the answer was said to be wrong."""

    text: str
    understood: Understanding
    is_wrong: bool = False


def read(request: CitizenRequest, now: datetime) -> list[Turn]:
    """The turns so far, the oldest first; none when it is somebody else's, too old or not ours."""
    content = tokens.unseal(_PURPOSE, request.COOKIES.get(COOKIE, ""))
    if content is None:
        return []
    try:
        who, until, rows = json.loads(zlib.decompress(content))
        turns = [_turn(row) for row in rows]
    except (ValueError, TypeError, KeyError, zlib.error):
        return []
    return turns if who == _who(request) and now.timestamp() < until else []


def keep(
    answer: HttpResponse, request: CitizenRequest, turns: Sequence[Turn], now: datetime
) -> None:
    """Let the browser carry the last turns, as many as a cookie holds."""
    until = int((now + settings.VSSID_ASSISTANT_KEPT).timestamp())
    kept = list(turns[-_MOST_TURNS:])
    sealed = _sealed(request, until, kept)
    while len(sealed) > _MOST_BYTES and kept:
        del kept[0]
        sealed = _sealed(request, until, kept)
    for newest in _NEWEST_KEPT:
        whole = _sealed(request, until, kept or turns[-1:], newest)
        if len(whole) <= _MOST_BYTES:
            sealed = whole
            break
    answer.set_cookie(
        COOKIE,
        sealed,
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )


def forget(answer: HttpResponse) -> None:
    """End the conversation."""
    answer.delete_cookie(COOKIE, samesite="Lax")


def address() -> str:
    """Where the newest turn stands."""
    return f"{reverse('citizen:assistant')}#moi-nhat"


def _sealed(
    request: CitizenRequest, until: int, turns: Sequence[Turn], newest: int = _LONGEST_KEPT
) -> str:
    last = turns[-1] if turns else None
    rows = [
        [
            one.text[: newest if one is last else _LONGEST_KEPT],
            one.understood.kind.value,
            one.understood.ids,
            one.is_wrong,
        ]
        for one in turns
    ]
    whole = json.dumps([_who(request), until, rows], ensure_ascii=False)
    return tokens.seal(_PURPOSE, zlib.compress(whole.encode(errors="replace")))


def _turn(row: Sequence[object]) -> Turn:
    text, kind, ids, is_wrong = row
    if not isinstance(ids, list):
        raise TypeError("ids are a list")
    found = Kind(str(kind))
    # Of an earlier release: what is not in the bank any more is not shown.
    known = tuple(str(one) for one in ids if found is Kind.ELSEWHERE or is_known(str(one)))
    if ids and not known:
        found = Kind.UNKNOWN
    return Turn(str(text), Understanding(found, known), bool(is_wrong))


def _who(request: CitizenRequest) -> str:
    citizen = getattr(request, "citizen", None)
    return owner_mark(citizen) if citizen is not None else ""
