"""Vietnam's two archipelagos, which open outlines leave out: their islands by name and place.

Degrees (WGS 84) to a few kilometres, from general geography: enough to draw and to name them.
"""

from dataclasses import dataclass
from typing import Final

Island = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Archipelago:
    """`name` as it is written on the map, at `latitude` and `longitude`; its commune of today."""

    name: str
    commune: str
    province: str
    latitude: float
    longitude: float
    islands: tuple[Island, ...]


ARCHIPELAGOS: Final = (
    Archipelago(
        name="Quần đảo Hoàng Sa",
        commune="20333",
        province="48",
        latitude=16.5,
        longitude=112.0,
        islands=(
            ("Đảo Hoàng Sa", 16.53, 111.61),
            ("Đảo Phú Lâm", 16.83, 112.34),
            ("Đảo Linh Côn", 16.67, 112.73),
            ("Đảo Tri Tôn", 15.78, 111.20),
            ("Đảo Quang Ảnh", 16.45, 111.51),
            ("Đảo Duy Mộng", 16.46, 111.71),
            ("Đảo Bạch Quy", 16.06, 111.76),
            ("Đảo Bắc", 16.96, 112.31),
        ),
    ),
    Archipelago(
        name="Quần đảo Trường Sa",
        commune="22736",
        province="56",
        latitude=9.7,
        longitude=113.9,
        islands=(
            ("Đảo Trường Sa", 8.64, 111.92),
            ("Đảo Song Tử Tây", 11.43, 114.33),
            ("Đảo Thị Tứ", 11.05, 114.28),
            ("Đảo Sơn Ca", 10.37, 114.48),
            ("Đảo Ba Bình", 10.38, 114.37),
            ("Đảo Nam Yết", 10.18, 114.37),
            ("Đảo Sinh Tồn", 9.89, 114.33),
            ("Đảo Sinh Tồn Đông", 9.90, 114.56),
            ("Đảo An Bang", 7.89, 112.92),
            ("Đảo Phan Vinh", 8.97, 113.70),
            ("Đảo Đá Tây", 8.86, 112.20),
            ("Đảo Trường Sa Đông", 8.93, 112.35),
        ),
    ),
)
