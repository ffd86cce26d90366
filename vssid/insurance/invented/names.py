"""Vietnamese names by region, sex and time, put together by chance."""

from random import Random

_KINH_SURNAMES: dict[str, tuple[str, ...]] = {
    "north": (
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi",
        "Đặng", "Ngô", "Dương", "Đào", "Đoàn", "Trịnh",
    ),
    "central": (
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Hồ",
        "Đinh", "Trương", "Mai", "Cao", "Tạ", "Thái",
    ),
    "south": (
        "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Trương",
        "Lâm", "Lý", "Châu", "Bùi", "Kiều", "Mạc",
    ),
}  # fmt: skip
_SURNAME_WEIGHTS = (38, 12, 10, 7, 6, 5, 5, 4, 3, 3, 2, 2, 2, 1)

_OTHER_SURNAMES: dict[str, tuple[str, ...]] = {
    "Tày": ("Nông", "Hoàng", "Bế", "Lương", "Ma"),
    "Thái": ("Lò", "Quàng", "Cầm", "Lường", "Cà"),
    "Mường": ("Bùi", "Quách", "Đinh", "Phạm", "Hà"),
    "Nùng": ("Lương", "Hoàng", "Vi", "Lý", "Triệu"),
    "Khmer": ("Thạch", "Sơn", "Danh", "Kim", "Lâm"),
    "Chăm": ("Thiên", "Quảng", "Đàng", "Thành", "Bá"),
}
_OTHERS_BY_REGION: dict[str, tuple[str, ...]] = {
    "north": ("Tày", "Thái", "Mường", "Nùng"),
    "central": ("Thái", "Mường", "Chăm"),
    "south": ("Khmer", "Chăm"),
}

_OLD_MIDDLES = {"M": ("Văn", "Văn", "Văn", "Hữu", "Đình", "Xuân"), "F": ("Thị", "Thị", "Thị")}
_NEW_MIDDLES: dict[str, tuple[str, ...]] = {
    "M": ("Văn", "Đức", "Quang", "Minh", "Tuấn", "Gia", "Anh", "Hoàng", "Duy", "Thành"),
    "F": ("Thị", "Thu", "Ngọc", "Thanh", "Minh", "Khánh", "Bảo", "Phương", "Quỳnh", "Hà"),
}
_OLD_GIVEN: dict[str, tuple[str, ...]] = {
    "M": (
        "Hùng", "Thắng", "Bình", "Dũng", "Sơn", "Hải", "Lợi", "Tâm",
        "Khoa", "Thành", "Hòa", "Tiến", "Quý", "Lực", "Mạnh",
    ),
    "F": (
        "Lan", "Hoa", "Hồng", "Cúc", "Mai", "Nga", "Hạnh", "Liên",
        "Thủy", "Loan", "Hiền", "Tuyết", "Xuân", "Nhàn", "Bích",
    ),
}  # fmt: skip
_NEW_GIVEN: dict[str, tuple[str, ...]] = {
    "M": (
        "Khang", "Bảo", "Nam", "Long", "Huy", "Khôi", "An", "Phong",
        "Đạt", "Hiếu", "Kiên", "Tú", "Vinh", "Nhân", "Thịnh",
    ),
    "F": (
        "Linh", "Trang", "Anh", "Ngân", "Vy", "Hân", "Thảo", "My",
        "Chi", "Yến", "Nhi", "Châu", "Giang", "Trâm", "Thư",
    ),
}  # fmt: skip
_NEW_NAMES_SINCE = 1985

_STREETS: tuple[str, ...] = (
    "Hoa Phượng", "Bằng Lăng", "Hoa Sữa", "Cây Bàng", "Bến Đò", "Giếng Làng", "Chợ Mới", "Sông Con",
    "Đồi Thông", "Vườn Cau",
)  # fmt: skip


def region_of(province: str) -> str:
    """The part of the country of a province code: north, central or south."""
    if province <= "37":
        return "north"
    return "central" if province <= "68" else "south"


def pick_ethnicity(rng: Random, region: str, wage_region: int) -> str:
    """Kinh for most; one in four another people in the poorest wage region."""
    if rng.random() < (0.75 if wage_region == 4 else 0.97):
        return "Kinh"
    return rng.choice(_OTHERS_BY_REGION[region])


def pick_surname(rng: Random, region: str, ethnicity: str) -> str:
    """A surname usual for a people and a region."""
    if ethnicity == "Kinh":
        return rng.choices(_KINH_SURNAMES[region], _SURNAME_WEIGHTS)[0]
    return rng.choice(_OTHER_SURNAMES[ethnicity])


def full_name(rng: Random, surname: str, sex: str, born_in: int) -> str:
    """A whole name in the fashion of a year of birth."""
    if born_in < _NEW_NAMES_SINCE:
        middles, givens = _OLD_MIDDLES[sex], _OLD_GIVEN[sex]
    else:
        middles, givens = _NEW_MIDDLES[sex], _NEW_GIVEN[sex]
    middle, given = rng.choice(middles), rng.choice(givens)
    while given == middle:
        given = rng.choice(givens)
    return f"{surname} {middle} {given}"


def street_line(rng: Random, region: str, wage_region: int) -> str:
    """The typed line of an address, without commune and province."""
    if wage_region <= 2:
        return f"Số {rng.randint(1, 240)}, đường {rng.choice(_STREETS)}"
    hamlet = "ấp" if region == "south" else "thôn"
    return f"Tổ {rng.randint(1, 12)}, {hamlet} {rng.choice(_STREETS)}"
