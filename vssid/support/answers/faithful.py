"""Whether a phrasing by a service says what the answer says: no more, nothing turned round.

What cannot be proven to be the same is refused, and the plain answer stands.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

_LONGEST: Final = 900
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
# A phone or an account: eight digits and more, however they are parted.
_LONG_NUMBER: Final = re.compile(r"\+?\d(?:[ .-]?\d){7,}")
_LINK: Final = re.compile(
    r"://|\bwww\.|<|\S@\S|(?<!\S)/[a-z]|\b[\w-]+\.(?:vn|com|net|org|gov|info|io|me|app)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[«“\"]([^»”\"]+)[»”\"]")
_SHORTENED: Final = re.compile(r"\b[A-ZĐ]{2,}[\w-]*")
_LAW: Final = re.compile(
    r"\b(?:luật|nghị định|nghị quyết|thông tư|quyết định|công văn|pháp lệnh|điều \d|khoản \d|nđ|tt"
    r"|qđ|nq|laws?|decrees?|circulars?|resolutions?|articles?|clauses?|acts?)\b",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(
    r"\b(?:mươi|mười|trăm|nghìn|ngàn|triệu|tỷ|rưỡi|nửa|gấp đôi|gấp ba|phần trăm|dozen|hundred"
    r"|thousand|million|half|double|twice|percent|ten|twenty|thirty|forty|fifty|sixty)\b",
    re.IGNORECASE,
)
# Each turns a sentence round. The words of a kind stand for one another.
_TURNING: Final = {
    "not": r"không|chẳng|chả|đâu có|đếch|no|not|cannot|never|none|nor|neither|without|\w+n[’']t",
    "not yet": r"chưa|yet",
    "do not": r"đừng|chớ|cấm",
    "over": r"hết|thôi|ngừng|dừng|stops?|ends?|ended|stopped",
    "but": r"trừ|ngoại trừ|except|unless",
    "only": r"chỉ|duy nhất|only",
}
_TURNS: Final = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _TURNING.items()
}


def fault_of(text: str, passages: str, title: str = "") -> str:
    """Why a phrasing of an answer may not be shown; empty when it may.

    What is named may stand in the title too; what is denied has to be what the passages deny.
    """
    if not text or len(text) > _LONGEST:
        return "the reply is empty or too long"
    if _LINK.search(text):
        return "the reply holds an address or markup"
    for what, found in _NAMED.items():
        if found(text) - found(f"{title}\n{passages}"):
            return f"the reply mentions {what} that the answer has not"
    if _turns(text) != _turns(passages):
        return "the reply denies something else than the answer"
    return ""


def _found(pattern: re.Pattern[str]) -> Callable[[str], set[str]]:
    return lambda text: {" ".join(one.casefold().split()) for one in pattern.findall(text)}


def _long_numbers(text: str) -> set[str]:
    return {re.sub(r"\D", "", one) for one in _LONG_NUMBER.findall(text)}


_NAMED: Final[dict[str, Callable[[str], set[str]]]] = {
    "a figure": _found(_FIGURE),
    "a number": _long_numbers,
    "an amount": _found(_AMOUNT),
    "a screen": _found(_QUOTED),
    "a name": _found(_SHORTENED),
    "a law": _found(_LAW),
}


def _turns(text: str) -> Counter[str]:
    return Counter({name: len(found.findall(text)) for name, found in _TURNS.items()})
