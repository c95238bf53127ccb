"""Everything that README quotes, one after another: `make bench`."""

import subprocess
import sys

ALL = ("reader", "window", "save", "start", "sync", "intake", "reports")


def main() -> int:
    """Run each in a process of its own; returns 1 if any failed."""
    failed = []
    for name in ALL:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
