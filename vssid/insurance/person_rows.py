"""What the tables about a person begin with: the person's number, then an id made by us."""

from django.db import models

from vssid.kernel.uuid7 import uuid7
from vssid.people.models import Person


class PersonRow(models.Model):
    """What every table about a person begins with."""

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        Person, models.PROTECT, db_column="number", db_index=False, related_name="+"
    )
    id = models.UUIDField(default=uuid7, editable=False)

    class Meta:
        abstract = True


class PersonSubrow(PersonRow):
    """A row below another one of the same person.

    The pair of number and parent is its constraint; one more on the number alone would add nothing.
    """

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        db_column="number",
        db_index=False,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        abstract = True
