"""Imports over REST: an export comes as a form with a file, and the problems of its rows go as a report."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import orjson
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from service.api.context import Context
from service.api.errors import InputError, Malformed, TooLarge, UnsupportedMediaType
from service.api.rest.routes import PREFIX, actor_of, etag, route
from service.api.selections import expanded
from service.api.writing import Wish, perform
from service.domain.errors import NotFound
from service.domain.imports.commands import QUEUE, QueueImport
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.model import DEFAULT_SHARE
from service.domain.imports.ports import Importer
from service.domain.imports.problems import RowProblem
from service.domain.imports.report import as_csv
from service.domain.imports.views import ImportView
from service.domain.unit_of_work import UnitOfWork

PATH = f"{PREFIX}/{ImportView.path}"
REPORT = f"{PATH}/{{id}}/report"
LARGEST_FIELD = 256 * 1024
"""Bytes of a form's field; a mapping is the largest."""

_FORM = "multipart/form-data"
_CSV, _JSON = "text/csv", "application/json"
_LONGEST_NAME = 200
_READ_AT_ONCE = 1024 * 1024
_ACCEPTED = 202
_FIELDS = {"file", "mapping", "dryRun", "snapshot", "share", "force"}
_PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}

T = TypeVar("T")


def import_routes(context: Context, importer: Importer, *, upload_limit: int) -> list[Route]:
    """The routes that no view and no operation makes. `upload_limit` is in bytes."""

    async def receive(request: Request) -> Response:
        actor = await actor_of(context, request)
        actor.require("hr", "people:write")
        importer.refuse_when_busy()
        form = await _form(request, upload_limit)
        place = importer.place()
        started = False
        try:
            asked = await _asked(form, importer, place)
            wish = Wish(operation=QUEUE, command=asked.command, selection=expanded(ImportView), arguments={})
            key = request.headers.get("idempotency-key")
            (done,) = await perform(context.transactions, actor, [wish], key, _ACCEPTED)
            if not done.replayed:
                importer.start(actor, done.resource, asked.mapping, place)
                started = True
        finally:
            await form.close()
            if not started:
                place.unlink(missing_ok=True)
        headers = {**_PRIVATE, "ETag": etag(done.reading), "Location": f"{PATH}/{done.resource}"}
        if done.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(done.reading.json, _ACCEPTED, headers, _JSON)

    async def report(request: Request) -> Response:
        actor = await actor_of(context, request)
        which: UUID = request.path_params["id"]

        async def work(uow: UnitOfWork) -> tuple[bytes, list[RowProblem]]:
            reading = await uow.reader.one(ImportView, which, expanded(ImportView), uow.actor)
            if reading is None:
                raise NotFound(ImportView.name, which)
            return reading.json, await uow.imports.problems(which)

        about, problems = await context.transactions.run(actor, work)
        if _wants_json(request.headers.get("accept", "")):
            listed = orjson.dumps([one._asdict() for one in problems])
            return Response(b'{"import":' + about + b',"problems":' + listed + b"}", 200, _PRIVATE, _JSON)
        named = {"Content-Disposition": f'attachment; filename="import-{which}.csv"'}
        return Response(as_csv(problems), 200, {**_PRIVATE, **named}, f"{_CSV}; charset=utf-8")

    return [route(PATH, "POST", receive), route(REPORT, "GET", report)]


@dataclass(frozen=True)
class _Asked:
    command: QueueImport
    mapping: ImportMapping


async def _form(request: Request, limit: int) -> FormData:
    """The form, its files on disk. Raises UnsupportedMediaType, TooLarge, Malformed."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _FORM:
        raise UnsupportedMediaType("unsupported_media_type", f"Send the export as {_FORM}.")
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge(
                "too_large", f"An export has at most {limit} bytes; pack it as a zip, or import it in parts."
            )
        return message

    try:
        return await Request(request.scope, limited).form(max_files=2, max_fields=10, max_part_size=LARGEST_FIELD)
    except HTTPException as error:
        raise Malformed([InputError(pointer="", detail=str(error.detail))]) from error


async def _asked(form: FormData, importer: Importer, place: Path) -> _Asked:
    """What the form asks for; the export is written to its place. Raises Malformed, MappingRefused."""
    errors = [InputError(pointer=f"/{name}", detail="There is no such field.") for name in form if name not in _FIELDS]
    errors += [
        InputError(pointer=f"/{name}", detail="This field is given once.")
        for name in _FIELDS
        if len(form.getlist(name)) > 1
    ]

    def take(name: str, read: Callable[[str], T], default: T) -> T:
        value = form.get(name)
        try:
            return default if value is None else read(_word(value))
        except ValueError as error:
            errors.append(InputError(pointer=f"/{name}", detail=str(error)))
            return default

    export = form.get("file")
    if not isinstance(export, UploadFile):
        errors.append(InputError(pointer="/file", detail="The export is missing: a zip or a CSV file."))
    text = await _text(form.get("mapping"), errors)
    dry_run, snapshot = take("dryRun", _flag, default=False), take("snapshot", _flag, default=False)
    force, share = take("force", _flag, default=False), take("share", _number, DEFAULT_SHARE)
    if errors or not isinstance(export, UploadFile):
        raise Malformed(errors)
    mapping = importer.mapping(text)
    digest = await asyncio.to_thread(_keep, export, place, text)
    name = (export.filename or "").replace("\\", "/").rpartition("/")[2]
    command = QueueImport(
        mapping=mapping.name[:_LONGEST_NAME],
        source=mapping.source,
        file_name=name[:_LONGEST_NAME] or "export",
        digest=digest,
        dry_run=dry_run,
        snapshot=snapshot,
        share=share,
        force=force,
    )
    return _Asked(command, mapping)


async def _text(value: UploadFile | str | None, errors: list[InputError]) -> str:
    """A mapping's name or its whole text, whether it came as a field or as a file."""
    try:
        content = await value.read(LARGEST_FIELD + 1) if isinstance(value, UploadFile) else (value or "").encode()
        text = content.decode("utf-8-sig") if len(content) <= LARGEST_FIELD else ""
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\x00" in text:
        errors.append(
            InputError(pointer="/mapping", detail="Name a mapping that ships with the service, or send one as UTF-8.")
        )
    return text


def _keep(export: UploadFile, place: Path, mapping: str) -> bytes:
    """Write the export where the importer wants it; a digest of both says whether two requests are the same."""
    digest = hashlib.blake2b(mapping.encode(), digest_size=32)
    export.file.seek(0)
    with place.open("wb") as file:
        while content := export.file.read(_READ_AT_ONCE):
            digest.update(content)
            file.write(content)
    return digest.digest()


def _word(value: UploadFile | str) -> str:
    if isinstance(value, UploadFile):
        raise ValueError("This is no file.")  # noqa: TRY004  -- what a caller sent, not what code did
    return value.strip()


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("`true` or `false`.")
    return text == "true"


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("A number from 0 to 1, such as 0.1.") from error
    if not found.is_finite() or not 0 <= found <= 1:
        raise ValueError("A number from 0 to 1, such as 0.1.")
    return found


def _wants_json(accept: str) -> bool:
    """JSON is preferred to CSV, by the first of them that is named."""
    named = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return next((one for one in named if one in {_CSV, _JSON}), _CSV) == _JSON
