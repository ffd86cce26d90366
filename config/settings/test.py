"""The tests: keys of their own, cheap hashing, a fresh folder for files."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("VSSID_MASTER_KEY", "tests:" + "A" * 43 + "=")
os.environ.setdefault("VSSID_AUDIT_KEY", "tests:" + "B" * 42 + "A=")
os.environ.setdefault("VSSID_CARD_KEY", "tests:" + "C" * 42 + "A=")
os.environ.setdefault("DATABASE_URL", "postgresql://vssid_app:@127.0.0.1:1/vssid")
os.environ.setdefault("VSSID_VAR_DIR", tempfile.mkdtemp(prefix="vssid-tests-"))

from config.settings.demo import *

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["vssid.accounts.hashing.CheapArgon2Hasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
VSSID_WARM_DIRECTORIES = False  # no thread reads beside a test
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
Path(VSSID_FILES_DIR).mkdir(parents=True, exist_ok=True)
