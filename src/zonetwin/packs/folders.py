"""Where packs lie: those shipped with zonetwin, and those of a zone."""

from collections.abc import Sequence
from pathlib import Path

import zonetwin


def pack_folders(local: Path | None = None) -> list[Path]:
    """List the folders that hold packs, the zone's own first.

    The shipped packs are `zonetwin/_packs` in an installed wheel, `packs/` at the root of a checkout.

    Args:
        local: A zone's folder of local packs; it need not exist.
    """
    shipped = shipped_folder()
    return [folder for folder in (local, shipped) if folder is not None and folder.is_dir()]


def shipped_folder() -> Path:
    """Give the folder of the packs that come with zonetwin."""
    package = Path(zonetwin.__file__).resolve().parent
    wheel = package / "_packs"
    return wheel if wheel.is_dir() else package.parents[1] / "packs"


def find_pack(name: str, folders: Sequence[Path]) -> list[Path]:
    """List the folders called `name` that hold a `pack.yaml`: one if all is well."""
    return [folder / name for folder in folders if (folder / name / "pack.yaml").is_file()]
