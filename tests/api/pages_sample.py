"""A small application with the pages on it, and a GraphQL and a REST door that want a token."""

from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from service.api.pages.routes import add_pages

TOKEN = "a-token-of-the-sample"


@dataclass(frozen=True)
class SampleProblem:
    code: str
    status: int
    title: str
    meaning: str


_TITLES = {"da": "Ikke fundet", "sv": "Hittades inte", "nb": "Ikke funnet", "en": "Not found"}


def problems(language: str) -> list[SampleProblem]:
    return [
        SampleProblem("not_found", 404, _TITLES[language], "It is not there, or not for you to see."),
        SampleProblem("stale", 412, "Changed meanwhile", "Somebody was <faster> & saved first."),
        SampleProblem("cohort_full", 409, "The cohort is full", "All places of the cohort are taken."),
        SampleProblem("candidacy_state", 409, "Not in this state", "The candidacy has moved on."),
    ]


class TalentAnswer(BaseModel):
    id: str
    name: str


@strawberry.type(description="A unit of the organisation.")
class Unit:
    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What people call it.")


@strawberry.type(description="An employee seen as a possible leader.")
class Talent:
    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="The person's name.")
    unit: Unit = strawberry.field(description="Where the person works.")


@strawberry.type(description="Where a read begins.")
class Query:
    @strawberry.field(description="Who is asking.")
    def me(self) -> str:
        return "HR of Fjordby"

    @strawberry.field(description="The talents that one may see.")
    def talents(self, first: int = 10) -> list[Talent]:
        unit = Unit(id=strawberry.ID("u1"), name="Byg og miljø")
        return [Talent(id=strawberry.ID("t1"), name="Åse Ærø", unit=unit)][:first]


@strawberry.type(description="Where a change begins.")
class Mutation:
    @strawberry.mutation(description="Withdraw a candidacy, without a reason.")
    def withdraw_candidacy(self, id: strawberry.ID) -> bool:  # noqa: A002  -- the argument's name on the wire
        return bool(id)


def sample() -> FastAPI:
    schema = strawberry.Schema(Query, Mutation)
    app = FastAPI(title="Sample", docs_url=None, redoc_url=None)
    add_pages(app, version="1.2.3", problems=problems)

    @app.get("/v1/talents", summary="List talents", tags=["talents"])
    async def talents(
        bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer(scheme_name="bearer"))],
    ) -> list[TalentAnswer]:
        """List the talents that one may see."""
        if bearer.credentials != TOKEN:
            raise HTTPException(401)
        return [TalentAnswer(id="t1", name="Åse Ærø")]

    async def graphql(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"data": {"__typename": "Query"}})
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            body = {
                "title": "No valid token",
                "status": 401,
                "code": "unauthenticated",
                "detail": "Send a token.",
            }
            return JSONResponse(body, status_code=401, media_type="application/problem+json")
        asked: dict[str, Any] = await request.json()
        result = await schema.execute(
            asked["query"], variable_values=asked.get("variables"), operation_name=asked.get("operationName")
        )
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [
                {**error.formatted, "extensions": {"code": "invalid"}} for error in result.errors
            ]
        return JSONResponse(answer, headers={"X-Request-Id": "r-1"})

    async def sdl(_: Request) -> Response:
        return PlainTextResponse(schema.as_str())

    app.add_route("/graphql", graphql, methods=["GET", "POST"], include_in_schema=False)
    app.add_route("/graphql/schema.graphql", sdl, include_in_schema=False)
    return app
