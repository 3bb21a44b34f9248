"""The catalogue of problems: what each error code of the service means and what to do about it."""

import re
from collections.abc import Callable, Sequence
from html import escape
from http import HTTPStatus
from itertools import groupby
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from service.api.pages.frame import advice, language_of, page, root_of, words


class Problem(Protocol):
    """A kind of problem, in the reader's language."""

    @property
    def code(self) -> str:
        """The stable code, as in the answer and in the address of its page."""
        ...

    @property
    def status(self) -> int:
        """The HTTP status it is answered with."""
        ...

    @property
    def title(self) -> str:
        """Its short name."""
        ...

    @property
    def meaning(self) -> str:
        """What it means that one met it."""
        ...


Catalogue = Callable[[str], Sequence[Problem]]
"""All problems in a language, one of `service.api.pages.language.LANGUAGES`."""


def problems_page(request: Request, catalogue: Catalogue) -> Response:
    """Answer with all problems, by status."""
    language = language_of(request)
    ordered = sorted(catalogue(language), key=lambda problem: (problem.status, problem.code))
    root, keep = root_of(request), _keep(request, language)
    groups = "".join(
        f'<section aria-labelledby="status-{status}"><h2 id="status-{status}">{_status(status)}</h2>'
        f'<ul class="rows">{"".join(_row(problem, root, keep) for problem in group)}</ul></section>'
        for status, group in groupby(ordered, key=lambda problem: problem.status)
    )
    title = words(language)["problems_title"]
    return page(request, "problems", {"groups": groups}, title=title, language=language, tab="problems")


def problem_page(request: Request, catalogue: Catalogue) -> Response:
    """Answer with the one problem that the path names, or 404 with a way back to all of them."""
    language = language_of(request)
    code = str(request.path_params["code"])
    for problem in catalogue(language):
        if problem.code == code:
            values = {
                "code": escape(problem.code),
                "problem": escape(problem.title),
                "meaning": _prose(problem.meaning),
                "status": _status(problem.status),
                "number": str(problem.status),
                "advice": escape(advice(language, problem.status)),
            }
            return page(request, "problem", values, title=problem.title, language=language, tab="problems")
    return page(
        request,
        "unknown_problem",
        {"code": escape(code)},
        title=words(language)["unknown_title"],
        language=language,
        tab="problems",
        status=404,
    )


def _row(problem: Problem, root: str, keep: str) -> str:
    code = escape(problem.code)
    return (
        f'<li><a href="{root}/problems/{code}{keep}">{escape(problem.title)}</a>'
        f" <code>{code}</code><p>{_prose(problem.meaning)}</p></li>"
    )


def _prose(text: str) -> str:
    """A sentence in which names of the contract stand between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _status(status: int) -> str:
    # The phrase is the protocol's own, the same in every language.
    known = {each.value: each.phrase for each in HTTPStatus}
    return escape(f"{status} {known.get(status, '')}".rstrip())


def _keep(request: Request, language: str) -> str:
    return f"?lang={language}" if request.query_params.get("lang") == language else ""
