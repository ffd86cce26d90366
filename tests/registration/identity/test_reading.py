"""Photos are read in a process of its own, which may fail without harm."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.registration.identity.judging import TODAY
from tests.registration.identity.specimens import Side, Specimen, State, take
from vssid.registration.identity import examining, reading
from vssid.registration.identity.reading import Reading, Texts, read_paper, understand

FRONT = take(Specimen(Side.CCCD_FRONT, State.READABLE, 0))
BACK = take(Specimen(Side.CAN_CUOC_BACK, State.READABLE, 1))


def test_both_sides_of_one_paper_make_one_reading() -> None:
    blank = take(Specimen(Side.CCCD_FRONT, State.FORGED, 0))
    found = read_paper([blank.jpeg, BACK.jpeg], today=TODAY)
    assert found.qr
    assert found.mrz
    assert (found.qr.number, found.mrz.personal_number) == (BACK.who.number, BACK.who.number)
    assert found.texts == Texts(qr=BACK.qr, mrz="\n".join(BACK.mrz))
    assert understand(found.texts, today=TODAY) == found


def test_two_papers_are_told_by_their_two_codes() -> None:
    found = read_paper([FRONT.jpeg, BACK.jpeg], today=TODAY)
    assert found.qr
    assert found.qr.number == FRONT.who.number
    assert found.against == (BACK.who.number,)
    assert found.birth_date is None


@pytest.mark.parametrize(
    "photo",
    [b"", b"\xff\xd8\xff", b"GIF89a", FRONT.jpeg[:4000], b'{"seconds": 1}\n'],
    ids=["empty", "signature", "gif", "cut", "json"],
)
def test_what_is_no_photo_is_said_to_be_cut_short(photo: bytes) -> None:
    assert read_paper([photo], today=TODAY) == Reading(was_cut_short=True)


@pytest.mark.parametrize(
    "error", [subprocess.TimeoutExpired("", 1), subprocess.CalledProcessError(-9, ""), OSError()]
)
def test_a_process_that_dies_is_cut_short(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_args: object, **_kwargs: object) -> None:
        raise error

    monkeypatch.setattr(reading.subprocess, "run", run)
    assert read_paper([FRONT.jpeg], today=TODAY) == Reading(was_cut_short=True)


def test_the_process_is_given_limits_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def run(_program: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        given.update(options)
        return subprocess.CompletedProcess([], 0, stdout=b"[]")

    monkeypatch.setattr(reading.subprocess, "run", run)
    assert read_paper([], today=TODAY) == Reading()
    assert given["env"] == {"LANG": "C.UTF-8"}
    assert given["timeout"] == 2 * reading.SECONDS_PER_PHOTO


@pytest.mark.parametrize("answer", ["", "{}", "[1]", '[{"qr": "x"}]', "null"])
def test_an_answer_that_is_none_is_cut_short(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], 0, stdout=answer.encode())
    monkeypatch.setattr(reading.subprocess, "run", lambda *_args, **_kwargs: done)
    assert read_paper([FRONT.jpeg], today=TODAY) == Reading(was_cut_short=True)


def test_what_the_process_says_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said = '[{"qr": "not|a|paper", "mrz": "P<VNM"}]'
    done = subprocess.CompletedProcess([], 0, stdout=said.encode())
    monkeypatch.setattr(reading.subprocess, "run", lambda *_args, **_kwargs: done)
    assert read_paper([FRONT.jpeg], today=TODAY) == Reading()


def test_a_larger_picture_than_any_stored_one_is_not_decoded() -> None:
    assert examining.MAX_SIDE >= 1600
    out = io.BytesIO()
    Image.new("L", (examining.MAX_SIDE + 1, 100)).save(out, "JPEG")
    with pytest.raises(ValueError, match="smaller"):
        examining.pixels(out.getvalue())


def test_pages_never_load_the_models() -> None:
    """Whoever imports what pages need has neither decoder in memory."""
    program = (
        "import sys, vssid.registration.identity.reading, vssid.registration.identity.comparing;"
        "print(sorted({'onnxruntime', 'cv2', 'zxingcpp', 'rapidocr', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        cwd=Path(settings.BASE_DIR),
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout.strip() == "[]"
