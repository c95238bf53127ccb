"""What holds for every test: hypothesis asserts no times on a shared machine."""

from hypothesis import settings

settings.register_profile("checkpoint", deadline=None)
settings.load_profile("checkpoint")
