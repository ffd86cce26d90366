"""The bank of answers is whole: every topic, every link, every figure, in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from config.texts import catalogue
from vssid.insurance.tables.laws import LAWS
from vssid.support.answers import bank as banks
from vssid.support.answers import saying
from vssid.support.answers.bank import TOPICS, bank
from vssid.support.answers.errors import BankError
from vssid.support.answers.figures import figures
from vssid.web.citizen.answers import words

TODAY = date(2026, 11, 28)
COMING = {
    "/tin-tuc/",
}
"""Pages of the design that may not be there yet; until then what lies above them is linked."""
IDS = sorted(bank().questions)


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def test_every_topic_is_answered() -> None:
    assert set(words.TOPICS) == set(TOPICS)
    assert len(bank().questions) >= 120
    for topic in TOPICS:
        assert len(bank().of_topic(topic)) >= 5, topic


@pytest.mark.parametrize("id_", IDS)
def test_question_is_asked_in_many_ways_and_answered_shortly(id_: str) -> None:
    found = bank().questions[id_]
    assert len(found.also) >= 5
    for answer in (found.answer, found.answer_en):
        assert 20 < len(answer) < 600
        assert answer.endswith((".", "?"))
    assert not re.search(
        r"[àáâãèéêìíòóôõùúýăĩũơưạ-ỹ]",
        re.sub(r"«[^»]*»|\{\w+\}", "", found.ask_en + found.answer_en).lower(),
    ) or (id_ in {"language", "office-merged", "what-funds", "salary-ceiling", "rates"})


SENT_AS_SMS = {"BH QT number", "BH THE card", "BH HS dossier", "BH HS number"}


def test_english_answers_name_screens_as_the_english_pages_do() -> None:
    shown = {message.string for message in catalogue("en")}
    named = [
        (id_, name)
        for id_ in IDS
        for name in re.findall(r"[“«](.*?)[”»]", bank().questions[id_].answer_en)
    ]
    assert len(named) > 80
    assert [one for one in named if one[1] not in shown | SENT_AS_SMS] == []


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("id_", IDS)
def test_answer_names_a_source_a_next_step_and_no_open_figure(id_: str, *, english: bool) -> None:
    said = saying.said(id_, english=english, today=TODAY)
    assert not re.search(r"[{}]", " ".join(said.paragraphs))
    assert said.links
    assert said.laws or said.screens or said.from_guides


@pytest.mark.parametrize("address", sorted(bank().links))
def test_link_leads_to_a_page(address: str) -> None:
    assert _exists(address) or address in COMING
    assert _exists(words.existing(address))


def test_every_label_is_used_and_every_figure() -> None:
    used = {address for one in bank().questions.values() for address in one.links}
    used |= {"/ho-tro/phan-anh/", "/tra-cuu/co-quan-bhxh/"}
    used |= {
        part.strip()
        for one in bank().questions.values()
        for part in one.source.split(";")
        if part.strip().startswith("/")
    }
    assert set(bank().links) - used == set()
    said = "".join(one.answer + one.answer_en for one in bank().questions.values())
    assert set(figures(TODAY)) - set(re.findall(r"\{(\w+)\}", said)) == set()


def test_figures_are_those_of_the_day() -> None:
    assert figures(date(2026, 6, 30))["base_wage"] == "2.340.000\N{NO-BREAK SPACE}đ"
    assert figures(date(2026, 7, 1))["base_wage"] == "2.530.000\N{NO-BREAK SPACE}đ"
    assert figures(TODAY)["household_1"] == "1.366.200\N{NO-BREAK SPACE}đ"
    assert figures(TODAY)["funeral_grant"] == "25.300.000\N{NO-BREAK SPACE}đ"
    assert figures(TODAY)["survivor_month"] == "1.265.000\N{NO-BREAK SPACE}đ"
    assert figures(TODAY)["employee_total"] == "10,5"
    assert figures(TODAY)["employer_total"] == "21,5"
    assert figures(date(2027, 1, 1))["voluntary_floor"] == "2.200.000\N{NO-BREAK SPACE}đ"


# From the laws, pages that quote them, docs/domain.md and the design's table of laws; those of
# benefits stand in insurance.tables too.
_SOCIAL_INSURANCE = (
    "2 4 5 9 10 13 18 21 22 23 25 27 33 34 36 38 39 40 46 47 48 51 52 54 55 56 60 61 62 71"
    " 77 78 79 82 85 86 88 90 91 103 105 107 141"
)
_ARTICLES = {
    "Luật BHXH 41/2024/QH15": set(_SOCIAL_INSURANCE.split()),
    "Luật BHYT 25/2008/QH12": {"12", "13", "16", "17", "21", "22", "23", "26", "27", "31"},
    "Luật 51/2024/QH15": {"1"},
    "NQ 190/2025/QH15": {"10"},
    "NQ 261/2025/QH15": {"2"},
    "NĐ 135/2020/NĐ-CP": {"4"},
    "NĐ 159/2025/NĐ-CP": {"5"},
    "NĐ 164/2025/NĐ-CP": {"27"},
    "NĐ 188/2025/NĐ-CP": {"6", "11", "18", "37", "38", "50", "54", "55", "56"},
    "QĐ 595/QĐ-BHXH": {"20"},
}

# Read in the laws themselves, for answers about what no table computes.
_READ = {
    "Bộ luật Lao động 45/2019/QH14": {"139", "163"},
    "Luật BHXH 41/2024/QH15": {
        *("5", "47", "48", "60", "61", "62", "75", "78", "79", "85", "86", "87", "88"),
        *("90", "91", "92", "109", "118"),
        *("2", "8", "10", "11", "17", "22", "28", "31", "33", "34", "37", "42", "44", "67", "76"),
    },
    "Luật BHYT 25/2008/QH12": {
        *("2", "12", "13", "15", "16", "20", "21", "22", "23", "24", "26", "27", "37"),
    },
    "NĐ 117/2020/NĐ-CP": {"84"},
    "NĐ 188/2025/NĐ-CP": {"6", "54"},
    "TT 01/2025/TT-BYT": {"11"},
}


def _articles_of(law: str) -> set[str]:
    short = law.replace("Luật BHXH ", "Luật ").replace("Luật Việc làm ", "Luật ")
    known = {
        article
        for table in LAWS.values()
        for step in table.steps
        if step.value.law == short
        for article in re.findall(r"Điều (\d+)", step.value.article)
    }
    return known | _ARTICLES.get(law, set()) | _READ.get(law, set())


@pytest.mark.parametrize("id_", IDS)
def test_no_article_is_named_that_the_tables_do_not_carry(id_: str) -> None:
    for source in bank().questions[id_].source.split(";"):
        law, *articles = [part.strip() for part in source.split(", Điều ")]
        assert set(articles) <= _articles_of(law), source


def test_source_is_read_in_english_too() -> None:
    said = saying.said("card-refused", english=True, today=TODAY)
    assert said.laws == ("Decree 188/2025/NĐ-CP, Article 37, Article 38",)
    said = saying.said("work-early-maternity", english=True, today=TODAY)
    assert said.laws[-1] == "Labour Code 45/2019/QH14, Article 139"


def test_question_around_is_of_the_same_topic() -> None:
    around = saying.related("card-lost", english=False)
    assert len(around) == 4
    assert {bank().questions[id_].topic for id_, _ in around} == {"card"}
    assert "card-lost" not in dict(around)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('links = ["/dang-ky/", "/dang-ky/theo-doi/"]', 'links = ["/khong-co/"]', "no label"),
        ('source = "R01"\n', "", "has no source"),
        ('id = "register-needs"', 'id = "register-how"', "stands twice"),
        ('source = "R01"', 'source = "R01"\nrecord = "weight"', "unknown record"),
        ('source = "R01"', 'source = ""', "is empty"),
    ],
)
def test_faulty_file_is_refused_with_its_fault(
    old: str, new: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(banks.__file__).parent
    for path in [*folder.glob("*.toml"), *folder.glob("bank/*"), *folder.glob("asked/*")]:
        copy = tmp_path / path.relative_to(folder)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    faulty = tmp_path / "bank" / "registering.toml"
    text = faulty.read_text(encoding="utf-8")
    assert old in text
    faulty.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(banks, "_FOLDER", tmp_path)
    with pytest.raises(BankError, match=why):
        banks.bank.__wrapped__()
