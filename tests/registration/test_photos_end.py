"""Thirty days after the decision no photo is left: no bytes on disk, no key (guides R04)."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.factories import a_declaration, a_person, an_officer, received
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files import storage
from vssid.files.errors import FileErasedError
from vssid.files.models import StoredFile
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.registration import queries
from vssid.registration.commands import deciding
from vssid.registration.models import Declaration

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REASON = "Ảnh giấy tờ không đọc được."


def _photos(declaration: Declaration) -> list[object]:
    return [declaration.portrait, declaration.front, declaration.back]


def _clean_up(capture: DjangoCaptureOnCommitCallbacks, after: timedelta) -> None:
    with capture(execute=True):
        files.erase_expired(now=utc_now() + after, by=Actor.system("clean-up"))


def test_refused_declaration_leaves_no_photo_on_disk_and_no_key(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    officer = an_officer()
    declaration = a_declaration()
    deciding.refuse_declaration(declaration=declaration, reason=REASON, by=officer, now=utc_now())
    photos = _photos(declaration)
    _clean_up(django_capture_on_commit_callbacks, 29 * DAY)
    assert set(photos) <= set(storage.current().ids())
    assert queries.photo(declaration, "front")

    _clean_up(django_capture_on_commit_callbacks, 30 * DAY + timedelta(minutes=1))
    assert not set(photos) & set(storage.current().ids())
    rows = StoredFile.objects.filter(pk__in=photos)
    assert [(row.wrapped_key, row.erased_at is None) for row in rows] == [(None, False)] * 3
    for kind in ("portrait", "front", "back"):
        with pytest.raises(FileErasedError):
            queries.photo(declaration, kind)


def test_approved_declaration_keeps_only_the_portrait_of_the_account(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    a_person()
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    deciding.approve_declaration(declaration=declaration, by=officer, now=utc_now())

    _clean_up(django_capture_on_commit_callbacks, 30 * DAY + timedelta(minutes=1))
    left = set(storage.current().ids()) & set(_photos(declaration))
    assert left == {declaration.portrait}
    assert read_file(declaration.portrait)
    papers = StoredFile.objects.filter(pk__in=[declaration.front, declaration.back])
    assert list(papers.values_list("wrapped_key", flat=True)) == [None, None]
