"""The first officer of an office is opened by hand."""

import io
import re

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command

from vssid.audit.models import Event
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db


def _open(user_name: str = "Truong.Moi", office: str = "00114") -> str:
    out = io.StringIO()
    call_command("open_officer", user_name, "Tạ Thị Ngân", "head", office, stdout=out)
    return out.getvalue()


def test_first_password_is_printed_and_must_be_changed() -> None:
    found = re.fullmatch(r"truong\.moi: (\S{8})\n", _open())
    assert found
    officer = Officer.objects.get()
    assert check_password(found[1], officer.password)
    assert (officer.role, officer.office, officer.must_change_password) == ("head", "00114", True)
    assert Event.objects.filter(act="officer.open", actor="open_officer").count() == 1


def test_taken_name_and_unknown_office_are_said() -> None:
    _open()
    with pytest.raises(CommandError, match="đã có người dùng"):
        _open()
    with pytest.raises(CommandError, match="99999"):
        _open("khac", "99999")
    assert Officer.objects.count() == 1
