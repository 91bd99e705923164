"""The command line: `zonetwin new · import · measure · plan · projects · serve · demo · synth · export · check`.

A door: it parses, asks a use case of `zone/`, and prints the answer. Each command lives in a module of its own that
is loaded when it is called, so that `zonetwin --help` starts at once.
"""

import importlib
import sys

import click

from zonetwin import __version__

_COMMANDS = {
    "new": ("create", "Make a new zone."),
    "import": ("work", "Import a file of map data or tables into a zone."),
    "measure": ("work", "Measure the indicators of a zone."),
    "export": ("work", "Write a kind or a published table to a file."),
    "plan": ("plan", "Show a plan, judge its targets, attach its document."),
    "projects": ("projects", "List, create, move, import and export projects."),
    "serve": ("serve", "Serve a zone to the browser and to map programs."),
    "demo": ("create", "Make the demonstration zone from the synthetic district."),
    "synth": ("create", "Make a synthetic canal district as files."),
    "check": ("check", "Check packs or a zone."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"zonetwin.cli.{_COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zonetwin")
def cli() -> None:
    """Turn a district's action plan into a running system.

    A ZONE is a folder made by `zonetwin new`. While a zone is served, commands go through its server.
    """


def main() -> None:
    """Run the command line; a fault a user can act on ends with status 1 and its hint."""
    from zonetwin.core.errors import TwinError

    try:
        cli.main(standalone_mode=False)
    except click.Abort:
        click.echo("Cancelled; nothing was changed by the step under way.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TwinError as error:
        click.echo(f"Error: {error.message}", err=True)
        if error.hint:
            click.echo(f"  → {error.hint}", err=True)
        sys.exit(1)
