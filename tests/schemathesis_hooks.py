"""What schemathesis cannot know of this service (`tests/schemathesis.toml` names this file)."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response


@schemathesis.check
def what_the_contract_allows_is_not_malformed(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request that the contract allows may break a rule, which has a code of its own; it is never `malformed`."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code == 422 and response.json()["code"] == "malformed":
        raise AssertionError(f"The contract allows what is refused as malformed: {response.text}")


@schemathesis.check
def every_refusal_is_a_problem_document(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """Whatever was asked: a refusal has a stable code, and says nothing of the inside."""
    del case
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    problem: dict[str, Any] = response.json()
    known = {"type", "title", "status", "detail", "code", "requestId", "errors"}
    if problem["status"] != response.status_code or not problem["code"] or problem.keys() - known:
        raise AssertionError(f"This is no problem document of the service: {response.text}")
