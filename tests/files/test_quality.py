"""Photos that cannot be read are noticed, and good ones are left in peace (guides R04)."""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.files import shots
from tests.files.specimens import encoded
from vssid.files.quality import Finding, Subject, judge
from vssid.web.demo import portraits

SUBJECTS = {shots.card: Subject.PAPER, shots.portrait: Subject.PERSON}
# The seed of every picture; other ones than those by which the limits were chosen.
GOOD, BAD = range(1000, 1040), range(2000, 2012)
SPOILT = [
    (shots.card, shots.defocused, Finding.BLURRY),
    (shots.card, shots.shaken, Finding.BLURRY),
    (shots.card, shots.dark, Finding.DARK),
    (shots.card, shots.overexposed, Finding.OVEREXPOSED),
    (shots.card, shots.glaring, Finding.GLARE),
    (shots.portrait, shots.defocused, Finding.BLURRY),
    (shots.portrait, shots.shaken, Finding.BLURRY),
    (shots.portrait, shots.dark, Finding.DARK),
    (shots.portrait, shots.overexposed, Finding.OVEREXPOSED),
    (shots.portrait, shots.glaring, Finding.GLARE),
]
Scene = Callable[[Random], Image.Image]


@cache
def _judged(scene: Scene, spoil: shots.Spoil, seed: int) -> tuple[Finding, ...]:
    return judge(shots.taken(scene, spoil, seed), SUBJECTS[scene])


def test_at_least_nine_of_ten_bad_photos_are_noticed() -> None:
    found = [bool(_judged(scene, spoil, seed)) for scene, spoil, _ in SPOILT for seed in BAD]
    assert len(found) == 120
    assert sum(found) >= 0.9 * len(found)


def test_at_most_one_of_twenty_good_photos_is_questioned() -> None:
    found = [bool(_judged(scene, shots.good, seed)) for scene in SUBJECTS for seed in GOOD]
    assert len(found) == 80
    assert sum(found) <= 0.05 * len(found)


@pytest.mark.parametrize(("scene", "spoil", "finding"), SPOILT)
def test_reason_is_named_in_each_kind(scene: Scene, spoil: shots.Spoil, finding: Finding) -> None:
    named = [finding in _judged(scene, spoil, seed) for seed in BAD]
    assert sum(named) >= 0.8 * len(named)


@pytest.mark.parametrize("place", [(0.16, 0.25), (0.84, 0.3), (0.5, 0.08), (0.2, 0.8)])
def test_lamp_behind_a_face_is_not_asked_about(place: tuple[float, float]) -> None:
    def behind(shot: Image.Image, _random: Random) -> Image.Image:
        return shots.lamp(shot, (place[0] * shot.width, place[1] * shot.height), 0.1 * shot.width)

    assert Finding.GLARE not in judge(shots.taken(shots.portrait, behind, 1), Subject.PERSON)


def test_plain_ground_does_not_hide_a_blurred_card() -> None:
    sharp = Image.new("RGB", (1280, 960), (96, 66, 44))
    blurred = shots.of_seed(shots.card, 3).resize((640, 480)).filter(ImageFilter.BoxBlur(5))
    sharp.paste(blurred, (320, 240))
    assert Finding.BLURRY in judge(encoded(sharp, "JPEG"), Subject.PAPER)


def test_white_print_that_ends_at_once_is_no_glare() -> None:
    card = shots.of_seed(shots.card, 5)
    draw = ImageDraw.Draw(card)
    draw.rectangle((380, 260, 520, 400), fill="white")
    assert judge(encoded(card, "JPEG"), Subject.PAPER) == ()


def test_scanned_sheet_is_not_overexposed() -> None:
    sheet = Image.new("RGB", (1000, 1400), "white")
    draw = ImageDraw.Draw(sheet)
    for row in range(30):
        draw.text((120, 100 + row * 40), "GIAY KHAI SINH MAU " * 3, fill="black", font_size=26)
    assert judge(encoded(sheet, "JPEG"), Subject.PAPER) == ()


@pytest.mark.parametrize("colour", ["white", "black", (120, 120, 120)])
def test_nothing_at_all_is_not_a_good_photo(colour: object) -> None:
    assert judge(encoded(Image.new("RGB", (400, 600), colour), "JPEG"), Subject.PERSON)  # type: ignore[arg-type]


def test_least_size_is_judged_as_well() -> None:
    assert isinstance(judge(encoded(Image.new("RGB", (200, 200)), "JPEG"), Subject.PAPER), tuple)


def test_invented_people_of_the_demo_are_not_questioned() -> None:
    assert judge(portraits.portrait("0198000001"), Subject.PERSON) == ()
    assert judge(portraits.paper("CAN CUOC", ("MAU",)), Subject.PAPER) == ()
