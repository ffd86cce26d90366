"""What a screen tells the shell about itself."""

from dataclasses import dataclass
from typing import Literal

Tab = Literal["manage", "services", "lookup", "help"]


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of one screen.

    `title`, already translated, is the heading too, unless `heading` is given. `back` is the
    address the arrow leads to.
    `help_phone` is the office that helps at this step (guides R19), `help_name` whose it is.
    `wide` widens the column for tables; `htmx` loads htmx, which most pages do without.
    `whose`: the record of somebody else is shown, and nothing of one's own account beside it;
    `relation` says what they are to the reader.
    `description` is what search engines show of a page that they may list (ui/found.py),
    `listed_query` what belongs to its address, `picture` the path of a picture of its own.
    """

    title: str
    tab: Tab | None = None
    back: str | None = None
    help_phone: str = "1900 9068"
    help_name: str | None = None
    wide: bool = False
    htmx: bool = False
    heading: str = ""
    whose: str = ""
    relation: str = ""
    description: str = ""
    listed_query: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ShellPerson:
    """Who is signed in, as the shell shows them; `unread` counts notices not yet read.

    By `mark` the phone tells whose session it keeps something of.
    """

    number: str
    full_name: str
    photo_url: str | None = None
    unread: int = 0
    mark: str = ""
