"""The command line starts without the heavy parts: what its import may load is listed here."""

import subprocess
import sys

ALLOWED = {"click", "zonetwin"}
_SCRIPT = """
import sys
before = set(sys.modules)
import zonetwin.cli
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before}))
"""


def test_importing_the_command_line_loads_only_click_and_the_standard_library() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    foreign = {name for name in done.stdout.split() if name not in sys.stdlib_module_names}
    assert foreign <= ALLOWED


def test_help_lists_every_command_without_loading_one() -> None:
    script = (
        "import sys; from zonetwin.cli import cli\n"
        "try: cli.main(['--help'])\n"
        "finally: assert 'zonetwin.cli.work' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for command in (
        "new",
        "import",
        "measure",
        "plan",
        "projects",
        "serve",
        "demo",
        "synth",
        "export",
        "check",
    ):
        assert f"\n  {command} " in done.stdout
