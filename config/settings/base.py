"""What every deployment shares."""

import os
from datetime import timedelta
from pathlib import Path

from config.settings import environment

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VSSID_VAR_DIR", BASE_DIR / "var"))

SECRET_KEY = environment.required("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_htmx",
    "captcha",
    "altcha_django",
    "procrastinate.contrib.django",
    "vssid.audit",
    "vssid.limits",
    "vssid.files",
    "vssid.messaging",
    "vssid.reference",
    "vssid.people",
    "vssid.insurance",
    "vssid.accounts",
    "vssid.staff",
    "vssid.registration",
    "vssid.support",
    "vssid.support.answers",
    "vssid.web.ui",
    "vssid.web.citizen",
    "vssid.web.officer",
    "vssid.web.api",
    "vssid.web.pwa",
]

# Our own middleware does what a dozen general ones would: each of those costs more than a page.
MIDDLEWARE = [
    "vssid.web.ui.compressing.CompressionMiddleware",
    "vssid.web.ui.middleware.RequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "vssid.web.ui.middleware.OfficerSessionMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

# --- pages ----------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            BASE_DIR / "vssid" / "web" / face / "templates"
            for face in ("ui", "citizen", "officer", "demo")
        ],
        "OPTIONS": {"environment": "config.jinja.environment", "auto_reload": False},
    },
]
# Django's own widgets touch names that may be missing: they get an environment of their own.
FORM_RENDERER = "django.forms.renderers.Jinja2"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("leaflet", environment.folder_of("leaflet", "static/leaflet"))]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "ngon_ngu"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- network --------------------------------------------------------------------------------------
# Whose X-Forwarded-For is believed: addresses or networks, and nobody by default.
VSSID_TRUSTED_PROXIES = [
    one.strip() for one in os.environ.get("VSSID_TRUSTED_PROXIES", "").split(",") if one.strip()
]

# Where people reach us: the links of messages begin with it.
VSSID_PLAY_STORE_URL = os.environ.get("VSSID_PLAY_STORE_URL", "")
VSSID_APP_STORE_URL = os.environ.get("VSSID_APP_STORE_URL", "")
VSSID_PUBLIC_URL = os.environ.get("VSSID_PUBLIC_URL", "").rstrip("/")

# The domain that passkeys are made for, where several hosts of it serve people; else each host's.
VSSID_PASSKEY_DOMAIN = os.environ.get("VSSID_PASSKEY_DOMAIN", "")

# --- database -------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_owner = environment.flag("VSSID_DB_OWNER", default=False)
DATABASES = {
    "default": environment.database(
        os.environ.get("DATABASE_OWNER_URL") or environment.required("DATABASE_URL")
        if _owner
        else environment.required("DATABASE_URL")
    )
}
if _owner:
    # Migrations send several statements at once, which cannot be prepared.
    DATABASES["default"]["OPTIONS"] = {}
# The role that runs the application: it owns nothing and cannot change what is append-only.
VSSID_APP_ROLE = os.environ.get("VSSID_APP_ROLE", "vssid_app")

# --- people who work here; citizens have accounts of their own ------------------------------------
AUTH_USER_MODEL = "staff.Officer"
PASSWORD_HASHERS = [
    "vssid.accounts.hashing.SharedArgon2Hasher",
]
LOGIN_URL = "/can-bo/dang-nhap/"
# What browsers hold a name to: over TLS, from this host, for all of it (the desk's: a part of it).
VSSID_COOKIE_PREFIX = ""
VSSID_DESK_COOKIE_PREFIX = ""
SESSION_ENGINE = "vssid.staff.commands.desk_sessions"
SESSION_COOKIE_NAME = "can_bo"
SESSION_COOKIE_PATH = "/can-bo/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "chong_gia_mao"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "vssid.web.ui.errors.csrf_failure"

# --- sizes of what people send --------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["vssid.web.ui.uploads.CappedUploadHandler"]
# More than the photos may have: one of 50 MB gets its sentence beside the form, nothing is lost.
VSSID_REQUEST_MAX_BYTES = 64 * 1024 * 1024
VSSID_PHOTO_MAX_BYTES = 10 * 1024 * 1024
VSSID_DIRECTORY_MAX_BYTES = 30 * 1024 * 1024

# --- secrets and files ----------------------------------------------------------------------------
VSSID_MASTER_KEYS = environment.keys("VSSID_MASTER_KEY")
VSSID_FILES_DIR = Path(os.environ.get("VSSID_FILES_DIR", VAR_DIR / "files"))
# Ed25519: each of them signs the heads of the audit chains, so that a new key is vouched for.
VSSID_AUDIT_KEYS = environment.keys("VSSID_AUDIT_KEY")
# Ed25519: the first one signs the QR that hospitals check; all of them verify it.
VSSID_CARD_KEYS = environment.keys("VSSID_CARD_KEY")
VSSID_AUDIT_DIR = Path(os.environ.get("VSSID_AUDIT_DIR", VAR_DIR / "audit"))
# Key and certificates of signed papers: PKCS#12, or PEM with all of them. The demo makes its own.
VSSID_SIGNING_FILE = Path(os.environ.get("VSSID_SIGNING_FILE", VAR_DIR / "signing.pem"))
VSSID_SIGNING_PASSWORD = os.environ.get("VSSID_SIGNING_PASSWORD", "")
# Certificates (PEM) that signed before: papers of theirs are still ours.
VSSID_SIGNING_FORMER_FILE = os.environ.get("VSSID_SIGNING_FORMER_FILE", "")
# Where the processes of this machine keep the line before sign-in: a few numbers.
VSSID_LINE_FILE = VAR_DIR / "line"

# --- numbers that hold (docs/operations.md) -------------------------------------------------------
VSSID_CODE_DIGITS = 6
VSSID_CODE_LIFETIME = timedelta(minutes=5)
VSSID_CODE_TRIES = 5
VSSID_CODE_RESEND_AFTER = timedelta(seconds=60)
VSSID_CODES_PER_HOUR = 5
VSSID_CODES_PER_DAY = 10
VSSID_CODES_PER_NETWORK_HOUR = 30
VSSID_CODES_PER_NETWORK_DAY = 150
VSSID_SIGN_IN_TRIES = 5
VSSID_SIGN_IN_LOCK = timedelta(minutes=15)
VSSID_SIGN_IN_TRIES_PER_ADDRESS = 100
VSSID_DISOWN_LINK_LIFETIME = timedelta(days=7)
VSSID_DEVICE_KEPT = timedelta(days=365)
VSSID_SESSION_KEPT = timedelta(days=90)
VSSID_PASSWORD_LIFETIME = timedelta(days=180)
VSSID_PASSWORD_WARNING = timedelta(days=14)
VSSID_PASSWORD_HISTORY = 5
VSSID_CHANGES_HELD = timedelta(hours=24)
VSSID_PROOF_LIFETIME = timedelta(minutes=20)
VSSID_EXPORTS_PER_DAY = 3
VSSID_EXPORT_KEPT = timedelta(hours=24)
VSSID_EXPORT_REPEAT = timedelta(minutes=10)
VSSID_DESK_IDLE = timedelta(minutes=5)
VSSID_DESK_TRIES_PER_ADDRESS = 50
VSSID_DESK_CODES_WRONG_A_DAY = 20
VSSID_FIRST_PASSWORD_LIFETIME = timedelta(hours=24)
VSSID_LOOKS_WITHHELD_AT_MOST = timedelta(days=90)
VSSID_CARD_PASS_LIFETIME = timedelta(minutes=10)
VSSID_CARD_CHECKS_A_MINUTE = 60
VSSID_API_CHECKS_A_MINUTE = 600
VSSID_CARD_MISSES_A_DAY = 20
VSSID_CARD_FACILITY_MISSES_AN_HOUR = 300
VSSID_SESSION_IDLE = timedelta(minutes=30)
VSSID_SESSION_TOTAL = timedelta(hours=12)
VSSID_DECISION_DUE = timedelta(hours=24)
VSSID_PAPER_DUE = timedelta(days=10)
VSSID_PAPER_REMINDERS = (7, 9)
VSSID_CLAIM_LIFETIME = timedelta(minutes=30)
VSSID_HANDED_LIFETIME = timedelta(hours=8)
VSSID_HELP_LIFETIME = timedelta(hours=24)
VSSID_OFFICES_WITHOUT_SECOND: frozenset[str] = frozenset()
VSSID_MAJORITY_NOTICE = timedelta(days=30)
VSSID_DRAFT_LIFETIME = timedelta(days=10)
VSSID_FILED_FORM_SHOWN = timedelta(hours=1)
VSSID_UPLOAD_LIFETIME = timedelta(hours=1)
VSSID_UPLOADS_PER_NETWORK = 2048
VSSID_PHOTO_KEPT_AFTER_DECISION = timedelta(days=30)
VSSID_PHOTO_READERS = 1
VSSID_STATEMENTS_A_DAY = 5
VSSID_STATEMENT_KEPT = timedelta(days=90)
VSSID_PAPER_CHECKS_PER_NETWORK_HOUR = 60
VSSID_LOOKUPS_A_MINUTE = 240
VSSID_LOOKUPS_PER_LINE_MINUTE = 6000
VSSID_WARM_DIRECTORIES = True
VSSID_CHECKED_PDF_MAX_BYTES = 5 * 1024 * 1024
VSSID_CHECKED_PDF_SECONDS = 10
VSSID_DESK_LOOK_UPS_PER_HOUR = 60
VSSID_NUMBER_SEARCHES_A_DAY = 15
VSSID_NUMBER_SEARCHES_PER_NETWORK_DAY = 150
VSSID_NUMBER_SEARCHES_PER_HOUR = 1000
VSSID_NUMBERS_FOUND_A_DAY = 3
VSSID_NUMBERS_FOUND_PER_NETWORK_DAY = 10
VSSID_NUMBERS_FOUND_WITHOUT_CODE = 15
VSSID_PETITION_DUE_DAYS = 10
VSSID_PETITIONS_PER_DAY = 5
VSSID_PETITION_ADDITIONS_PER_DAY = 20
VSSID_PETITION_PAPERS = 3
VSSID_PETITION_PDF_MAX_BYTES = 5 * 1024 * 1024
VSSID_PETITION_PAPERS_WAIT = timedelta(hours=24)
VSSID_PETITION_PAPERS_KEPT = timedelta(days=365)
VSSID_PETITION_CLOSES_AFTER = timedelta(days=30)
VSSID_PETITION_REOPENS_WITHIN = timedelta(days=30)
VSSID_PETITION_REMINDER_PAUSE = timedelta(days=3)
VSSID_PETITION_CATEGORIES = BASE_DIR / "vssid/support/categories.toml"
VSSID_PETITION_ANSWER_TEXTS = BASE_DIR / "vssid/support/answer_texts.toml"
VSSID_ASSISTANT_QUESTIONS_A_MINUTE = 30
VSSID_ASSISTANT_QUESTIONS_PER_LINE_MINUTE = 3000
VSSID_ASSISTANT_KEPT = timedelta(minutes=30)
# A service for chat completions may phrase answers of the bank; none by default.
VSSID_ASSISTANT_URL = os.environ.get("VSSID_ASSISTANT_URL", "").rstrip("/")
VSSID_ASSISTANT_MODEL = os.environ.get("VSSID_ASSISTANT_MODEL", "")
VSSID_ASSISTANT_KEY = os.environ.get("VSSID_ASSISTANT_KEY", "")
VSSID_ASSISTANT_TIMEOUT = timedelta(seconds=3)
VSSID_NEWS_PICTURES = 10
VSSID_HOTLINE = "1900 9068"
# First and last weekday (Monday is 1), from, to; (1, 7, "00:00", "24:00") is around the clock.
VSSID_HOTLINE_HOURS: list[tuple[int, int, str, str]] = [(1, 7, "00:00", "24:00")]
VSSID_HELP_EMAIL = "hotro@example.com"

# --- the map --------------------------------------------------------------------------------------
# Pictures of streets below it; the only thing that a page may ever fetch from another host.
VSSID_MAP_TILES_URL = environment.map_tiles(os.environ.get("VSSID_MAP_TILES_URL", ""))
VSSID_MAP_TILES_CREDIT = os.environ.get("VSSID_MAP_TILES_CREDIT", "")

# --- picture check --------------------------------------------------------------------------------
CAPTCHA_LENGTH = 5
CAPTCHA_TIMEOUT = 10
CAPTCHA_FONT_SIZE = 40
CAPTCHA_CHALLENGE_FUNCT = "vssid.web.ui.checks.picture_challenge"
CAPTCHA_IMAGE_SIZE = (180, 60)
CAPTCHA_LETTER_ROTATION = (-18, 18)
CAPTCHA_BACKGROUND_COLOR = "#ffffff"
CAPTCHA_FOREGROUND_COLOR = "#0A3F7A"
CAPTCHA_NOISE_FUNCTIONS = ["captcha.helpers.noise_arcs", "captcha.helpers.noise_dots"]
CAPTCHA_FLITE_PATH = None
CAPTCHA_GET_FROM_POOL = False
ALTCHA_HMAC_SECRET = SECRET_KEY
# Replays are refused by our own limiter, which all processes share.
ALTCHA_REPLAY_PROTECTION = False
ALTCHA_CHALLENGE = {"algorithm": "PBKDF2/SHA-256", "cost": 1000, "key_prefix": "00"}

# --- messages out ---------------------------------------------------------------------------------
# Which transport carries which channel; the names are folders of vssid/messaging/transports/.
VSSID_TRANSPORTS = {"sms": os.environ.get("VSSID_SMS_TRANSPORT", ""), "email": "smtp"}
VSSID_MAIL_FROM = os.environ.get("VSSID_MAIL_FROM", "VssID <vssid@example.com>")
VSSID_SMTP: environment.MailServer = {
    "host": os.environ.get("VSSID_SMTP_HOST", ""),
    "port": int(os.environ.get("VSSID_SMTP_PORT", "587")),
    "user": os.environ.get("VSSID_SMTP_USER", ""),
    "password": os.environ.get("VSSID_SMTP_PASSWORD", ""),
    "start_tls": environment.flag("VSSID_SMTP_START_TLS", default=True),
}

# --- logs: one JSON line a request, written by our middleware -------------------------------------
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"version": 1}  # Django calls LOGGING_CONFIG only when this is not empty
VSSID_RELEASE = os.environ.get("VSSID_RELEASE", "dev")
VSSID_DEMO = False

# Production switches both on: cookies over TLS only, and browsers told never to come without it.
VSSID_SECURE_COOKIES = False
VSSID_HSTS_SECONDS = 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- background work ------------------------------------------------------------------------------
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "delete_jobs": "successful",
    "fetch_job_polling_interval": 2.0,
}
SILENCED_SYSTEM_CHECKS = [
    "altcha.W003",  # Replays are refused by our own limiter, across processes.
]
