"""An officer who decides whatever is in the queue, while things break (guides O03)."""

import http.client
import re
import threading
import time

import psycopg

from bench.faults.person import Person, form_key
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.web.demo.otp_secrets import smart_otp_secret

USER = "canbo.thanhtri"


def work(officer: Person, stop: threading.Event) -> None:
    """Open the queue and decide every case: most are approved, each fifth is refused."""
    seen = 0
    while not stop.is_set():
        try:
            status, page = officer.get("/can-bo/")
            if status in {302, 303}:
                _sign_in(officer)
                continue
            for code in dict.fromkeys(re.findall(r"/can-bo/ho-so/(TK-\w{4}-\w{4})/", page)):
                seen += 1
                _decide(officer, code, approve=seen % 5 != 0)
        except (OSError, http.client.HTTPException, psycopg.Error):
            officer.retries += 1
        time.sleep(0.5)


def _sign_in(officer: Person) -> None:
    officer.post(
        "/can-bo/dang-nhap/", {"user_name": USER, "password": officer.stack.demo_password()}
    )
    now = time.time()
    code = totp.code_at(smart_otp_secret(USER), totp.step_at(utc_now()))
    officer.post("/can-bo/dang-nhap/buoc-hai/", {"code": code})
    # A code serves once: the next sign-in, if there is one, needs another.
    time.sleep(totp.STEP_SECONDS - now % totp.STEP_SECONDS)


def _decide(officer: Person, code: str, *, approve: bool) -> None:
    _, page = officer.get(f"/can-bo/ho-so/{code}/")
    fields = form_key(page)
    if approve:
        officer.send_form(f"/can-bo/ho-so/{code}/duyet/", {**fields, "compared": "1"})
    else:
        officer.send_form(
            f"/can-bo/ho-so/{code}/tu-choi/", {**fields, "reasons": "paper-unreadable"}
        )
