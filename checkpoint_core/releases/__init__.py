"""What the registry publishes: signed, versioned sets of reference data, and notices to one laptop."""
