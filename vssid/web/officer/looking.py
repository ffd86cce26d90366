"""A typed number is looked up within what an officer may in an hour, whichever page asks for it."""

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.registration.commands.looking_up import count_look_up
from vssid.web.ui.access import OfficerRequest
from vssid.web.ui.fields import PlainForm


def may_look(request: OfficerRequest, form: PlainForm, field: str) -> bool:
    """Count a look before it is done; the form says beside the field when there were too many."""
    try:
        count_look_up(by=request.desk.officer, now=utc_now())
    except CodedError as error:
        form.refuse(field, error)
        return False
    return True
