"""«Theo dõi tờ khai»: from the link of the SMS to the case, and on to mending it."""

import re
from urllib.parse import urlsplit

from tests.guides.demo_phone import DemoPhone
from tests.guides.picture_code import read_picture
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor

CASE = "/dang-ky/theo-doi/ho-so/"


def link_of(text: str) -> str:
    """The path of the link in a message."""
    found = re.search(r"https?://\S+/dang-ky/theo-doi/\w+/", text)
    assert found, text
    return urlsplit(found[0]).path


def opens_case(visitor: Visitor, link: str, phone: DemoPhone, stack: Stack) -> None:
    """The link brings the code along; the picture, then the OTP of the SMS."""
    asks(visitor, link, stack)
    visitor.write("Mã OTP", phone.code("xem tien do to khai"))
    visitor.submit("Xác nhận")
    visitor.is_at(CASE)


def asks(visitor: Visitor, link: str, stack: Stack) -> None:
    """The code stands in its field already; the picture code, «Gửi mã OTP»."""
    stack.change("DELETE FROM limits_bucket WHERE name = 'code.follow.pause'")
    visitor.open(link)
    assert visitor.value("Mã tờ khai").startswith("TK-")
    visitor.write("Mã kiểm tra", read_picture(visitor, stack))
    visitor.submit("Gửi mã OTP")
    visitor.reads("Nếu có tờ khai mang mã này")
