"""A small application with the pages on it, and a GraphQL and a REST door that want a token."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import strawberry
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from service.api.pages.routes import pages

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
        SampleProblem("stale", 412, "Changed meanwhile", "Somebody was <faster> & saved first: send the `ETag`."),
        SampleProblem("cohort_full", 409, "The cohort is full", "All places of the cohort are taken."),
        SampleProblem("candidacy_state", 409, "Not in this state", "The candidacy has moved on."),
    ]


class ProblemAnswer(BaseModel):
    """Why a request was not met."""

    title: str
    code: str


class TalentAnswer(BaseModel):
    """An employee seen as a possible leader."""

    id: str
    name: str
    origin: Literal["application", "nomination"] = Field(default="application", description="The way in.")


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
class Root:
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
    schema = strawberry.Schema(Root, Mutation)
    app = FastAPI(title="Sample", docs_url=None, redoc_url=None)
    app.router.routes.extend(pages(version="1.2.3", problems=problems))

    @app.get("/v1/talents", summary="List talents", tags=["talents"])
    async def talents(
        bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer(scheme_name="bearer"))],
    ) -> list[TalentAnswer]:
        """List the talents that one may see."""
        if bearer.credentials != TOKEN:
            raise HTTPException(401)
        return [TalentAnswer(id="t1", name="Åse Ærø")]

    @app.post(
        "/v1/talents/{talent}/end",
        summary="End a talent profile",
        tags=["talents"],
        responses={409: {"model": ProblemAnswer, "description": "Already ended."}},
    )
    async def end(
        talent: str, change: TalentAnswer, dry: Annotated[bool, Query(description="Only try.")]
    ) -> TalentAnswer:
        """End it, as the person may at any time; see `GET /v1/talents`."""
        return TalentAnswer(id=talent, name=str(dry), origin=change.origin)

    @app.patch("/v1/talents/{talent}", summary="Change a talent profile", tags=["talents"])
    @app.delete("/v1/talents/{talent}", summary="Delete a talent profile", tags=["talents"], deprecated=True)
    @app.put("/v1/talents/{talent}", summary="Replace a talent profile", tags=["talents"])
    async def change(talent: str) -> TalentAnswer:
        return TalentAnswer(id=talent, name="")

    async def graphql(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"data": {"__typename": "Root"}})
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
            answer["errors"] = [{**error.formatted, "extensions": {"code": "invalid"}} for error in result.errors]
        return JSONResponse(answer, headers={"X-Request-Id": "r-1"})

    async def sdl(_: Request) -> Response:
        return PlainTextResponse(schema.as_str())

    app.add_route("/graphql", graphql, methods=["GET", "POST"], include_in_schema=False)
    app.add_route("/graphql/schema.graphql", sdl, include_in_schema=False)
    return app
