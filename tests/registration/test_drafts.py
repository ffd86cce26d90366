"""Filling in: every step is kept, photos are replaced, the phone is confirmed (guides R03–R07)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    HONG,
    KHOA,
    a_draft,
    an_account,
    another_code,
    answers_of,
    drawn,
    last_code,
)
from vssid.accounts import errors as account_errors
from vssid.accounts.models import OneTimeCode
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.errors import FileErasedError, PhotoNotAPhotoError
from vssid.files.models import StoredFile
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Message
from vssid.registration import errors, queries
from vssid.registration.commands import drafts, filing
from vssid.registration.models import Draft
from vssid.registration.rules import Step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def _view(draft_id: Any) -> queries.DraftView:
    found = queries.draft(draft_id)
    assert found is not None
    return found


def _ready_for_its_code() -> Any:
    draft_id = a_draft(is_confirmed=False, photos=())
    drafts.pass_picture_check(draft_id=draft_id, now=utc_now())
    return draft_id


def test_steps_are_kept_one_by_one() -> None:
    draft = drafts.start_draft(now=utc_now())
    drafts.save_answers(draft_id=draft.id, changes={"full_name": HONG.full_name}, now=utc_now())
    drafts.save_answers(draft_id=draft.id, changes={"office": "00114"}, now=utc_now())
    answers = _view(draft.id).answers
    assert (answers.full_name, answers.office) == (HONG.full_name, "00114")


def test_draft_that_is_gone_is_none() -> None:
    assert queries.draft(uuid7()) is None
    assert queries.declaration_of_draft(uuid7()) is None


def test_draft_says_what_it_still_lacks() -> None:
    assert _view(drafts.start_draft(now=utc_now()).id).missing_step is Step.PERSON
    assert _view(a_draft(photos=("portrait", "front"))).missing_step is Step.PAPERS
    assert _view(a_draft()).missing_step is None


# --- photos ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", drafts.PHOTOS)
def test_photo_is_kept_encrypted_until_the_draft_is_too_old(kind: str) -> None:
    draft_id, now = a_draft(photos=()), utc_now()
    file_id = drafts.attach_photo(draft_id=draft_id, kind=kind, content=drawn(kind), now=now)
    assert getattr(_view(draft_id), kind) == file_id
    assert read_file(file_id).startswith(b"\xff\xd8")
    assert StoredFile.objects.get(id=file_id).delete_after == now + timedelta(days=10)


@pytest.mark.django_db(transaction=True)
def test_new_photo_erases_the_one_it_replaces() -> None:
    draft_id = a_draft(photos=("portrait",))
    first = _view(draft_id).portrait
    assert first is not None
    second = drafts.attach_photo(
        draft_id=draft_id, kind="portrait", content=drawn("portrait", KHOA), now=utc_now()
    )
    with pytest.raises(FileErasedError):
        read_file(first)
    assert read_file(second)


def test_refused_photo_leaves_the_earlier_one_in_its_place() -> None:
    draft_id = a_draft(photos=("portrait",))
    first = _view(draft_id).portrait
    with pytest.raises(PhotoNotAPhotoError):
        drafts.attach_photo(draft_id=draft_id, kind="portrait", content=b"%PDF-1.7", now=utc_now())
    assert _view(draft_id).portrait == first
    assert read_file(first)  # type: ignore[arg-type]


def test_photo_of_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="answers"):
        drafts.attach_photo(
            draft_id=a_draft(photos=()), kind="answers", content=b"x", now=utc_now()
        )


# --- the phone ------------------------------------------------------------------------------------


def test_code_goes_to_the_phone_once_the_picture_is_passed() -> None:
    draft_id = _ready_for_its_code()
    drafts.send_phone_code(draft_id=draft_id, now=utc_now())
    message = Message.objects.get(template="code.registration")
    assert message.address == HONG.phone
    assert message.data["number"] == "0198***001"


def test_no_code_goes_out_before_the_picture() -> None:
    with pytest.raises(errors.PictureNotPassedError):
        drafts.send_phone_code(draft_id=a_draft(is_confirmed=False, photos=()), now=utc_now())
    assert not Message.objects.exists()


@pytest.mark.parametrize("changes", [{"phone": KHOA.phone}, {"number": KHOA.number}])
def test_picture_is_asked_for_again_when_number_or_phone_changes(changes: Any) -> None:
    draft_id = _ready_for_its_code()
    drafts.save_answers(draft_id=draft_id, changes=changes, now=utc_now())
    assert not _view(draft_id).has_passed_picture
    with pytest.raises(errors.PictureNotPassedError):
        drafts.send_phone_code(draft_id=draft_id, now=utc_now())


def test_picture_is_not_asked_for_again_when_something_else_changes() -> None:
    draft_id = _ready_for_its_code()
    drafts.save_answers(draft_id=draft_id, changes=answers_of(email="a@example.com"), now=utc_now())
    assert _view(draft_id).has_passed_picture


def test_number_with_an_account_gets_no_code() -> None:
    draft_id = _ready_for_its_code()
    an_account()
    with pytest.raises(account_errors.AccountExistsError):
        drafts.send_phone_code(draft_id=draft_id, now=utc_now())
    assert not OneTimeCode.objects.exists()


def test_right_code_confirms_number_and_phone() -> None:
    draft_id = _ready_for_its_code()
    drafts.send_phone_code(draft_id=draft_id, now=utc_now())
    with pytest.raises(account_errors.WrongCodeError):
        drafts.confirm_phone(draft_id=draft_id, typed=another_code(last_code()), now=utc_now())
    assert not _view(draft_id).is_confirmed
    drafts.confirm_phone(draft_id=draft_id, typed=last_code(), now=utc_now())
    assert _view(draft_id).is_confirmed


def test_confirmation_falls_when_the_phone_changes_and_stands_again_when_it_is_put_back() -> None:
    draft_id = a_draft(photos=())
    drafts.save_answers(draft_id=draft_id, changes={"phone": KHOA.phone}, now=utc_now())
    assert not _view(draft_id).is_confirmed
    drafts.save_answers(draft_id=draft_id, changes={"phone": HONG.phone}, now=utc_now())
    assert _view(draft_id).is_confirmed


def test_code_sent_before_the_phone_was_changed_confirms_nothing() -> None:
    draft_id = _ready_for_its_code()
    drafts.send_phone_code(draft_id=draft_id, now=utc_now())
    drafts.save_answers(draft_id=draft_id, changes={"phone": KHOA.phone}, now=utc_now())
    with pytest.raises(account_errors.WrongCodeError):
        drafts.confirm_phone(draft_id=draft_id, typed=last_code(), now=utc_now())
    assert not _view(draft_id).is_confirmed


def test_code_of_another_draft_confirms_nothing() -> None:
    first, second = _ready_for_its_code(), _ready_for_its_code()
    drafts.send_phone_code(draft_id=first, now=utc_now())
    with pytest.raises(account_errors.CodeLateError):
        drafts.confirm_phone(draft_id=second, typed=last_code(), now=utc_now())


def test_late_code_confirms_nothing() -> None:
    draft_id, now = _ready_for_its_code(), utc_now()
    drafts.send_phone_code(draft_id=draft_id, now=now)
    with pytest.raises(account_errors.CodeLateError):
        drafts.confirm_phone(draft_id=draft_id, typed=last_code(), now=now + 6 * MINUTE)


# --- growing old ----------------------------------------------------------------------------------


def test_draft_is_forgotten_ten_days_after_it_was_last_touched() -> None:
    now = utc_now()
    old, fresh = drafts.start_draft(now=now), drafts.start_draft(now=now)
    later = now + timedelta(days=9)
    drafts.save_answers(draft_id=fresh.id, changes={"full_name": "An"}, now=later)
    assert drafts.delete_old_drafts(now=now + timedelta(days=10, seconds=1)) == 1
    assert list(Draft.objects.all()) == [fresh]
    assert old not in Draft.objects.all()


def test_photos_live_as_long_as_their_draft() -> None:
    draft_id = a_draft()
    later = utc_now() + timedelta(days=9)
    drafts.save_answers(draft_id=draft_id, changes={"email": "hong@example.com"}, now=later)
    due = StoredFile.objects.values_list("delete_after", flat=True)
    assert len(due) == 3
    assert all(moment is not None and moment > later + timedelta(days=9) for moment in due)


def test_photo_that_is_gone_is_asked_for_again() -> None:
    draft_id = a_draft()
    portrait = _view(draft_id).portrait
    assert portrait is not None
    files.erase_file(file_id=portrait, by=Actor.system("clean-up"))
    assert _view(draft_id).portrait is None
    assert _view(draft_id).missing_step is Step.PERSON
    with pytest.raises(errors.DraftIncompleteError):
        filing.file_declaration(draft_id=draft_id, now=utc_now())


def test_network_that_begins_drafts_by_the_hundred_has_to_wait() -> None:
    now = utc_now()
    for _ in range(300):
        drafts.start_draft(now=now, address="192.0.2.7")
    with pytest.raises(errors.TooManyDraftsError):
        drafts.start_draft(now=now, address="192.0.2.7")
    drafts.start_draft(now=now, address="192.0.2.8")


def test_addresses_of_one_line_count_together() -> None:
    now = utc_now()
    for host in range(300):
        drafts.start_draft(now=now, address=f"2001:db8:1:2::{host:x}")
    with pytest.raises(errors.TooManyDraftsError):
        drafts.start_draft(now=now, address="2001:db8:1:2:ffff::1")
    drafts.start_draft(now=now, address="2001:db8:1:3::1")


def test_filed_draft_takes_no_late_photo_and_no_late_answer() -> None:
    draft_id = a_draft()
    filed = filing.file_declaration(draft_id=draft_id, now=utc_now())
    due = dict(StoredFile.objects.values_list("id", "delete_after"))
    with pytest.raises(errors.DraftFiledError):
        drafts.attach_photo(
            draft_id=draft_id, kind="portrait", content=drawn("portrait", KHOA), now=utc_now()
        )
    with pytest.raises(errors.DraftFiledError):
        drafts.save_answers(draft_id=draft_id, changes={"full_name": "An"}, now=utc_now())
    assert dict(StoredFile.objects.values_list("id", "delete_after")) == due
    assert filed.portrait in due
