"""Sets up a development or practice machine: system libraries, `.venv`, locked packages. Standard library only.

Runs again in a moment when nothing changed. Exit code 2 says what a person must do.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "prepared"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What Qt, OpenCV and zbar load at run time, and the Debian or Ubuntu package that holds it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libzbar.so.0": "libzbar0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class NeedsPerson(Exception):
    """The set-up cannot go on by itself; the message says what to type."""


def main() -> int:
    """Set up; returns the exit code."""
    try:
        check_python()
        if sys.platform.startswith("linux"):
            install_system_packages(missing_packages())
        prepare_venv()
    except NeedsPerson as need:
        print(need, file=sys.stderr)
        return 2
    return 0


def check_python() -> None:
    """Refuse a Python for which the locked packages have no wheels."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise NeedsPerson(
            f"Python 3.11, 3.12 or 3.13 is needed, this is {sys.version.split()[0]}."
            " Name another one: make run PYTHON=python3.12"
        )


def missing_packages() -> list[str]:
    """Debian packages whose library does not load here."""
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    try:
        import ensurepip  # noqa: F401  Debian splits it off into python3-venv
    except ImportError:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def loads(library: str) -> bool:
    """Whether the dynamic linker finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install by apt where this user may; else say the one command."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise NeedsPerson(f"Install what Debian calls: {' '.join(packages)}")
    if os.geteuid() != 0:
        if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode != 0:
            raise NeedsPerson(
                f"System packages are missing. Run this, then the same command again:\n  sudo {' '.join(command)}"
            )
        command = ["sudo", "-n", *command]
    print(f"Installing system packages: {' '.join(packages)}", file=sys.stderr)
    elevated = command[: command.index("apt-get")]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*elevated, "apt-get", "update", "-q"], check=False, stdout=sys.stderr, env=environment)
    if subprocess.run(command, check=False, stdout=sys.stderr, env=environment).returncode != 0:
        raise NeedsPerson(f"apt-get failed (see above). Run it by hand:\n  {' '.join(command)}")


def prepare_venv() -> None:
    """Create `.venv` and install the locked packages, each checked against its hash."""
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    print("Installing Python packages into .venv (some 400 MB the first time)...", file=sys.stderr)
    pip("install", "--require-hashes", "-r", str(LOCK))
    pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """Changes when the lock, the project file, the folder or the Python does."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def pip(*arguments: str) -> None:
    """Run the venv's pip quietly; its own words are shown when it fails."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False, stdout=sys.stderr).returncode != 0:
        raise NeedsPerson("Python packages could not be installed (see above). Is there a network? Run the command again.")


if __name__ == "__main__":
    sys.exit(main())
