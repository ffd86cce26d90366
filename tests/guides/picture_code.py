"""«Mã kiểm tra»: who reads the picture here asks the database what it shows."""

from tests.guides.stack import Stack
from tests.guides.visitor import Visitor


def read_picture(visitor: Visitor, stack: Stack) -> str:
    """What the picture on the page shows, in capitals as it is drawn."""
    key = visitor.page.locator("input[name=ma_hinh]").input_value()
    ((answer,),) = stack.rows("SELECT response FROM captcha_captchastore WHERE hashkey = %s", key)
    return str(answer).upper()
