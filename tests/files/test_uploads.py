"""Files in parts: what is there stays there, and nobody else can go on with it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.files.test_commands import NEW, Somebody
from vssid.files import errors, tasks
from vssid.files.models import PartialUpload, UploadPart
from vssid.files.uploads import commands
from vssid.files.uploads.commands import PART_BYTES
from vssid.files.uploads.queries import find_upload, whole_content
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db

HONG, MINH = Somebody("visitor", "hong"), Somebody("visitor", "minh")
CONTENT = bytes(range(256)) * 1200  # three parts
MOST = 10 * 1024 * 1024


def _begun(
    size: int = len(CONTENT), by: Somebody = HONG, network: str = "192.0.2.0/24"
) -> PartialUpload:
    now = utc_now()
    return commands.begin_upload(
        size=size, purpose="front", by=by, network=network, max_bytes=MOST, now=now
    )


def _send(upload: PartialUpload, offset: int, content: bytes, by: Somebody = HONG) -> PartialUpload:
    return commands.receive_part(
        upload_id=upload.id, offset=offset, content=content, by=by, now=utc_now()
    )


def _sent(until: int = len(CONTENT)) -> PartialUpload:
    upload = _begun()
    for offset in range(0, until, PART_BYTES):
        upload = _send(upload, offset, CONTENT[offset : offset + PART_BYTES])
    return upload


def test_parts_make_the_whole() -> None:
    upload = _sent()
    assert upload.received == len(CONTENT)
    assert whole_content(upload) == CONTENT


def test_parts_lie_sealed() -> None:
    _sent(1)
    part = UploadPart.objects.get()
    assert CONTENT[:64] not in bytes(part.sealed)


def test_changed_part_or_lost_key_gives_nothing(settings: Settings) -> None:
    upload = _sent()
    settings.VSSID_MASTER_KEYS = {"other": NEW}
    with pytest.raises(errors.FileDamagedError):
        whole_content(upload)


@pytest.mark.parametrize("size", [0, -1])
def test_nothing_is_no_upload(size: int) -> None:
    with pytest.raises(errors.PhotoEmptyError):
        _begun(size)


def test_more_than_allowed_is_refused_before_a_byte_is_sent() -> None:
    with pytest.raises(errors.PhotoTooLargeError):
        _begun(MOST + 1)
    assert not PartialUpload.objects.exists()


@pytest.mark.parametrize(
    ("offset", "content"),
    [
        (1, b"leaves a hole"),
        (-1, b"from nowhere"),
        (0, b""),
        (0, bytes(PART_BYTES + 1)),
    ],
)
def test_part_that_does_not_follow_is_refused_with_what_is_there(
    offset: int, content: bytes
) -> None:
    with pytest.raises(errors.UploadOffsetError) as refused:
        _send(_begun(), offset, content)
    assert refused.value.details == {"received": 0}
    assert not UploadPart.objects.exists()


def test_same_part_twice_counts_once() -> None:
    upload = _sent(1)
    with pytest.raises(errors.UploadOffsetError) as refused:
        _send(upload, 0, CONTENT[:PART_BYTES])
    assert refused.value.details == {"received": PART_BYTES}


def test_more_than_was_said_is_refused() -> None:
    with pytest.raises(errors.UploadOffsetError):
        _send(_begun(size=10), 0, bytes(11))


def test_database_refuses_more_than_the_size() -> None:
    upload = _begun(size=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartialUpload.objects.filter(pk=upload.pk).update(received=11)


def test_stranger_neither_sees_nor_goes_on_with_it() -> None:
    upload = _begun()
    with pytest.raises(errors.UploadMissingError):
        find_upload(upload_id=upload.id, by=MINH, now=utc_now())
    with pytest.raises(errors.UploadMissingError):
        _send(upload, 0, b"mine", by=MINH)


def test_beginning_again_gives_the_earlier_one_up_and_leaves_others_alone() -> None:
    earlier, others = _sent(1), _begun(by=MINH)
    _begun()
    with pytest.raises(errors.UploadMissingError):
        _send(earlier, PART_BYTES, b"late")
    assert not UploadPart.objects.exists()
    assert PartialUpload.objects.filter(pk=others.pk).exists()


def test_finished_upload_forgets_its_parts_and_remembers_what_it_became() -> None:
    upload, stored = _sent(), uuid7()
    commands.finish_upload(upload_id=upload.id, stored=stored)
    assert find_upload(upload_id=upload.id, by=HONG, now=utc_now()).stored == stored
    assert not UploadPart.objects.exists()


def test_upload_that_became_nothing_is_gone() -> None:
    commands.finish_upload(upload_id=_sent().id, stored=None)
    assert not PartialUpload.objects.exists()


def test_time_ends_an_upload(settings: Settings) -> None:
    upload, later = _sent(1), utc_now() + settings.VSSID_UPLOAD_LIFETIME + timedelta(minutes=1)
    with pytest.raises(errors.UploadMissingError):
        find_upload(upload_id=upload.id, by=HONG, now=later)
    assert commands.forget_uploads(now=utc_now()) == 0
    assert commands.forget_uploads(now=later) == 1
    assert not UploadPart.objects.exists()


def test_worker_forgets_what_is_old() -> None:
    upload = _sent(1)
    PartialUpload.objects.filter(pk=upload.pk).update(created_at=utc_now() - timedelta(days=1))
    tasks.forget(0)
    assert not PartialUpload.objects.exists()


# --- how much of one network ----------------------------------------------------------------------


def test_bytes_of_a_network_are_counted_and_not_what_was_declared(settings: Settings) -> None:
    settings.VSSID_UPLOADS_PER_NETWORK = 1
    for number in range(300):
        _begun(MOST, Somebody("visitor", f"v{number}"))
    assert _send(_begun(), 0, CONTENT[:PART_BYTES]).received == PART_BYTES


def test_full_network_waits_until_something_is_finished_or_given_up(settings: Settings) -> None:
    settings.VSSID_UPLOADS_PER_NETWORK = 1
    full = _begun(MOST, MINH)
    for offset in range(0, 1024 * 1024, PART_BYTES):
        full = _send(full, offset, bytes(PART_BYTES), MINH)
    with pytest.raises(errors.UploadsCrowdedError):
        _send(full, full.received, b"more", MINH)
    with pytest.raises(errors.UploadsCrowdedError):
        _begun()
    assert _begun(network="198.51.100.0/24")
    commands.finish_upload(upload_id=full.id, stored=uuid7())
    assert _begun().received == 0


def test_upload_that_is_given_up_makes_room(settings: Settings) -> None:
    settings.VSSID_UPLOADS_PER_NETWORK = 1
    full = _begun(MOST, MINH)
    for offset in range(0, 1024 * 1024 - PART_BYTES, PART_BYTES):
        full = _send(full, offset, bytes(PART_BYTES), MINH)
    assert _send(_begun(MOST, MINH), 0, CONTENT[:PART_BYTES], MINH).received == PART_BYTES
    assert _send(_begun(), 0, CONTENT[:PART_BYTES]).received == PART_BYTES


def test_network_is_kept_as_a_keyed_hash() -> None:
    assert "192.0.2" not in _begun().network
