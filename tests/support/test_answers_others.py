"""Whose record is meant: one's own, or somebody else's."""

import pytest

from vssid.support.answers.others import is_about_others


@pytest.mark.parametrize(
    "text",
    [
        "mẹ tôi đóng bhxh bao lâu rồi",
        "chong toi dong duoc bao nhieu nam",
        "thẻ bhyt của con tôi đến khi nào hết hạn",
        "vợ em đóng tháng cuối là tháng nào",
        "the cua me het han khi nao",
        "ban toi dong bhxh duoc bao lau",
        "xem giúp bố thẻ còn hạn không",
        "me dong duoc may nam roi",
        "how long has my mother paid",
    ],
)
def test_somebody_elses_record_is_noticed(text: str) -> None:
    assert is_about_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "tôi đóng được bao lâu",
        "the con han den khi nao",
        "cho em hỏi em đóng được mấy năm",
        "cho cháu hỏi thẻ còn hạn không ạ",
        "bạn ơi mình đóng bhxh bao lâu rồi",
        "em ở hồ chí minh, thẻ còn hạn không",
        "phản ánh của tôi đến đâu rồi",
        "phan anh cua em giai quyet chua",
        "thang cuoi dong la thang nao",
        "how long have I paid",
        "",
    ],
)
def test_ones_own_record_stays_ones_own(text: str) -> None:
    assert not is_about_others(text)
