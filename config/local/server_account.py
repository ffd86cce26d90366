"""Under which account the embedded PostgreSQL runs, and how a program is started under it.

PostgreSQL refuses to run as root, so that for root its programs run as `nobody` through `setpriv`.
The checkout may lie below a folder that only root may enter; then `nobody` is lent the smallest
capability that lets it through: reading and searching anywhere, or (where containers withhold that
one) overriding file modes. PostgreSQL looks for its own programs with access(2), which ignores
capabilities unless the securebit `no_setuid_fixup` is set.
"""

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.local.errors import ClusterError

CAPABILITIES = ("", "dac_read_search", "dac_override")
PROBE = 'cd "$1" && exec "$2" --version'
PROBE_SECONDS = 30


@dataclass(frozen=True)
class ServerAccount:
    """The account's `uid` and `gid`, and the words that stand before a command to run under it."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @property
    def is_another(self) -> bool:
        """Whether files for the server must be handed over to it."""
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        """Give `path` to the account."""
        if self.is_another:
            os.chown(path, self.uid, self.gid)


def find_server_account(folder: Path, program: Path) -> ServerAccount:
    """Return who can both enter `folder` and run `program`: this user, or for root `nobody`.

    Raises ClusterError with a sentence that says what to do.
    """
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid())
    if shutil.which("setpriv") is None:
        raise ClusterError(
            "PostgreSQL does not run as root, and `setpriv` (package util-linux) is missing. "
            "Install util-linux, or run this as an ordinary user."
        )
    nobody = pwd.getpwnam("nobody")
    for capability in CAPABILITIES:
        prefix = _setpriv(nobody.pw_uid, nobody.pw_gid, capability)
        if _can_run(prefix, folder, program):
            return ServerAccount(nobody.pw_uid, nobody.pw_gid, prefix)
    raise ClusterError(
        f"PostgreSQL does not run as root, and the user `nobody` cannot enter {folder}. "
        "Move this project to a folder that everybody may enter, or run it as an ordinary user."
    )


def _setpriv(uid: int, gid: int, capability: str) -> tuple[str, ...]:
    lent = f",+{capability}" if capability else ""
    return (
        "setpriv",
        *(f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs"),
        *(("--securebits=+no_setuid_fixup",) if capability else ()),
        *(f"--inh-caps=-all{lent}", f"--ambient-caps=-all{lent}"),
        # A change of user clears the death signal, so it is asked for again after it.
        *("--pdeathsig", signal.SIGINT.name),
        "--",
    )


def _can_run(prefix: tuple[str, ...], folder: Path, program: Path) -> bool:
    probe = subprocess.run(
        [*prefix, "/bin/sh", "-c", PROBE, "sh", str(folder), str(program)],
        capture_output=True,
        timeout=PROBE_SECONDS,
        check=False,
    )
    # The programs report on standard error when access(2) keeps them from finding themselves.
    return probe.returncode == 0 and not probe.stderr
