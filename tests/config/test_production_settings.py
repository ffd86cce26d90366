"""What production refuses to start with, and that it starts with what is right."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = Path(__file__).resolve().parents[2] / "config" / "settings"
RIGHT = {
    "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef013579bdf02468ac",
    "VSSID_MASTER_KEY": "one:" + "A" * 43 + "=",
    "DATABASE_URL": "postgresql://vssid_app:x@127.0.0.1:1/vssid",
    "VSSID_HOSTS": "vssid.example.com, www.vssid.example.com",
    "VSSID_SMTP_HOST": "mail.example.com",
    "VSSID_SMS_TRANSPORT": "provider",
}
SHOW = (
    "from config.settings import production as p; "
    "print(p.ALLOWED_HOSTS, p.VSSID_TRANSPORTS, p.VSSID_TRUSTED_PROXIES, p.VSSID_DEMO)"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the settings, in a house that has a provider's transport."""
    shutil.copytree(SETTINGS, tmp_path / "config" / "settings")
    (tmp_path / "config" / "__init__.py").touch()
    for name in ("provider", "smtp", "demo_phone"):
        folder = tmp_path / "vssid" / "messaging" / "transports" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    return tmp_path


def _start(house: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **RIGHT, **changes}
    return subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", SHOW],
        cwd=house,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_production_starts_with_what_is_right(house: Path) -> None:
    started = _start(house, VSSID_TRUSTED_PROXIES="10.0.0.1, fd00::/8,")
    assert started.returncode == 0, started.stderr
    assert started.stdout.strip() == (
        "['vssid.example.com', 'www.vssid.example.com'] "
        "{'sms': 'provider', 'email': 'smtp'} ['10.0.0.1', 'fd00::/8'] False"
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("VSSID_SMS_TRANSPORT", "", "set VSSID_SMS_TRANSPORT to the provider's"),
        ("VSSID_SMS_TRANSPORT", "demo_phone", "The demo phone must not carry sms"),
        ("VSSID_SMS_TRANSPORT", "nobody", "No transport «nobody» for sms"),
        ("VSSID_SMS_TRANSPORT", "../transports/provider", "No transport «../transports/provider»"),
        ("VSSID_SMS_TRANSPORT", "smtp", "must deliver to phones"),
        ("VSSID_HOSTS", "", "Set VSSID_HOSTS"),
        ("VSSID_HOSTS", " , ", "Set VSSID_HOSTS"),
        ("VSSID_HOSTS", "*", "must name each host"),
        ("VSSID_HOSTS", "vssid.example.com, *", "must name each host"),
        ("SECRET_KEY", RIGHT["SECRET_KEY"][:49], "at least 50 characters"),
        ("SECRET_KEY", "x" * 64, "must be random"),
        ("SECRET_KEY", "abc" * 30, "must be random"),
        ("SECRET_KEY", "0123456789abcdef" * 4, "must be random"),
        ("VSSID_SMTP_HOST", "", "Set VSSID_SMTP_HOST"),
    ],
)
def test_production_refuses_to_start_with_a_sentence(
    house: Path, name: str, value: str, sentence: str
) -> None:
    started = _start(house, **{name: value})
    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert sentence in started.stderr
