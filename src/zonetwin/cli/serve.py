"""`zonetwin serve`: the server, until it is stopped."""

from pathlib import Path

import click


@click.command("serve")
@click.argument("zone", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", default=8600, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address; any but loopback needs a token."
)
@click.option("--token", envvar="ZONETWIN_TOKEN", help="Token asked of every request from another address.")
def serve_command(zone: Path, port: int, host: str, token: str | None) -> None:
    """Serve ZONE: the web interface, OGC API Features and Tiles, and our JSON. Stop with Ctrl-C."""
    from zonetwin.api.server import serve

    serve(zone, host=host, port=port, token=token, ready=_print_address)


def _print_address(address: str) -> None:
    click.echo(f"zonetwin: {address}  (Ctrl-C 停止 to stop)")
