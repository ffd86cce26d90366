"""Names as people type them: no accents, short forms, words in another order, a slip."""

import random
import re
from collections.abc import Callable
from typing import Final

from vssid.kernel.text import fold
from vssid.reference.searching.abbreviations import SHORT

Damage = Callable[[list[str], random.Random], list[str]]

_TELEX: Final = {"â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_LONGEST_FIRST: Final = sorted(SHORT.items(), key=lambda pair: -len(pair[1]))
_KEYS: Final = "abcdeghiklmnopqrstuvxy"
_FACILITY: Final = re.compile(r"(?:benh vien|trung tam y te|tram y te|phong kham)\b")
# A numbered one keeps its kind: nobody says «trung tâm y tế 1».
_AREA: Final = re.compile(
    r"\b(?:thanh pho|thi xa|thi tran|dac khu|tinh|quan|huyen|phuong|xa) (?!\d)"
)
_KINDS: Final = {
    "benh vien": ("bv", "bvdk", "benh vien", "bệnh viện", "bv đa khoa"),
    "trung tam y te": ("ttyt", "tt y te", "trung tam y te", "trung tâm y tế"),
    "tram y te": ("tyt", "tram y te", "trạm y tế", "tram yte"),
    "phong kham": ("pk", "phong kham", "phòng khám"),
}


def damaged(name: str, chance: random.Random) -> str:
    """One to three damages, one of them a slip in two of three; digits stay as they are."""
    words = name.split()
    for damage in chance.sample(_DAMAGES, chance.randint(1, 2)):
        words = damage(words, chance)
    if chance.random() < 2 / 3:
        words = _with_slip(words, chance)
    return " ".join(words)


def bare(name: str) -> str:
    """A name as it is said: «benh vien nghe an», without «đa khoa» and what its area is."""
    plain = fold(name)
    if not _FACILITY.match(plain):
        return plain
    return _AREA.sub("", plain.replace(" da khoa", "", 1), count=1)


def said(name: str, chance: random.Random) -> str:
    """The same with one of the forms that people have for the kind: «bv nghe an»."""
    plain = bare(name)
    kind = next((one for one in _KINDS if plain.startswith(one)), "")
    return chance.choice(_KINDS[kind]) + plain.removeprefix(kind) if kind else plain


def _said(words: list[str], chance: random.Random) -> list[str]:
    return said(" ".join(words), chance).split()


def _plain(words: list[str], _chance: random.Random) -> list[str]:
    return fold(" ".join(words)).split()


def _shortened(words: list[str], _chance: random.Random) -> list[str]:
    text = f" {fold(' '.join(words))} "
    for short, long in _LONGEST_FIRST:
        if len(long.split()) > 1:
            text = text.replace(f" {long} ", f" {short} ", 1)
    return text.split()


def _turned(words: list[str], chance: random.Random) -> list[str]:
    """The end first, as in «Thanh Trì bệnh viện»."""
    place = chance.randint(1, max(1, len(words) - 1))
    return [*words[place:], *words[:place]]


def _telex(words: list[str], _chance: random.Random) -> list[str]:
    """Typed with the keys of Telex for letters, without tones, as on a keyboard left in English."""
    return [_keys(word.lower()) for word in words]


def _loud(words: list[str], _chance: random.Random) -> list[str]:
    return " ".join(words).upper().replace("-", " ").split()


def _keys(word: str) -> str:
    plain = fold(word)
    return "".join(
        _TELEX.get(letter, bare) if len(plain) == len(word) else bare
        for letter, bare in zip(word, plain, strict=False)
    )


def _with_slip(words: list[str], chance: random.Random) -> list[str]:
    """One letter too many, too few, another one, or two that changed places."""
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return words
    place = chance.choice(long)
    word = words[place]
    at = chance.randint(1, len(word) - 2)
    key = chance.choice(_KEYS)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + key + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return [*words[:place], chance.choice(slips), *words[place + 1 :]]


_DAMAGES: Final[tuple[Damage, ...]] = (_plain, _shortened, _turned, _telex, _loud, _said)
