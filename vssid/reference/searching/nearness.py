"""«bệnh viện gần nhà», «nearest hospital»: what is asked for, and that it shall be near.

Nobody's place is in their words, so nearness is no name: it is asked of the device.
"""

import re
from typing import Final

from vssid.kernel.text import fold

_NEAR: Final = re.compile(
    r"\b(?:o )?(?:gan (?:day|toi|em|minh|ban|nhat)|quanh (?:day|toi|em|minh|nha)|gan nha"
    r"(?= *$| toi| em| minh| nhat| ban| o | thi | khong| ko|\?))"
    r"(?: (?:nhat|nha|toi|em|minh|ban|day))*\b"
    r"|\b(?:(?:the|my) )?(?:nearest|closest)(?: to)?(?: (?:me|my|here|home|house|place))*\b"
    r"|\b(?:near|close|next) ?(?:to )?(?:me|here|my (?:home|house|place)|by)\b|\bnearby\b"
)
_LONGEST: Final = 200


def without_nearness(text: str) -> tuple[str, bool]:
    """The text without words that only say «near me», and whether there were any.

    «bệnh viện gần nhà» is «bệnh viện», True; «gần nhà bè» names a place and stays. Words keep the
    accents they were typed with; of what is longer than any name nothing is taken out.
    """
    words = text.split()
    folded = [fold(word) for word in words]
    plain = " ".join(folded)
    if len(plain) > _LONGEST or not (found := list(_NEAR.finditer(plain))):
        return text, False
    kept, begin = [], 0
    for word, part in zip(words, folded, strict=True):
        end = begin + len(part)
        if not any(one.start() < end and begin < one.end() for one in found):
            kept.append(word)
        begin = end + 1
    ends = " " if text[-1:].isspace() and kept else ""
    return " ".join(kept) + ends, True
