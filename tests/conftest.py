"""What all tests share: a property is true or not, however slow the machine is at the time."""

from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
