"""Where a request about an account comes from."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Origin:
    """The device and network of somebody at the door.

    `device` is the id in the device's cookie, None for one we never saw; `name` is what its owner
    knows it by («Chrome trên Android»); `address` is the network address.
    """

    device: UUID | None
    name: str
    address: str
