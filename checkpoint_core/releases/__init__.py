"""What the registry publishes: signed, versioned sets of reference data, and notices to one laptop."""

from checkpoint_core.releases.acceptance import accept_release

__all__ = ["accept_release"]
