"""Setting a machine up, and making the packages that do it for others."""
