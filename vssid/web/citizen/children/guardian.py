"""What is the guardian's on a child's form: shown, and changed elsewhere (guides C02)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import queries as accounts
from vssid.kernel.phones import display_phone
from vssid.people import queries as people
from vssid.people.models import Relation
from vssid.reference import queries as reference
from vssid.registration.queries import ID_LABELS

RELATIONS: dict[str, str | Promise] = {
    Relation.FATHER.value: gettext_lazy("Cha"),
    Relation.MOTHER.value: gettext_lazy("Mẹ"),
    Relation.GUARDIAN.value: gettext_lazy("Người giám hộ theo pháp luật"),
}
"""What the guardian is to the child, as it is chosen and shown."""


def guardian_rows(number: str) -> list[tuple[str, str | None]]:
    """Name, numbers, phone, email and address, as the registry and the account have them."""
    person, account = people.person(number), accounts.account(number)
    address = reference.address_text(
        account.address_era,
        account.address_province,
        account.address_district,
        account.address_commune,
        account.address_street,
    )
    paper = f"{person.id_number} ({ID_LABELS[person.id_kind]})" if person.id_kind else None
    return [
        (_("Họ và tên"), person.full_name),
        (_("Mã số BHXH"), person.number),
        (_("Giấy tờ"), paper),
        (_("Điện thoại"), display_phone(account.phone)),
        ("Email", account.email or None),
        (_("Địa chỉ"), address),
    ]
