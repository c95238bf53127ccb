"""The registry, over real HTTP on a real PostgreSQL."""
