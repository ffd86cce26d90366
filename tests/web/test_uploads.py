"""Uploads: never more of a file is kept than a photo may have, and the other fields stay."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadhandler import StopFutureHandlers

from vssid.web.ui.uploads import CappedUpload, CappedUploadHandler

CHUNK = bytes(64 * 1024)


@pytest.fixture(autouse=True)
def _cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_PHOTO_MAX_BYTES", 4 * len(CHUNK))


def _begun() -> CappedUploadHandler:
    handler = CappedUploadHandler()
    with pytest.raises(StopFutureHandlers):
        handler.new_file("portrait", "anh.jpg", "image/jpeg", None, None, {})
    return handler


def _sent(chunks: int) -> Any:
    handler = _begun()
    for count in range(chunks):
        handler.receive_data_chunk(CHUNK, count * len(CHUNK))
    return handler.file_complete(chunks * len(CHUNK))


@pytest.mark.parametrize("chunks", [0, 1, 4])
def test_file_within_the_cap_is_whole(chunks: int) -> None:
    with _sent(chunks) as file:
        assert file.read() == CHUNK * chunks
        assert not file.is_too_large


def test_rest_of_a_large_file_is_let_go_by_and_it_is_said() -> None:
    with _sent(800) as file:
        assert file.is_too_large
        assert file.size == 800 * len(CHUNK)
        assert len(file.read()) <= settings.VSSID_PHOTO_MAX_BYTES + len(CHUNK)


def test_broken_connection_leaves_no_file_behind() -> None:
    handler = _begun()
    handler.receive_data_chunk(CHUNK, 0)
    handler.upload_interrupted()
    assert isinstance(handler.file, CappedUpload)
    assert handler.file.closed


def test_connection_that_broke_before_any_file_is_no_failure() -> None:
    CappedUploadHandler().upload_interrupted()
