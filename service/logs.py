"""What the program writes about itself: JSON for machines, or lines for people.

A log names no person and shows no value: neither local variables in tracebacks, nor the row that broke a constraint.
"""

import logging
import sys
from typing import Any, Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from service.api.edge import request_id

_VALUES = "DETAIL:"  # what Postgres says about a broken constraint names the values that broke it


def configure(*, form: Literal["json", "lines"], level: str) -> None:
    """Send our own log and everybody else's through the same processors, to standard error."""
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if form == "json" else "%H:%M:%S", utc=form == "json"),
        _with_request_id,
        structlog.processors.format_exc_info,
        _without_values,
    ]
    if form == "json":
        last: list[Processor] = [structlog.processors.JSONRenderer(serializer=_json)]
    else:
        last = [
            _without_blanks,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=8, sort_keys=False),
        ]
    # Our own lines do not go through `logging`: a line per request is to cost next to nothing.
    structlog.configure(
        processors=[*shared, *last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.processors.StackInfoRenderer(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for chatty in ("uvicorn", "uvicorn.error", "alembic", "pgqueuer", "asyncio", "httpx"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def _with_request_id(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if "request_id" not in event and (current := request_id.get()):
        event["request_id"] = current
    return event


def _without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if "exception" in event:
        lines = str(event["exception"]).splitlines()
        event["exception"] = "\n".join(line for line in lines if not line.startswith(_VALUES))
    return event


def _without_blanks(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if value is not None}


def _json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
