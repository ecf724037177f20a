"""The command that imports records."""

from creditcurve.domain.record import Record
from support.world import NOW, SiteWorld

RECORD = Record(id=5, t_ms=NOW, type="USAGE", endpoint="v1/messages", model="opus", credits=7)


async def test_imported_records_are_stored_and_published(world: SiteWorld) -> None:
    before = world.feed.marks.revision
    imported = await world.commands.records.import_records([RECORD])
    assert imported.new == 1
    assert world.feed.marks.revision == imported.revision > before
