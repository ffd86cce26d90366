"""The demo on one machine: `make run` prepares the environment that this reads."""

from config.settings.base import *

VSSID_DEMO = True
# Everybody who tries the demo sits at the same address, and no SMS is paid for.
VSSID_CODES_PER_NETWORK_HOUR = VSSID_CODES_PER_NETWORK_DAY = 10_000
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "vssid.web.demo"]

# Without an SMTP server of its own the demo shows its email on the demo phone as well.
VSSID_TRANSPORTS = {"sms": "demo_phone", "email": "smtp" if VSSID_SMTP["host"] else "demo_phone"}
