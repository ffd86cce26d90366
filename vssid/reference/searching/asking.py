"""«cơ quan nào ở Thanh Trì», «where is the office of District 1»: words around a name or a code.

Each of them can be a part of a name («Ô Môn»), so they are left out only where nothing has all that
was typed: first those that can hardly be one, then those that seldom are one, then all.
"""

import re
from collections.abc import Iterator
from typing import Final

from vssid.kernel.text import fold

_HARDLY_A_NAME: Final = (
    r"co quan(?: bao hiem(?: xa hoi)?| bhxh)?|dai ly(?: thu)?|diem thu|noi thu|dia chi|sdt|dt"
    r"|so (?:dien thoai|may|dt)|(?:xin|cho(?: em| toi| minh| chau| con)?) hoi|o (?:dau|cho nao)"
    r"|(?:ben|cho|noi|duong|cai) nao|(?:o|thuoc|tai|cho) nha (?:toi|minh|em)|thi (?:den|ra) dau"
    r"|(?:toi|minh|em|chau|con|bac) (?:dang )?(?:song |lam )?o|nao o|den dau|la gi|giup|gium"
    r"|(?:xin |lay |cap )?giay nghi(?: om| benh)?(?: viec)?(?: huong)?(?: bhxh)?|dang ky kham"
    r"|kham ban dau|(?:dong|nop|mua|thu) (?:tien |bhyt |bhxh |bao hiem |tu nguyen |ho so )+"
    r"|ho gia dinh|nop o dau|(?:bay gio|gio|hien nay|nay) (?=o |thuoc|nop|den|la |lam|chuyen|doi)"
    r"|(?:chuyen|doi|don) (?:ve|di|den|sang)(?: dau)?|thuoc bhxh(?: nao)?|thu tuc|tra cuu|ban do"
    r"|danh sach|kham chua benh|nhan the|(?:duoc|dc|co) (?:khong|ko|k)|lam viec"
    r"|where(?: is|s| are)?|which|what|find|address|phone|number|of|the|near(?:est)?(?: to)?"
    r"|takes?|accepts?|card"
)
_SELDOM: Final = (
    rf"{_HARDLY_A_NAME}|bao hiem(?: y te| xa hoi)?(?: tu nguyen)?|bhyt|bhxh tu nguyen|tu nguyen"
    r"|nam (?:o )?(?:dau|cho nao)|nam o|nao|dau|o|gan|gio|tai|thuoc|thi(?! xa| tran)|la|cua|co"
    r"|khong|ko|k|nhe|a|vay|duoc|dc|gi|roi|noi|cu|is|are|in|at|for|my"
)
_AROUND: Final = (
    rf"{_SELDOM}|canh|lam|ben|toi|minh|em|chau|con|bac|nha|dang|song|muon|can|phai|hay|den|ra"
    r"|di|tim|kiem|xem|hoi|mua|nop|kham|nhan|cap|thay|biet|mo|moi|voi|ad|oi|gap|hong|hok|any|there"
)
_ASKING: Final = tuple(re.compile(rf"\b(?:{one})\b") for one in (_HARDLY_A_NAME, _SELDOM, _AROUND))
# What an area was changes: a huyện became a thị xã, a thị xã a thành phố. A numbered one keeps it.
_OF_AREA: Final = re.compile(r"\b(?:thi xa|thanh pho|huyen|quan|tx|tp)\b(?= [^\W\d])")
_MARKS: Final = re.compile(r"[?!.,;:]+(?=\s|$)")
_LONGEST: Final = 200
_DIGITS_OF_A_CODE: Final = 3


def without_asking(text: str) -> Iterator[str]:
    """What may be left to be a name, as it was typed, the longer first; then what may be a code.

    None where that is all. Of what is longer than any question nothing is left out.
    """
    words = _MARKS.sub(" ", text).split()
    plain = " ".join(map(fold, words))
    if len(plain) > _LONGEST:
        return
    before = words
    for asking in _ASKING:
        kept = _kept(words, asking)
        if kept and kept != before:
            # Nothing more is being typed where the question goes on behind the name.
            is_open = kept[-1] == words[-1] and not text[-1:].isspace()
            yield " ".join(kept) + ("" if is_open else " ")
        before = kept
    codes = [word for word in (one.replace(".", "") for one in words) if _may_be_code(word)]
    if len(codes) == 1 and codes != words:
        yield codes[0]


def without_kinds_of_area(text: str) -> str:
    """«thị xã Thuận An» without what it was; the same text where that is not said."""
    words = text.split()
    ends = " " if text[-1:].isspace() else ""
    return " ".join(_kept(words, _OF_AREA)) + ends if _OF_AREA.search(fold(text)) else text


def is_asking(text: str) -> bool:
    """Whether it has words that can hardly be a name."""
    return _ASKING[0].search(fold(text[:_LONGEST])) is not None


def is_only_asking(text: str) -> bool:
    """Whether nothing of it can be a name: «cơ quan nào ở đâu»."""
    return not _kept(_MARKS.sub(" ", text).split(), _ASKING[-1])


def _may_be_code(word: str) -> bool:
    return word.isalnum() and sum(sign.isdigit() for sign in word) >= _DIGITS_OF_A_CODE


def _kept(words: list[str], asking: re.Pattern[str]) -> list[str]:
    folded = [fold(word) for word in words]
    left_out: set[int] = set()
    for found in asking.finditer(" ".join(folded)):
        left_out.update(range(*found.span()))
    kept, begin = [], 0
    for word, part in zip(words, folded, strict=True):
        if not left_out.issuperset(range(begin, begin + len(part))):
            kept.append(word)
        begin += len(part) + 1
    return kept
