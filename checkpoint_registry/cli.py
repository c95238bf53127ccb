"""The `checkpoint-registry` command."""


def main() -> int:
    """Entry point; returns the exit code: 0 fine, 2 unusable input, 1 our fault."""
    raise SystemExit(1)
