"""How people shorten what names spell out: data, without accents, one meaning each.

Both what is typed and what is searched are spelled out by it, so that «BV ĐK TP Vinh» and «bệnh
viện đa khoa thành phố Vinh» are the same words.
"""

from typing import Final

SHORT: Final[dict[str, str]] = {
    # what a place is
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "q": "quan",
    "h": "huyen",
    "p": "phuong",
    "f": "phuong",
    "x": "xa",
    "dk": "da khoa",
    "kcn": "khu cong nghiep",
    "kcx": "khu che xuat",
    # places
    "hn": "ha noi",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
    "sg": "sai gon",
    "brvt": "ba ria vung tau",
    "tth": "thua thien hue",
    # health facilities
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "dkkv": "da khoa khu vuc",
    "bvdkkv": "benh vien da khoa khu vuc",
    "ttyt": "trung tam y te",
    "ttytkv": "trung tam y te khu vuc",
    "tyt": "tram y te",
    "tytx": "tram y te xa",
    "tytp": "tram y te phuong",
    "tramyt": "tram y te",
    "pk": "phong kham",
    "pkdk": "phong kham da khoa",
    "kv": "khu vuc",
    "yhct": "y hoc co truyen",
    "phcn": "phuc hoi chuc nang",
    # social insurance
    "csbhxh": "bhxh co so",
    "cs": "co so",
    "bd": "buu dien",
    "ubnd": "uy ban nhan dan",
    # employers
    "cty": "cong ty",
    "ct": "cong ty",
    "ctcp": "cong ty co phan",
    "ctytnhh": "cong ty tnhh",
    "cp": "co phan",
    "mtv": "mot thanh vien",
    "dntn": "doanh nghiep tu nhan",
    "dn": "doanh nghiep",
    "htx": "hop tac xa",
    "hkd": "ho kinh doanh",
    "cn": "chi nhanh",
    "vp": "van phong",
    "vpdd": "van phong dai dien",
    "tm": "thuong mai",
    "dv": "dich vu",
    "tmdv": "thuong mai dich vu",
    "sx": "san xuat",
    "xd": "xay dung",
    "xnk": "xuat nhap khau",
    "nn": "nong nghiep",
    "dt": "dau tu",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "mn": "mam non",
    "dh": "dai hoc",
    "cd": "cao dang",
}

ENGLISH: Final[dict[str, str]] = {
    "social insurance office": "bhxh",
    "social insurance offices": "bhxh",
    "social security office": "bhxh",
    "insurance office": "bhxh",
    "social insurance": "bhxh",
    "social security": "bhxh",
    "health insurance": "bhyt",
    "office": "bhxh",
    "offices": "bhxh",
    "general hospital": "benh vien da khoa",
    "hospital": "benh vien",
    "hospitals": "benh vien",
    "health station": "tram y te",
    "health stations": "tram y te",
    "medical station": "tram y te",
    "health center": "trung tam y te",
    "health centers": "trung tam y te",
    "health centre": "trung tam y te",
    "health centres": "trung tam y te",
    "medical center": "trung tam y te",
    "medical centre": "trung tam y te",
    "polyclinic": "phong kham da khoa",
    "clinic": "phong kham",
    "clinics": "phong kham",
    "post office": "buu dien",
    "post offices": "buu dien",
    "company": "cong ty",
}
"""How those say it who read the pages in English; a longer phrase comes before a shorter one."""

LONG: Final[dict[str, str]] = {
    **ENGLISH,
    "bao hiem xa hoi": "bhxh",
    "bao hiem y te": "bhyt",
    "trach nhiem huu han": "tnhh",
    "tt y te": "ttyt",
    "ban me thuot": "buon ma thuot",
}
"""What is written in full so seldom that its short form stands for it, and other spellings."""
