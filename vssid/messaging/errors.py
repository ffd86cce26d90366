"""What can go wrong with a message."""

from typing import ClassVar

from vssid.kernel.errors import CodedError


class TransportError(CodedError):
    """A provider did not take a message. `permanent` says that trying again is of no use."""

    code: ClassVar[str] = "message.not-delivered"
    sentence: ClassVar[object] = "The message was not taken: {reason}"

    def __init__(self, *, permanent: bool, reason: str) -> None:
        super().__init__(reason=reason)
        self.permanent = permanent
        self.reason = reason
