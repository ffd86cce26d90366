"""Why the commands of one machine cannot go on, as sentences for the person at the terminal."""


class LocalError(Exception):
    """Nothing can be run like this; the text says why and what to do."""


class ClusterError(LocalError):
    """The database cannot be used."""


class StopRequestedError(Exception):
    """Somebody asked to stop while something was still being waited for."""
