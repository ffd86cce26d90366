"""Free TCP ports of this machine."""

import secrets
import socket

# Below the range from which the kernel takes the near ends of connections, so that a port that is
# kept for the next start is still free then.
LASTING_PORTS = range(15000, 30000)
TRIES = 100


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        # A port whose last connections are only waiting to be forgotten is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def find_free() -> int:
    """Return a free port that is likely to stay free; raises OSError when there is none."""
    for _ in range(TRIES):
        port = secrets.choice(LASTING_PORTS)
        if is_free(port):
            return port
    raise OSError(f"No free port found between {LASTING_PORTS.start} and {LASTING_PORTS.stop}.")
