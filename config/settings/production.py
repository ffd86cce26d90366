"""A deployment that serves people: TLS in front, secrets only from the environment."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment
from config.settings.base import *
from vssid.documents.identity import check_identity, read_certificates, read_identity

ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("VSSID_HOSTS", "").split(",") if host.strip()
]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set VSSID_HOSTS to the host names served, separated by commas.")
if any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("VSSID_HOSTS must name each host; * would serve any name.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
# Random hex has 16 different characters at most, so 10 let every random key through; a text that
# repeats itself is found within its own double.
if len(set(SECRET_KEY)) < 10 or SECRET_KEY in (SECRET_KEY * 2)[1:-1]:
    raise ImproperlyConfigured("SECRET_KEY must be random: this one repeats a few characters.")
for _name, _keys in {
    "VSSID_MASTER_KEY": VSSID_MASTER_KEYS,
    "VSSID_AUDIT_KEY": VSSID_AUDIT_KEYS,
    "VSSID_CARD_KEY": VSSID_CARD_KEYS,
}.items():
    if {"demo", "tests"} & _keys.keys():
        raise ImproperlyConfigured(f"{_name} holds a key of the demo or the tests: make a new one.")
    # Of 32 random bytes about 30 are different.
    if any(len(set(_key)) < 16 for _key in _keys.values()):
        raise ImproperlyConfigured(f"{_name} must hold random keys: one repeats a few bytes.")
if set(VSSID_MASTER_KEYS.values()) & set(VSSID_AUDIT_KEYS.values()):
    raise ImproperlyConfigured("VSSID_AUDIT_KEY must be a key of its own, not the master key.")
if set(VSSID_CARD_KEYS.values()) & {*VSSID_MASTER_KEYS.values(), *VSSID_AUDIT_KEYS.values()}:
    raise ImproperlyConfigured("VSSID_CARD_KEY must be a key of its own: hospitals rely on it.")
if not VSSID_SMTP["host"]:
    raise ImproperlyConfigured("Set VSSID_SMTP_HOST to the mail server.")
for _channel, _transport in VSSID_TRANSPORTS.items():
    _folder = BASE_DIR / "vssid" / "messaging" / "transports" / _transport
    if _transport == "demo_phone":
        raise ImproperlyConfigured(
            f"The demo phone must not carry {_channel}: it shows every code to everybody."
        )
    if not _transport.isidentifier() or not (_folder / "__init__.py").is_file():
        raise ImproperlyConfigured(
            f"No transport «{_transport}» for {_channel}: set VSSID_SMS_TRANSPORT to the "
            "provider's folder of vssid/messaging/transports/ (docs/operations.md)."
        )
if VSSID_TRANSPORTS["sms"] == VSSID_TRANSPORTS["email"]:
    raise ImproperlyConfigured("VSSID_SMS_TRANSPORT must deliver to phones, not to mailboxes.")

if not VSSID_PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("Set VSSID_PUBLIC_URL to the https:// address that people open.")

environment.required("VSSID_SIGNING_FILE")
try:
    check_identity(
        read_identity(VSSID_SIGNING_FILE.read_bytes(), VSSID_SIGNING_PASSWORD),
        now=datetime.now(UTC),
    )
    if VSSID_SIGNING_FORMER_FILE:
        read_certificates(Path(VSSID_SIGNING_FORMER_FILE).read_bytes())
except (OSError, ValueError) as _error:
    raise ImproperlyConfigured(f"VSSID_SIGNING_FILE signs nothing: {_error}") from _error

VSSID_COOKIE_PREFIX = "__Host-"
VSSID_DESK_COOKIE_PREFIX = "__Secure-"
SESSION_COOKIE_NAME = VSSID_DESK_COOKIE_PREFIX + SESSION_COOKIE_NAME
CSRF_COOKIE_NAME = VSSID_COOKIE_PREFIX + CSRF_COOKIE_NAME
LANGUAGE_COOKIE_NAME = VSSID_COOKIE_PREFIX + LANGUAGE_COOKIE_NAME
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
VSSID_SECURE_COOKIES = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
VSSID_HSTS_SECONDS = 31_536_000
