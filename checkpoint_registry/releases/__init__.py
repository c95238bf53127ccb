"""Publishing reference data, and the order in which laptops get what changed."""
