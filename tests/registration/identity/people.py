"""Invented people, and what their invented papers would say in a QR code and in an MRZ.

Names are put together from common syllables and numbers are drawn: whoever is called so is called
so by chance. The MRZ is written here a second time, apart from the product's parser, so that one
mistake does not hide another.
"""

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Lý"]
MIDDLE = {
    "M": ["Văn", "Hữu", "Đức", "Minh", "Quốc", "Xuân"],
    "F": ["Thị", "Ngọc", "Kim", "Thu"],
}
GIVEN = {
    "M": ["Kiên", "Dũng", "Phước", "Quý", "Hải", "Sơn", "Trường", "Vỹ", "Bảo", "Đạt"],
    "F": ["Hạnh", "Yến", "Thắm", "Quỳnh", "Lượng", "Mỹ", "Xuyến", "Oanh", "Diệu", "Hoà"],
}
FOREIGN = [
    ("KRTEK", "ZDENKA BOZENA", "CZE"),
    ("SUKARNADI", "", "IDN"),
    ("OKONKWO BELLO", "QUINCY XAVIER", "NGA"),
    ("VANDERHOEVEN GRASSHOFF", "WILHELMINA JOZEFINA", "NLD"),
    ("KEOMANY", "SOUKSAVANH", "LAO"),
    ("PARKWAY", "JULIAN", "GBR"),
]
PLACES = ["Tổ 5, Phú Diễn", "Thôn Đoài, Nam Hồng", "Số 12, ngõ 3, Khương Đình", "Ấp 4, Tân Thạnh"]
TOWNS = ["Bắc Từ Liêm, Hà Nội", "Đông Anh, Hà Nội", "Thanh Xuân, Hà Nội", "Châu Thành, Bến Tre"]


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist; `surname` and `given` are the parts that an MRZ keeps apart."""

    full_name: str
    surname: str
    given: str
    sex: str
    born_on: date
    number: str
    old_number: str
    address: str
    issued_on: date
    nationality: str = "VNM"
    passport: str = ""

    @property
    def expires_on(self) -> date:
        return self.issued_on.replace(day=1, year=self.issued_on.year + 10)


def citizen(chance: random.Random) -> Invented:
    """A Vietnamese adult with a personal number that fits them, often with an old CMND number."""
    sex = chance.choice("MF")
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(365 * 72))
    surname = chance.choice(SURNAMES)
    words = [chance.choice(MIDDLE[sex]), chance.choice(GIVEN[sex])]
    if chance.random() < 0.3:
        words.insert(1, chance.choice(GIVEN[sex]))
    century = (2 if born.year >= 2000 else 0) + (sex == "F")
    number = f"0{chance.choice('01234567')}{chance.choice('12468')}{century}{born.year % 100:02d}"
    return Invented(
        full_name=" ".join([surname, *words]),
        surname=surname,
        given=" ".join(words),
        sex=sex,
        born_on=born,
        number=number + f"{chance.randrange(10**6):06d}",
        old_number=f"{chance.randrange(10**8, 10**9)}" if chance.random() < 0.6 else "",
        address=f"{chance.choice(PLACES)}, {chance.choice(TOWNS)}",
        issued_on=date(2021, 3, 1) + timedelta(days=chance.randrange(1600)),
        passport=f"{chance.choice('BCEP')}{chance.randrange(10**7):07d}",
    )


def foreigner(chance: random.Random) -> Invented:
    """Somebody from abroad, whose passport has letters and digits as they come."""
    surname, given, nationality = chance.choice(FOREIGN)
    signs = "ABCDEFGHJKLMNPRTUVWXY0123456789"
    return Invented(
        full_name=f"{surname} {given}".strip(),
        surname=surname,
        given=given,
        sex=chance.choice("MF<"),
        born_on=date(1940, 1, 1) + timedelta(days=chance.randrange(365 * 65)),
        number="",
        old_number="",
        address="",
        issued_on=date(2021, 3, 1) + timedelta(days=chance.randrange(1600)),
        nationality=nationality,
        passport="".join(chance.choice(signs) for _ in range(8)) + str(chance.randrange(10)),
    )


def qr_of_cccd(who: Invented) -> str:
    """The seven fields of the chip card of 2021."""
    return "|".join(
        [
            who.number,
            who.old_number,
            who.full_name,
            f"{who.born_on:%d%m%Y}",
            "Nữ" if who.sex == "F" else "Nam",
            who.address,
            f"{who.issued_on:%d%m%Y}",
        ]
    )


def qr_of_can_cuoc(who: Invented, chance: random.Random) -> str:
    """The same seven, then parents and what else the paper of 2024 has, often empty."""
    parents = [citizen(chance).full_name if chance.random() < 0.7 else "" for _ in range(2)]
    return qr_of_cccd(who) + "|" + "|".join(parents) + "||"


def td1(who: Invented) -> tuple[str, str, str]:
    """The three lines on the back of a CCCD or căn cước."""
    paper = who.number[-9:]
    upper = f"IDVNM{paper}{digit(paper)}{who.number}<<{digit(who.number)}"
    born, ends = f"{who.born_on:%y%m%d}", f"{who.expires_on:%y%m%d}"
    lower = f"{born}{digit(born)}{who.sex}{ends}{digit(ends)}"
    whole = digit(upper[5:] + born + digit(born) + ends + digit(ends))
    middle = f"{lower}{who.nationality}".ljust(29, "<") + whole
    return upper, middle, names(who, 30)


def td3(who: Invented) -> tuple[str, str]:
    """The two lines of a passport; a Vietnamese one carries the personal number as well."""
    paper, born = who.passport.ljust(9, "<"), f"{who.born_on:%y%m%d}"
    ends = f"{who.expires_on:%y%m%d}"
    extra = who.number.ljust(14, "<")
    head = f"{paper}{digit(paper)}"
    tail = f"{ends}{digit(ends)}{extra}{digit(extra) if who.number else '<'}"
    whole = digit(f"{head}{born}{digit(born)}{tail}")
    lower = f"{head}{who.nationality}{born}{digit(born)}{who.sex}{tail}{whole}"
    return f"P<{who.nationality}{names(who, 39)}", lower


def names(who: Invented, length: int) -> str:
    """Surname, two fillers, given names; cut off where the line ends."""
    surname, given = (plain(part).replace(" ", "<") for part in (who.surname, who.given))
    whole = f"{surname}<<{given}" if given else surname
    return whole[:length].ljust(length, "<")


def plain(text: str) -> str:
    """Capitals without marks, as ICAO Doc 9303 writes Vietnamese names."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).upper()


def digit(signs: str) -> str:
    """The check digit of ICAO Doc 9303, part 3: weights 7, 3, 1."""
    values = (0 if sign == "<" else int(sign, 36) for sign in signs)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)
