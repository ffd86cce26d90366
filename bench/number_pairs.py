"""Looks numbers up in pairs: what `bench.number_lookup` runs on the prepared database.

    python -m bench.number_pairs PAIRS

Prints one JSON object: by kind of pair, the median milliseconds of the two.
"""

import json
import random
import sys
import time
from collections.abc import Mapping
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

import config.wsgi  # noqa: F401 - importing it sets Django up, before models are imported
from vssid.people.models import Person
from vssid.web.ui import checks

PAGE = "/tra-cuu/ma-so-bhxh/"
_WITHOUT_END = 10**9
_NOBODY = "Lê Không Ai Cả"


def _person() -> dict[str, str]:
    """What somebody of the demo would type, with their paper."""
    one = Person.objects.filter(
        id_kind="cccd", birth_date_precision="day", died_on__isnull=True
    ).earliest("number")
    return {
        "cach": "ca-nhan",
        "province": f"2025:{one.address_province}",
        "full_name": one.full_name,
        "birth": f"{one.birth_date:%d/%m/%Y}",
        "id_number": one.id_number,
    }


def _milliseconds(client: Client, typed: Mapping[str, str]) -> tuple[float, Any]:
    key = checks.new_picture().key
    with connection.cursor() as cursor:
        cursor.execute("SELECT response FROM captcha_captchastore WHERE hashkey = %s", [key])
        ((signs,),) = cursor.fetchall()
    sent = {**typed, "ma_hinh": key, "ma_kiem_tra": signs}
    began = time.perf_counter()
    page = client.post(PAGE, sent)
    return (time.perf_counter() - began) * 1000, page


def _pair(one: Mapping[str, str], pairs: int) -> list[float]:
    """Medians of `one` and of the same with a name of nobody."""
    client, times = Client(), {True: list[float](), False: list[float]()}
    typed = {True: one, False: {**one, "full_name": _NOBODY}}
    for _ in range(pairs):
        for which in random.sample([True, False], 2):
            times[which].append(_milliseconds(client, typed[which])[0])
    return [median(times[True]), median(times[False])]


def main() -> None:
    """Measure and print."""
    settings.ALLOWED_HOSTS = ["testserver"]
    for name in (
        "VSSID_NUMBER_SEARCHES_A_DAY",
        "VSSID_NUMBER_SEARCHES_PER_NETWORK_DAY",
        "VSSID_NUMBER_SEARCHES_PER_HOUR",
        "VSSID_NUMBERS_FOUND_A_DAY",
        "VSSID_NUMBERS_FOUND_PER_NETWORK_DAY",
        "VSSID_NUMBERS_FOUND_WITHOUT_CODE",
    ):
        setattr(settings, name, _WITHOUT_END)
    person = _person()
    whole = _milliseconds(Client(), person)[1].content.decode()
    assert "Đã tìm thấy" in whole, "the person is not found"
    pairs = int(sys.argv[1])
    found = {
        "found whole": _pair(person, pairs),
        "found in part": _pair({**person, "id_number": ""}, pairs),
        "all but the paper": _pair({**person, "id_number": "001099999999"}, pairs),
        "all but the birthday": _pair({**person, "birth": "01/01/1931"}, pairs),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
