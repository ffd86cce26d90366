"""The demo on one machine: `make run` prepares the environment that this reads."""

from config.settings.base import *

VSSID_DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "vssid.web.demo"]

# Without an SMTP server of its own the demo shows its email on the demo phone as well.
VSSID_TRANSPORTS = {"sms": "demo_phone", "email": "smtp" if VSSID_SMTP["host"] else "demo_phone"}
