"""The export of an archive over REST: everything that is known through its candidacies, as one JSON document."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.context import Context
from service.api.rest.routes import PREFIX, actor_of, route
from service.api.selections import every_field, expanded
from service.domain.archives.model import ArchiveState
from service.domain.archives.views import ArchiveView
from service.domain.candidacies.views import CandidacyView
from service.domain.catalogue import VIEWS
from service.domain.errors import Conflict, NotFound
from service.domain.reading import Many, View
from service.domain.selection import Leaf, Nodes, Page, PageArguments, Related, RelatedList, Selection
from service.domain.unit_of_work import UnitOfWork

EXPORT = f"{PREFIX}/{ArchiveView.path}/{{id}}/export"
_HEADERS = {"Cache-Control": "private, no-store", "Vary": "Authorization"}
_KNOWN_BY = ("name", "source", "externalId")
"""What an archive knows a person by; birth date and gender have no place in it."""


def archive_routes(context: Context) -> list[Route]:
    """The route that no view and no operation makes."""

    async def export(request: Request) -> Response:
        actor = await actor_of(context, request)
        which: UUID = request.path_params["id"]

        async def work(uow: UnitOfWork) -> bytes:
            about = await uow.reader.one(ArchiveView, which, expanded(ArchiveView), uow.actor)
            if about is None:
                raise NotFound(ArchiveView.name, which)
            found = await uow.archives.get(which)
            if found.it.state is ArchiveState.DELETED:
                raise Conflict("archive_deleted", f"What was in it was deleted on {found.it.deleted_on}.")
            kept = await uow.archives.kept_in(which)
            page = Page(items=(Nodes("items", archived()),), order="id", filters=("ids",))
            arguments = {"": PageArguments(first=len(kept), filters={"ids": kept})}
            listed = await uow.reader.page(CandidacyView, page, uow.actor, arguments)
            return b'{"archive":' + about.json + b',"candidacies":' + _items(listed) + b"}"

        body = await context.transactions.run(actor, work)
        named = {"Content-Disposition": f'attachment; filename="archive-{which}.json"'}
        return Response(body, 200, {**_HEADERS, **named}, "application/json")

    return [route(EXPORT, "GET", export)]


def archived() -> Selection:
    """A candidacy with all that belongs to it, sensitive values too; what it only points at by its name."""
    items: list[Leaf | Related | RelatedList] = list(_whole(CandidacyView))
    for name, relation in CandidacyView.all_relations.items():
        target = VIEWS[relation.view]
        if isinstance(relation, Many):
            items.append(RelatedList(name, name, Selection(_whole(target))))
        elif not relation.with_id:  # it is a part of the candidacy, which does not point at it
            items.append(Related(name, name, Selection(_whole(target))))
        elif name == "person":
            items.append(Related(name, name, Selection(tuple(Leaf(one, one) for one in _KNOWN_BY))))
        elif "name" in target.all_fields:
            items.append(Related(name, name, Selection((Leaf("name", "name"),))))
    return Selection(tuple(items))


def _whole(view: View) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in every_field(view, sensitive=True) if leaf.field != "allowedActions")


def _items(page: bytes) -> bytes:
    """The list inside a page of which only the list was asked for."""
    return page[page.index(b"[") : page.rindex(b"]") + 1]
