"""What production refuses to start with, and that it starts with what is right."""

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vssid.documents.throw_away import make_signer

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "config" / "settings"
KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(32, 64))).decode()
CARD_KEY = base64.b64encode(bytes(range(64, 96))).decode()
RIGHT = {
    "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef013579bdf02468ac",
    "VSSID_MASTER_KEY": f"one:{KEY}",
    "VSSID_AUDIT_KEY": f"one:{OTHER_KEY}",
    "VSSID_CARD_KEY": f"one:{CARD_KEY}",
    "DATABASE_URL": "postgresql://vssid_app:x@127.0.0.1:1/vssid",
    "VSSID_HOSTS": "vssid.example.com, www.vssid.example.com",
    "VSSID_SMTP_HOST": "mail.example.com",
    "VSSID_PUBLIC_URL": "https://vssid.example.vn",
    "VSSID_SMS_TRANSPORT": "provider",
    # Below the house, where it starts.
    "VSSID_SIGNING_FILE": "signing.pem",
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
    (tmp_path / "vssid" / "documents").mkdir()
    for path in ("vssid/__init__.py", "vssid/documents/__init__.py", "vssid/documents/identity.py"):
        shutil.copy(ROOT / path, tmp_path / path)
    (tmp_path / "signing.pem").write_bytes(make_signer("Cơ quan Thử nghiệm"))
    (tmp_path / "demo.pem").write_bytes(make_signer())
    return tmp_path


def _start(house: Path, show: str = SHOW, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **RIGHT, **changes}
    return subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", show],
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


def test_names_of_cookies_hold_browsers_to_tls_and_this_host(house: Path) -> None:
    show = (
        "from config.settings import production as p; print(p.CSRF_COOKIE_NAME, "
        "p.LANGUAGE_COOKIE_NAME, p.SESSION_COOKIE_NAME, p.SESSION_COOKIE_PATH, "
        "p.VSSID_COOKIE_PREFIX, p.VSSID_DESK_COOKIE_PREFIX)"
    )
    assert _start(house, show).stdout.split() == [
        *("__Host-chong_gia_mao", "__Host-ngon_ngu", "__Secure-can_bo", "/can-bo/"),
        *("__Host-", "__Secure-"),
    ]


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
        *(
            case
            for name in ("VSSID_MASTER_KEY", "VSSID_AUDIT_KEY", "VSSID_CARD_KEY")
            for case in (
                (name, "", f"Set the environment variable {name}"),
                (name, "one", f"{name} must look like id:base64-of-32-bytes"),
                (name, "one:ä", f"{name} must look like id:base64-of-32-bytes"),
                (name, "one:AAAA", f"{name} must look like id:base64-of-32-bytes"),
                (name, f"demo:{KEY}", f"{name} holds a key of the demo"),
                (name, f"new:{KEY},tests:{OTHER_KEY}", f"{name} holds a key of the demo"),
                (name, f"one:{'A' * 43}=", f"{name} must hold random keys"),
            )
        ),
        ("VSSID_AUDIT_KEY", f"one:{KEY}", "VSSID_AUDIT_KEY must be a key of its own"),
        ("VSSID_CARD_KEY", f"one:{KEY}", "VSSID_CARD_KEY must be a key of its own"),
        ("VSSID_CARD_KEY", f"one:{OTHER_KEY}", "VSSID_CARD_KEY must be a key of its own"),
        ("SECRET_KEY", "", "Set the environment variable SECRET_KEY"),
        ("DATABASE_URL", "", "Set the environment variable DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///vssid", "DATABASE_URL must look like"),
        ("VSSID_SMTP_HOST", "", "Set VSSID_SMTP_HOST"),
        ("VSSID_PUBLIC_URL", "http://vssid.example.vn", "Set VSSID_PUBLIC_URL"),
        ("VSSID_SIGNING_FILE", "", "Set the environment variable VSSID_SIGNING_FILE"),
        ("VSSID_SIGNING_FILE", "nothing.pem", "VSSID_SIGNING_FILE signs nothing: [Errno 2]"),
        ("VSSID_SIGNING_FILE", "config/__init__.py", "no PKCS#12 file that its password opens"),
        ("VSSID_SIGNING_FILE", "demo.pem", "one that the demo made for itself"),
        ("VSSID_SIGNING_PASSWORD", "x", "no key that its password opens"),
        ("VSSID_SIGNING_FORMER_FILE", "nothing.pem", "VSSID_SIGNING_FILE signs nothing"),
    ],
)
def test_production_refuses_to_start_with_a_sentence(
    house: Path, name: str, value: str, sentence: str
) -> None:
    started = _start(house, **{name: value})
    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert sentence in started.stderr


SHOW_SAFETY = (
    "from config.settings import production as p; "
    "print(p.DEBUG, p.VSSID_SECURE_COOKIES, p.SESSION_COOKIE_SECURE, p.CSRF_COOKIE_SECURE, "
    "p.LANGUAGE_COOKIE_SECURE, p.VSSID_HSTS_SECONDS, p.CSRF_TRUSTED_ORIGINS, "
    "[one for one in p.INSTALLED_APPS if 'demo' in one])"
)


def test_production_shows_no_traces_and_speaks_over_tls_only(house: Path) -> None:
    started = _start(house, show=SHOW_SAFETY, VSSID_HOSTS="vssid.example.com", DEBUG="1")
    assert started.stdout.strip() == (
        "False True True True True 31536000 ['https://vssid.example.com'] []"
    ), started.stderr
