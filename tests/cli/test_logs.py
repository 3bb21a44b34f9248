"""The log is lines that a machine reads in production, and never shows a value."""

import logging
from collections.abc import Iterator
from typing import Literal

import orjson
import pytest
import structlog

from service import logs
from service.api.edge import request_id


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def logged(capsys: pytest.CaptureFixture[str], form: Literal["json", "lines"]) -> str:
    """What is written about a broken constraint in a function that knows a secret."""
    logs.configure(form=form, level="info")
    token = request_id.set("request-1")
    secret = "signe@by.example"
    try:
        raise ValueError("a rule is broken\nDETAIL:  Key (email)=(" + secret + ") already exists.")
    except ValueError:
        structlog.get_logger("test").exception("defect", path="/v1/persons")
        logging.getLogger("elsewhere").warning("heard too")
    finally:
        request_id.reset(token)
    written = capsys.readouterr()
    assert not written.out
    assert secret not in written.err
    return written.err


def test_for_machines_each_line_is_json_with_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    defect, elsewhere = map(orjson.loads, logged(capsys, "json").splitlines())

    assert (defect["event"], defect["level"], defect["path"]) == ("defect", "error", "/v1/persons")
    assert "ValueError: a rule is broken" in defect["exception"]
    assert defect["request_id"] == elsewhere["request_id"] == "request-1"
    assert (elsewhere["event"], elsewhere["level"]) == ("heard too", "warning")


def test_for_people_lines_are_read_without_a_tool(capsys: pytest.CaptureFixture[str]) -> None:
    written = logged(capsys, "lines")

    assert "defect" in written
    assert "ValueError: a rule is broken" in written
    assert not written.startswith("{")


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(form="json", level="warning")
    structlog.get_logger("test").info("request")

    assert not capsys.readouterr().err
