"""Who leaves an office that ends, and what is wrong with where a plan sends them."""

from vssid.reference.reorganising.plans import Fault, Plan
from vssid.staff.models import Officer, Role


def officers_of(plan: Plan) -> list[tuple[Officer, str]]:
    """The accounts of the offices that end, ended ones too, each with the office it goes to."""
    # The code of a health facility may look like that of an office.
    found = Officer.objects.filter(office__in=list(plan.endings)).exclude(role=Role.FACILITY)
    return [
        (one, plan.endings[one.office].heir_of_officer(one.user_name))
        for one in found.order_by("office", "user_name")
    ]


def check_officers(plan: Plan) -> list[Fault]:
    """The rows of a plan about officers who do not work at the office that ends."""
    offices = dict(
        Officer.objects.exclude(role=Role.FACILITY)
        .filter(user_name__in=[name for one in plan.endings.values() for name in one.officers])
        .values_list("user_name", "office")
    )
    faults = []
    for ending in plan.endings.values():
        for name, row in ending.officers.items():
            if name not in offices:
                faults.append(Fault(row.line, f"No officer has the user name {name}."))
            elif offices[name] != ending.code:
                where = f"The officer {name} works at [{offices[name]}]"
                faults.append(Fault(row.line, f"{where}, not at [{ending.code}]."))
    return faults
