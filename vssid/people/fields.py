"""The type of a person's number: one column type, so that tables join and spread by it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField

NUMBER_PATTERN = r"^[0-9]{10}$"
"""No check digit is published, and the first two digits promise nothing (domain §1)."""


class NumberField(_Text):
    """A BHXH number: 10 digits as text in byte order."""

    description = "BHXH number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Takes what a CharField takes, but for its length and collation."""
        kwargs["max_length"] = 10
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """In full words: for «varchar» Django adds an index that the C collation makes needless."""
        return "character varying(10)"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations: the length and the collation belong to the type."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["db_collation"]
        return name, path, list(args), kwargs
