"""Browsers for tests: of a visitor with a draft, of a citizen, of an officer."""

import re
from html import unescape
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import HONG, Citizen, a_session, an_account
from vssid.accounts import tokens
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.staff.models import Officer
from vssid.web.citizen.registration.drafts import COOKIE
from vssid.web.ui import desk_session
from vssid.web.ui.access import SESSION_COOKIE


def with_draft(draft_id: UUID) -> Client:
    """The browser in which a draft was begun."""
    client = Client()
    client.cookies[COOKIE] = tokens.seal("draft", draft_id.bytes)
    return client


def at_home(who: Citizen = HONG, *, must_change: bool = False) -> Client:
    """The browser of a citizen who is signed in."""
    return with_session(a_session(an_account(who, must_change=must_change)))


def with_session(cookie: str) -> Client:
    """The browser that holds a session's cookie."""
    client = Client()
    client.cookies[SESSION_COOKIE] = cookie
    return client


def in_app() -> Client:
    """The installed app, signed out and past its welcome: it is not asked for a picture code."""
    client = Client()
    client.cookies["ung_dung"] = client.cookies["da_chao"] = "1"
    return client


def at_desk(officer: Officer) -> Client:
    """The browser of an officer who is signed in."""
    client = Client()
    client.force_login(officer)
    session = client.session
    session["desk"] = desk_session.fresh(utc_now())
    session.save()
    return client


def live_session(account: Account) -> UUID:
    """The id of the account's live session."""
    live: UUID = account.session_set.get(ended_at=None).id
    return live


def text_of(answer: object) -> str:
    """What a page says, without tags, with single spaces."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r"(?s)<(head|svg|script)\b.*?</\1>|<wbr>", _instead, html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def _instead(found: re.Match[str]) -> str:
    return "" if found[0] == "<wbr>" else " "


def typed_in(answer: object) -> dict[str, str]:
    """What stands in the text fields of a page."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in {"text", "tel", "email", "hidden"}:
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def upload(content: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")
