"""Set up what `make run` and `make test` need, and remember it.

Runs on any Python 3 of the system with the standard library alone: finds a Python 3.11 to 3.13, makes `.venv`,
installs the locked wheels with uv, installs zonetwin itself (its build hook builds the web interface with Node
from a wheel) and, for tests where it may, the Debian packages the browser tests need. A stamp over the inputs
makes a second run do nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = ROOT / ".stamps"
UV = "uv==0.13.9"
PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")
DEBIAN_PACKAGES = {"chromium": "chromium", "ogrinfo": "gdal-bin"}
VERSION_TEST = "import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"


def main() -> None:
    """Set up for `run` or `test`; an optional second argument names the Python to use."""
    goal = sys.argv[1]
    wanted = sys.argv[2] if len(sys.argv) > 2 else None
    if goal == "test":
        install_debian_packages()
    lock = ROOT / ("requirements-dev.lock" if goal == "test" else "requirements.lock")
    stamp = STAMPS / goal
    state = fingerprint(lock)
    if is_current(stamp, state) or (
        goal == "run" and is_current(STAMPS / "test", fingerprint(ROOT / "requirements-dev.lock"))
    ):
        return
    make_environment(wanted)
    install(lock)
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(state, encoding="utf-8")


def fingerprint(lock: Path) -> str:
    """Hash what the installation depends on: the lock, the build files and the sources of the web interface."""
    digest = hashlib.sha256()
    web = (file for file in (ROOT / "web").rglob("*") if file.is_file() and "node_modules" not in file.parts)
    for file in (lock, ROOT / "pyproject.toml", ROOT / "hatch_build.py", *sorted(web)):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, state: str) -> bool:
    return (
        (VENV / "bin" / "zonetwin").exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == state
    )


def make_environment(wanted: str | None) -> None:
    """Make `.venv` with uv in it, by the first way that works here."""
    if (VENV / "bin" / "uv").exists():
        return
    python = find_python(wanted)
    say(f"making .venv with {python}")
    if subprocess.run([python, "-m", "venv", "--clear", VENV], capture_output=True).returncode == 0:
        run([VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV])
    elif shutil.which("uv"):
        run(["uv", "venv", "--quiet", "--clear", "--python", python, VENV])
        run(["uv", "pip", "install", "--quiet", "--python", VENV / "bin" / "python", UV])
    elif succeeds([python, "-m", "pip", "--version"]):
        run([python, "-m", "venv", "--clear", "--without-pip", VENV])
        run([python, "-m", "pip", "--python", VENV / "bin" / "python", "install", "--quiet", UV])
    else:
        stop("Python has neither venv nor pip here. Install it with: sudo apt install python3-venv")


def find_python(wanted: str | None) -> str:
    found = [name for name in ((wanted,) if wanted else PYTHONS) if name and is_fit(name)]
    if not found:
        missing = wanted or "Python 3.11, 3.12 or 3.13"
        stop(
            f"{missing} was not found or does not fit. Install it, or run: make PYTHON=/path/to/python3.12 ..."
        )
    return found[0]


def is_fit(name: str) -> bool:
    return shutil.which(name) is not None and succeeds([name, "-c", VERSION_TEST])


def install(lock: Path) -> None:
    """Install the locked wheels and zonetwin itself."""
    uv = [VENV / "bin" / "uv", "pip"]
    target = ["--python", VENV / "bin" / "python"]
    say("installing the locked packages")
    run([*uv, "install", "--quiet", *target, "--require-hashes", "-r", lock])
    say("installing zonetwin and building its web interface (about a minute)")
    run(
        [
            *uv,
            "install",
            "--quiet",
            *target,
            "--no-deps",
            "--reinstall-package",
            "zonetwin",
            "--editable",
            ROOT,
        ]
    )


def install_debian_packages() -> None:
    """Install the browser and map programs the tests drive, where this is root on Debian or Ubuntu."""
    missing = [package for program, package in DEBIAN_PACKAGES.items() if not shutil.which(program)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"not installed here, so some tests are listed as not run: {', '.join(missing)}")
        return
    say(f"installing {', '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], environment)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], environment)


def succeeds(command: list[object]) -> bool:
    return subprocess.run(list(map(str, command)), capture_output=True).returncode == 0


def run(command: list[object], environment: "dict[str, str] | None" = None) -> None:
    """Run a command, quiet while it goes well; on failure show the end of what it said."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment, cwd=ROOT)
    if done.returncode:
        stop(f"{' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-4000:]}\nThe step above failed.")


def say(text: str) -> None:
    sys.stderr.write(f"zonetwin: {text}\n")


def stop(text: str) -> NoReturn:
    sys.stderr.write(f"zonetwin: {text}\n")
    raise SystemExit(1)


if __name__ == "__main__":
    main()
