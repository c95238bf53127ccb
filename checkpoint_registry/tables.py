"""Every table of the registry, gathered so that migrations see them all."""

from checkpoint_registry.database import Base
from checkpoint_registry.devices import tables as devices
from checkpoint_registry.intake import tables as intake
from checkpoint_registry.population import tables as population
from checkpoint_registry.releases import tables as releases

METADATA = Base.metadata
PARTS = (devices, intake, population, releases)
