"""Whether somebody asks about another person's record, which their own does not answer."""

import re
from typing import Final

from vssid.kernel.text import fold

_KIN: Final = (
    "bo me|cha me|ong ba|anh em|chi em|ba xa|ong xa|con gai|con trai|con dau|con re|nguoi nha|nguoi"
    " than|nguoi yeu|hang xom|dong nghiep|nhan vien|ban than|me|ma|bo|ba|cha|tia|chong|vo|con|chau"
    "|ban|anh|chi|em|ong|co|chu|bac|di|cau|mo|sep"
)
_MINE: Final = "toi|tui|minh|em|e|mk|t|nha toi|nha minh|nha em"
# «mẹ tôi», «của chồng», «cho vợ», «thẻ bố», «mẹ đóng được mấy năm».
_OTHERS: Final = (
    re.compile(rf"\b(?:{_KIN}) (?:cua )?(?:{_MINE})\b"),
    re.compile(
        r"\b(?:cua|cho|ho|giup) (?:bo me|me|ma|bo|cha|chong|vo|con|chau|ong|ba|ban)\b"
        r"(?! (?:hoi|xin)\b)"
    ),
    re.compile(r"\b(?:the|so|bhxh|bhyt|ho so) (?:me|ma|bo|cha|chong|vo|chau)\b"),
    re.compile(r"^(?:me|ma|bo|cha|chong|vo)(?= (?:dong|da|duoc|dc|nghi|con|co|thang|bi)\b)"),
    re.compile(
        r"\bmy (?:mother|father|mom|mum|dad|parents?|wife|husband|son|daughter|child(?:ren)?|kids?"
        r"|friend|brother|sister|boss|employee|neighbou?r)\b"
    ),
)
# Without accents «Minh» and «ánh» read as people.
_NOBODY: Final = re.compile(r"\b(?:ho chi minh|phan anh)\b")
_MOST: Final = 2_000


def is_about_others(text: str) -> bool:
    """Whether the text names somebody else whose record is meant: «mẹ tôi đóng được bao lâu».

    In doubt yes: who is told how others are read can still ask about themselves.
    """
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(text[:_MOST])))
    meant = _NOBODY.sub(" ", plain)
    return any(pattern.search(meant) for pattern in _OTHERS)
