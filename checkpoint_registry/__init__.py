"""The central registry: takes journals in, verifies travellers, publishes releases."""

from importlib.metadata import version

__version__ = version("checkpoint")
