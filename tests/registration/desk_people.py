"""Fixed officers for who-may tests: of one office, of another, and of the province above both."""

from tests.factories import HA_NOI, HAI_BA_TRUNG, an_officer
from vssid.staff.models import Officer, Role


def lan() -> Officer:
    """Decides at Thanh Trì."""
    return an_officer(user_name="lan", full_name="Đỗ Thị Lan")


def minh() -> Officer:
    """Decides there too."""
    return an_officer(user_name="minh", full_name="Bùi Văn Minh")


def duyen() -> Officer:
    """Takes papers in there."""
    return an_officer(Role.INTAKE, user_name="duyen", full_name="Mai Thị Duyên")


def far() -> Officer:
    """Decides at another office."""
    return an_officer(user_name="xa", full_name="Hồ Văn Xa", office=HAI_BA_TRUNG)


def provincial() -> Officer:
    """Decides at the province above both."""
    return an_officer(user_name="tinh", full_name="Cao Minh Tuệ", office=HA_NOI)
