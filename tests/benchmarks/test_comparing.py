"""What counts as the same answer, and what is replayed of a command that was heard twice."""

from uuid import UUID, uuid4

import pytest

from benchmarks.equality import UnequalError, covers, same
from benchmarks.recorded import Call, Recorded, Slot, templates
from benchmarks.requests import Request


def test_times_are_the_same_however_they_are_written() -> None:
    same("it", {"at": ["2026-01-01T06:00:00+00:00"]}, {"at": ["2026-01-01T07:00:00.000000+01:00"]})


@pytest.mark.parametrize("other", [{"a": 2}, {"a": 1, "b": 2}, {}, {"a": [1]}])
def test_another_value_a_missing_one_and_one_too_many_are_not_the_same(other: object) -> None:
    with pytest.raises(UnequalError):
        same("it", {"a": 1}, other)


def test_an_answer_may_say_more_than_is_compared() -> None:
    covers("it", {"items": [{"id": 1, "more": 2}]}, {"items": [{"id": 1}]})


@pytest.mark.parametrize("rows", [[{"more": 2}], [], [{"id": 1}, {"id": 1}]])
def test_an_answer_does_not_say_less_or_have_other_rows(rows: list[dict[str, int]]) -> None:
    with pytest.raises(UnequalError):
        covers("it", {"items": rows}, {"items": [{"id": 1}]})


def heard(resource: UUID, key: str, event: UUID) -> Recorded:
    calls = (Call("execute", "BEGIN;", ()), Call("fetchrow", "SELECT", (resource, "same", key, [event], [resource])))
    return Recorded(calls, 1, b"", b"")


def test_a_command_heard_twice_leaves_open_the_resource_the_key_and_what_is_made_anew() -> None:
    resource, event = uuid4(), uuid4()
    first, second = heard(resource, "key-1", event), heard(uuid4(), "key-2", uuid4())
    (template,) = templates([(first, (resource, "key-1")), (second, (uuid4(), "key-2"))])
    begin, select = template.fillings
    other, fresh = uuid4(), uuid4()
    given = {Slot.RESOURCE: other, Slot.KEY: "key-3"}
    assert begin.values(given, uuid4) == []
    assert select.values(given, lambda: fresh) == [other, "same", "key-3", [fresh], [other]]
    assert select.values(given, lambda: event) == [other, "same", "key-3", [event], [other]]


def test_a_command_that_runs_other_statements_the_second_time_is_no_template() -> None:
    once = Recorded((Call("execute", "BEGIN;", ()),), 0, b"", b"")
    with pytest.raises(AssertionError):
        templates([(once, (uuid4(), "")), (heard(uuid4(), "", uuid4()), (uuid4(), ""))])


def test_a_request_is_written_as_it_goes_over_the_wire() -> None:
    plain = Request(path="/v1/talents?first=1", headers=(("Authorization", "Bearer x"),))
    assert plain.raw(80) == b"GET /v1/talents?first=1 HTTP/1.1\r\nHost: 127.0.0.1:80\r\nAuthorization: Bearer x\r\n\r\n"
    assert Request(method="POST", path="/", body=b"{}").raw(80).endswith(b"Content-Length: 2\r\n\r\n{}")
    assert Request(method="POST", path="/").raw(80).endswith(b"Content-Length: 0\r\n\r\n")
