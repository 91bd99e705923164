"""Make the demonstration zone: a synthetic district, imported, seeded and measured as any other delivery is.

Nothing here is a short cut: the layers go through `import`, the projects through the bureau's workbook with its
diff, the values through `measure`. The district's folder stays in the zone as `district/`, with its truth.
"""

import shutil
import tempfile
from pathlib import Path

from zonetwin.core.actor import Actor
from zonetwin.core.text import Text
from zonetwin.packs.folders import pack_folders
from zonetwin.packs.load import load_catalogue
from zonetwin.plans.reading import read_plans
from zonetwin.synth.district import CRS
from zonetwin.zone.creating import new_zone
from zonetwin.zone.district import district_day, write_district
from zonetwin.zone.importing import import_file
from zonetwin.zone.measuring import measure
from zonetwin.zone.progress import Progress, no_progress
from zonetwin.zone.projects_xlsx import apply_projects, diff_projects
from zonetwin.zone.settings import ZoneSettings
from zonetwin.zone.zone import open_zone

PACKS = ("base", "land", "green", "services", "mobility", "buildings", "water", "projects")
NAME = "示范区 Demo District"


def make_demo(
    folder: Path, *, seed: int, scale: float, actor: Actor, progress: Progress = no_progress
) -> None:
    """Make the demonstration zone in an empty or absent folder.

    Raises:
        Conflict: the folder holds something already.
        InvalidInput: the scale is out of range.
    """
    packs = (*PACKS, *plan_packs())
    catalogue = load_catalogue(packs, pack_folders(None))
    with tempfile.TemporaryDirectory() as temporary:
        district = Path(temporary) / "district"
        write_district(district, catalogue, seed=seed, scale=scale, progress=progress)
        settings = ZoneSettings(
            name=NAME,
            crs=CRS,
            time_zone="Asia/Shanghai",
            languages=("zh", "en"),
            packs=packs,
            today=district_day(read_plans(catalogue)),
            synthetic=True,
        )
        progress(0, None, Text("建立区域", "Making the zone"))
        new_zone(folder, settings=settings, boundary=district / "boundary.geojson", actor=actor)
        shutil.copytree(district, folder / "district")
    _fill(folder, actor, progress)


def plan_packs() -> tuple[str, ...]:
    """Name the packs that carry a plan, of those that come with zonetwin."""
    packs = (pack for folder in pack_folders(None) for pack in folder.iterdir())
    found = {pack.name for pack in packs if (pack / "plan" / "plan.yaml").is_file()}
    return tuple(sorted(found))


def _fill(folder: Path, actor: Actor, progress: Progress) -> None:
    district = folder / "district"
    with open_zone(folder) as zone:
        import_file(zone, district / "district.gpkg", source="district", actor=actor, progress=progress)
        progress(0, None, Text("导入项目", "Importing projects"))
        token = diff_projects(zone, district / "projects.xlsx").token
        apply_projects(zone, district / "projects.xlsx", token=token, actor=actor)
        measure(zone, actor=actor, progress=progress)
