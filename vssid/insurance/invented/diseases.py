"""What people come to a doctor with, and what it costs: data for invented visits.

ICD-10 codes are those of the Ministry of Health's list. Services and drugs bear codes of our own
(KB, GB, XN, CD, PT, TH, VT and a number), and prices are of a plausible size, not a price list.
"""

from dataclasses import dataclass

OUTPATIENT, INPATIENT = "outpatient", "inpatient"
_HOSPITAL_ONLY = frozenset({"CD.05", "CD.06", "PT.01", "PT.02", "PT.03", "PT.05"})


@dataclass(frozen=True, slots=True)
class Item:
    """A service, drug or material with its price in đồng; uncovered ones the patient pays."""

    code: str
    name: str
    unit: str
    price: int
    covered: bool = True


@dataclass(frozen=True, slots=True)
class Disease:
    """A diagnosis: for which sex ("" = both) and ages, how often, and which items belong to it.

    `items` are taken from with quantities up to `most`; `days` is the longest stay (0 = none).
    """

    code: str
    name: str
    department: str
    ages: tuple[int, int]
    weight: int
    items: tuple[str, ...]
    sex: str = ""
    days: int = 0
    most: int = 20

    @property
    def needs_hospital(self) -> bool:
        """Whether a commune's station cannot treat it: a bed, surgery, endoscopy or scan."""
        return self.days > 0 or not _HOSPITAL_ONLY.isdisjoint(self.items)


ITEMS: dict[str, Item] = {
    item.code: item
    for item in (
        Item("KB.01", "Khám bệnh", "Lần", 45_000),
        Item("GB.01", "Ngày giường bệnh nội khoa", "Ngày", 212_000),
        Item("GB.02", "Ngày giường bệnh ngoại khoa, sản khoa", "Ngày", 256_000),
        Item("GB.03", "Chênh lệch giường theo yêu cầu", "Ngày", 150_000, covered=False),
        Item("XN.01", "Tổng phân tích tế bào máu ngoại vi", "Lần", 47_500),
        Item("XN.02", "Định lượng Glucose máu", "Lần", 22_000),
        Item("XN.03", "Định lượng HbA1c", "Lần", 103_000),
        Item("XN.04", "Tổng phân tích nước tiểu", "Lần", 28_000),
        Item("XN.05", "Định lượng Cholesterol toàn phần", "Lần", 27_800),
        Item("XN.06", "Điện giải đồ", "Lần", 30_000),
        Item("CD.01", "Chụp X-quang số hóa một phim", "Lần", 68_300),
        Item("CD.02", "Siêu âm ổ bụng", "Lần", 49_300),
        Item("CD.03", "Điện tim thường", "Lần", 36_800),
        Item("CD.04", "Siêu âm thai", "Lần", 49_300),
        Item("CD.05", "Nội soi dạ dày", "Lần", 255_000),
        Item("CD.06", "Chụp cắt lớp vi tính", "Lần", 536_000),
        Item("PT.01", "Đỡ đẻ thường ngôi chỏm", "Lần", 736_000),
        Item("PT.02", "Phẫu thuật cắt ruột thừa", "Lần", 2_654_000),
        Item("PT.03", "Nắn, bó bột gãy xương cẳng tay", "Lần", 348_000),
        Item("PT.04", "Nhổ răng", "Lần", 110_000),
        Item("PT.05", "Phẫu thuật đục thủy tinh thể", "Lần", 2_690_000),
        Item("TH.01", "Paracetamol 500 mg", "Viên", 480),
        Item("TH.02", "Amoxicilin 500 mg", "Viên", 1_150),
        Item("TH.03", "Amlodipin 5 mg", "Viên", 650),
        Item("TH.04", "Metformin 850 mg", "Viên", 720),
        Item("TH.05", "Omeprazol 20 mg", "Viên", 540),
        Item("TH.06", "Oresol", "Gói", 1_900),
        Item("TH.07", "Salbutamol khí dung", "Ống", 4_600),
        Item("TH.08", "Cefotaxim 1 g", "Lọ", 14_500),
        Item("TH.09", "Meloxicam 7,5 mg", "Viên", 610),
        Item("TH.10", "Loratadin 10 mg", "Viên", 420),
        Item("TH.11", "Sắt và acid folic", "Viên", 790),
        Item("TH.12", "Natri clorid 0,9 % 500 ml", "Chai", 8_400),
        Item("TH.13", "Atorvastatin 10 mg", "Viên", 780),
        Item("VT.01", "Vật tư ngoài phạm vi quyền lợi", "Bộ", 185_000, covered=False),
    )
}

DISEASES: tuple[Disease, ...] = (
    Disease("J06.9", "Nhiễm khuẩn đường hô hấp trên cấp", "Khoa Khám bệnh", (0, 110), 20,
            ("TH.01", "TH.02", "TH.10")),
    Disease("J20.9", "Viêm phế quản cấp", "Khoa Khám bệnh", (0, 110), 10,
            ("XN.01", "CD.01", "TH.02", "TH.01")),
    Disease("A09", "Tiêu chảy, viêm dạ dày - ruột do nhiễm trùng", "Khoa Khám bệnh", (0, 110), 7,
            ("XN.01", "TH.06", "TH.01"), most=8),
    Disease("J18.9", "Viêm phổi", "Khoa Nhi", (0, 14), 6,
            ("XN.01", "CD.01", "TH.08", "TH.07", "GB.03"), days=6, most=6),
    Disease("B08.4", "Bệnh tay chân miệng", "Khoa Nhi", (0, 9), 5, ("XN.01", "TH.01"), most=8),
    Disease("K02.9", "Sâu răng", "Khoa Răng Hàm Mặt", (3, 80), 6, ("PT.04", "TH.01"), most=6),
    Disease("H52.1", "Cận thị", "Khoa Mắt", (6, 45), 4, ("KB.01",), most=1),
    Disease("L20.9", "Viêm da cơ địa", "Khoa Da liễu", (0, 60), 4, ("TH.10",)),
    Disease("K29.7", "Viêm dạ dày", "Khoa Khám bệnh", (16, 95), 9, ("CD.05", "TH.05", "CD.02"),
            most=28),
    Disease("I10", "Tăng huyết áp vô căn (nguyên phát)", "Khoa Khám bệnh", (38, 110), 22,
            ("XN.05", "CD.03", "TH.03", "TH.13"), most=30),
    Disease("E11.9", "Đái tháo đường týp 2", "Khoa Khám bệnh", (38, 110), 14,
            ("XN.02", "XN.03", "TH.04", "TH.13"), most=60),
    Disease("M54.5", "Đau lưng dưới", "Khoa Khám bệnh", (20, 95), 9, ("CD.01", "TH.09", "TH.05")),
    Disease("M17.9", "Thoái hóa khớp gối", "Khoa Cơ xương khớp", (45, 110), 10,
            ("CD.01", "TH.09", "TH.05")),
    Disease("H25.9", "Đục thủy tinh thể tuổi già", "Khoa Mắt", (58, 110), 3,
            ("PT.05", "XN.02", "VT.01"), days=3, most=2),
    Disease("I63.9", "Nhồi máu não", "Khoa Nội tổng hợp", (55, 110), 2,
            ("CD.06", "XN.01", "XN.06", "CD.03", "TH.12", "GB.03"), days=12, most=10),
    Disease("K35.8", "Viêm ruột thừa cấp", "Khoa Ngoại tổng hợp", (8, 70), 2,
            ("PT.02", "XN.01", "CD.02", "TH.08", "TH.12", "VT.01"), days=6, most=9),
    Disease("S52.5", "Gãy đầu dưới xương quay", "Khoa Chấn thương chỉnh hình", (5, 90), 2,
            ("CD.01", "PT.03", "TH.01", "VT.01")),
    Disease("A90", "Sốt xuất huyết Dengue", "Khoa Truyền nhiễm", (3, 75), 3,
            ("XN.01", "XN.06", "TH.12", "TH.06"), days=6, most=8),
    Disease("J45.9", "Hen phế quản", "Khoa Khám bệnh", (4, 80), 3, ("TH.07", "CD.01"), most=10),
    Disease("N39.0", "Nhiễm khuẩn đường tiết niệu", "Khoa Khám bệnh", (15, 90), 4,
            ("XN.04", "TH.02"), sex="F"),
    Disease("N40", "Tăng sản tuyến tiền liệt", "Khoa Ngoại tiết niệu", (50, 110), 6,
            ("XN.04", "CD.02"), sex="M"),
    Disease("N76.0", "Viêm âm đạo cấp", "Khoa Phụ sản", (18, 60), 4, ("XN.04", "TH.02"), sex="F"),
)  # fmt: skip

PREGNANCY_CHECK = Disease(
    "Z34.9", "Giám sát thai nghén bình thường", "Khoa Phụ sản", (15, 49), 0,
    ("CD.04", "XN.04", "TH.11"), sex="F", most=30,
)  # fmt: skip
DELIVERY = Disease(
    "O80", "Đẻ thường một thai", "Khoa Phụ sản", (15, 49), 0,
    ("PT.01", "XN.01", "TH.12", "TH.11", "GB.03"), sex="F", days=4, most=10,
)  # fmt: skip

BY_CODE: dict[str, Disease] = {d.code: d for d in (*DISEASES, PREGNANCY_CHECK, DELIVERY)}
