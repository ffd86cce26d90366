"""Two officers who decide whatever is in the queue, while things break (guides O03).

What is risky the first one proposes and the second one, of the province, confirms: each goes by
what the page of the case offers, as a person would.
"""

import http.client
import re
import threading
import time

import psycopg

from bench.faults.person import Person, form_key
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.web.demo.otp_secrets import smart_otp_secret

FIRST, SECOND = "canbo.thanhtri", "canbo.hanoi"
QUEUES = {FIRST: "/can-bo/", SECOND: "/can-bo/?loc=nguoi-thu-hai&co-quan=00114"}


def work(officer: Person, user: str, stop: threading.Event) -> None:
    """Open the queue and decide every case: most are approved, each fifth is refused."""
    seen = 0
    while not stop.is_set():
        try:
            status, page = officer.get(QUEUES[user])
            if status in {302, 303}:
                _sign_in(officer, user)
                continue
            for code in dict.fromkeys(re.findall(r"/can-bo/ho-so/(TK-\w{4}-\w{4})/", page)):
                seen += 1
                _decide(officer, code, approve=user == SECOND or seen % 5 != 0)
        except (OSError, http.client.HTTPException, psycopg.Error):
            officer.retries += 1
        time.sleep(0.5)


def _sign_in(officer: Person, user: str) -> None:
    officer.post(
        "/can-bo/dang-nhap/", {"user_name": user, "password": officer.stack.demo_password()}
    )
    now = time.time()
    code = totp.code_at(smart_otp_secret(user), totp.step_at(utc_now()))
    officer.post("/can-bo/dang-nhap/buoc-hai/", {"code": code})
    # A code serves once: the next sign-in, if there is one, needs another.
    time.sleep(totp.STEP_SECONDS - now % totp.STEP_SECONDS)


def _decide(officer: Person, code: str, *, approve: bool) -> None:
    """Take the case on, then press what stands there; a case of somebody else offers nothing."""
    case = f"/can-bo/ho-so/{code}/"
    _, page = officer.get(case)
    if f'action="{case}nhan-xu-ly/"' in page and "Bạn là người trình" not in page:
        officer.send_form(f"{case}nhan-xu-ly/", form_key(page))
        _, page = officer.get(case)
    wanted = ("duyet", "trinh") if approve else ("tu-choi",)
    found = next((act for act in wanted if f'action="{case}{act}/"' in page), None)
    if found is None:
        return
    said = {"compared": "1"} if approve else {"reasons": "paper-unreadable"}
    officer.send_form(f"{case}{found}/", {**form_key(page), **said})
