"""Places and days for the tests of invented people."""

from datetime import date

from vssid.insurance.invented.life import Place

TODAY = date(2026, 7, 15)

PLACES = (
    Place("01", "00001", "Phường Thử Một", 1, "01901", "Bệnh viện đa khoa Thử Một"),
    Place("79", "00002", "Phường Thử Hai", 1, "79902", "Bệnh viện đa khoa Thử Hai"),
    Place("48", "00003", "Phường Thử Ba", 2, "48903", "Trung tâm Y tế Thử Ba"),
    Place("38", "00004", "Xã Thử Bốn", 3, "38904", "Trung tâm Y tế Thử Bốn"),
    Place("25", "00005", "Xã Thử Năm", 4, "25905", "Trạm y tế xã Thử Năm"),
    Place(
        "01",
        "00006",
        "Xã Thử Sáu",
        2,
        "01906",
        "Trạm y tế xã Thử Sáu",
        "01901",
        "Bệnh viện đa khoa Thử Một",
    ),
)
