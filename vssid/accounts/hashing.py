"""Argon2id with the parameters of OWASP, never more at a time than there are cores."""

import os
import threading

from django.contrib.auth.hashers import Argon2PasswordHasher
from nacl.exceptions import InvalidkeyError
from nacl.pwhash import argon2id

# Each hash holds a core and 19 MiB. More at once would only make everybody wait, and the pages of
# people who are already signed in with them.
_CORES = threading.BoundedSemaphore(os.cpu_count() or 1)


class SharedArgon2Hasher(Argon2PasswordHasher):
    """argon2id, m = 19 MiB, t = 2, p = 1.

    Made by the reference library, compared by libsodium's, which uses what the processor has
    (docs/adr/0012).
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash under the semaphore."""
        with _CORES:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Verify under the semaphore. What is no argon2id hash matches nothing."""
        _algorithm, _, stored = encoded.partition("$")
        with _CORES:
            try:
                return bool(argon2id.verify(f"${stored}".encode(), password.encode()))
            except (InvalidkeyError, ValueError):
                return False


class CheapArgon2Hasher(SharedArgon2Hasher):
    """The same with the least work argon2 allows. For tests only."""

    memory_cost = 8
    time_cost = 1
