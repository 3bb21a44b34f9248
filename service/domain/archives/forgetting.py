"""The retention period: what is known of those not admitted is deleted when it is over (domain.md §3)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from service.domain.agenda import SOON
from service.domain.archives.model import Archive
from service.domain.ids import new_id

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def forget_those_not_admitted(uow: "UnitOfWork") -> datetime | None:
    """Delete what the retention period is over for; first put it in an archive, where the organisation asks for it.

    A few hundred candidacies each time; answers when to go on, where there was something.
    """
    due = await uow.archives.due()
    if due:
        if uow.settings.archive_days is None:
            await uow.archives.forget(due)
        else:
            until = uow.today + timedelta(days=uow.settings.archive_days)
            archive = Archive(id=new_id(), candidacies=len(due), confirm_by=until)
            await uow.archives.add(archive, "opened")
            await uow.archives.put_in(archive.id, due)
    for archive in await uow.archives.ready(uow.today):
        await empty(archive, uow)
    more = await uow.archives.forget_never_accepted()
    await uow.archives.forget_late_readings()
    return uow.now + SOON if due or more else None


async def empty(archive: Archive, uow: "UnitOfWork") -> None:
    """Delete what waits in an archive that need not wait any longer; it is locked by the caller."""
    locked = await uow.archives.deletable(archive.id)
    await uow.archives.take_out_living(archive.id)
    kept = set(await uow.archives.kept_in(archive.id))
    await uow.archives.forget([one for one in locked if one in kept])
    if not await uow.archives.kept_in(archive.id):
        await uow.archives.save(archive.deleted(uow.today), "deleted")
