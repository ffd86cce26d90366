"""Property tests of the kernel are judged by what they find, never by the time they take."""

from hypothesis import settings

settings.register_profile("kernel", deadline=None)
settings.load_profile("kernel")
