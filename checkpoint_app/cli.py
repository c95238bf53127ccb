"""The `checkpoint` command: opens the window, and the same abilities for support and scripts."""


def main() -> int:
    """Entry point; returns the exit code: 0 fine, 2 unusable input, 1 our fault."""
    raise SystemExit(1)
