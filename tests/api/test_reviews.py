"""Reviews over REST: the debrief of a placement, planned reviews, and who reads which answer when."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.organisations.commands import ChangeOrganisation
from service.domain.organisations.commands import change as change_organisation
from service.domain.organisations.model import Language
from service.domain.reviews.commands import AnswerReview, GivenAnswer
from service.domain.reviews.commands import answer as answer_review
from service.domain.unit_of_work import UnitOfWork
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.placing import Neighbours, neighbours

FIVE = ("leading", "success", "difficulty", "thriving", "results")


@pytest.fixture
async def between(town: Municipality, clock: MovableClock) -> Neighbours:
    return await neighbours(town, clock)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def debrief_of(between: Neighbours, placement: str) -> dict[str, Any]:
    found = await between.hr.get(
        "/v1/reviews", params={"placementId": placement.rsplit("/", 1)[1], "expand": "responses"}
    )
    (review,) = found.json()["items"]
    return review


async def response_of(between: Neighbours, review: str, who: str) -> dict[str, Any]:
    found = await between.town.client(who).get(
        "/v1/review-responses", params={"reviewId": review, "respondentId": str(between.town.people[who])}
    )
    (response,) = found.json()["items"]
    return response


async def answer(between: Neighbours, review: str, who: str, text: str, *keys: str) -> httpx.Response:
    response = await response_of(between, review, who)
    said = [{"key": key, "text": text} for key in keys or FIVE]
    return await between.town.client(who).post(f"/v1/review-responses/{response['id']}/answer", json={"answers": said})


async def answers_for(reader: httpx.AsyncClient, review: str) -> dict[str, Any]:
    found = await reader.get("/v1/review-responses", params={"reviewId": review})
    return {one["relation"]: one["answers"] for one in found.json()["items"]}


async def test_a_completed_placement_asks_talent_and_host_the_guides_five_questions(between: Neighbours) -> None:
    url = await between.agreed()
    await between.days_pass(30)
    review = await debrief_of(between, url)
    assert (review["kind"], review["state"], review["dueOn"]) == ("placement_debrief", "open", between.day(14))
    assert [one["key"] for one in review["questions"]] == list(FIVE)
    assert review["questions"][0]["text"] == "Hvordan føles det at lede?"
    asked = {(one["respondentId"], one["relation"]) for one in review["responses"]}
    people = between.town.people
    assert asked == {(str(people["Mette"]), "self"), (str(people["Vibeke"]), "host")}


async def test_without_a_supervisor_the_host_manager_is_asked_in_the_organisations_language(
    between: Neighbours,
) -> None:
    town = between.town
    await town.run(change_organisation, town.organisation, ChangeOrganisation(default_language=Language.SV), None)
    url = await between.agreed(hostSupervisorId=None)
    await between.hr.post(f"{url}/end-early", json={"on": between.day(0)})
    review = await debrief_of(between, url)
    assert review["questions"][0]["text"] == "Hur känns det att leda?"
    assert {one["relation"]: one["respondentId"] for one in review["responses"]}["host"] == str(town.people["Svend"])


async def test_a_cancelled_placement_asks_for_nothing(between: Neighbours) -> None:
    url = await between.agreed(startOn=between.day(3))
    await between.hr.post(f"{url}/cancel")
    await between.days_pass(40)
    assert (await between.hr.get("/v1/reviews")).json()["items"] == []


async def test_a_debrief_is_submitted_with_the_last_answer_and_shared_by_the_host(between: Neighbours) -> None:
    town = between.town
    url = await between.agreed()
    await between.days_pass(30)
    review = (await debrief_of(between, url))["id"]
    mette, vibeke = town.client("Mette"), town.client("Vibeke")
    assert (await answer(between, review, "Mette", "Det føles rigtigt")).status_code == 200
    assert (await vibeke.get(f"/v1/reviews/{review}")).json()["state"] == "open"
    assert refusal(await vibeke.post(f"/v1/reviews/{review}/share")) == (409, "wrong_state")
    assert (await answer(between, review, "Vibeke", "Hun lytter")).status_code == 200

    assert (await mette.get(f"/v1/reviews/{review}")).json()["state"] == "submitted"
    answers = await answers_for(mette, review)
    assert (answers["host"], answers["self"][0]["text"]) == (None, "Det føles rigtigt")
    assert refusal(await mette.post(f"/v1/reviews/{review}/share")) == (403, "not_allowed")

    shared = await vibeke.post(f"/v1/reviews/{review}/share")
    assert shared.json()["state"] == "shared"
    assert shared.json()["sharedAt"]
    answers = await answers_for(mette, review)
    assert answers["host"][0] == {"key": "leading", "text": "Hun lytter"}
    done = await mette.post(f"/v1/reviews/{review}/acknowledge")
    assert done.json()["state"] == "acknowledged"
    assert (await between.hr.post(f"/v1/reviews/{review}/close")).json()["state"] == "closed"
    assert (await mette.get(f"/v1/reviews/{review}")).json()["allowedActions"] == []

    logged = await town.client(None, Role.ADMIN).get("/v1/access-log")
    readings = [(one["readerPersonId"], one["fields"]) for one in logged.json()["items"]]
    assert (str(town.people["Mette"]), ["answers"]) in readings


async def test_answers_are_read_by_those_they_are_for_and_by_nobody_before(between: Neighbours) -> None:
    town = between.town
    url = await between.agreed()
    await between.days_pass(30)
    review = (await debrief_of(between, url))["id"]
    for who in ("Mette", "Vibeke"):
        await answer(between, review, who, "Mit svar")

    async def read(client: httpx.AsyncClient) -> list[bool]:
        found = await client.get("/v1/review-responses", params={"reviewId": review})
        return [one["answers"] is not None for one in found.json()["items"]]

    assert await read(between.hr) == [True, True]
    assert await read(town.client(None, Role.TOP_MANAGEMENT)) == [True, True]
    assert await read(town.client("Hanne")) == [False, False]
    assert await read(town.client("Vibeke")) == [True]
    for who in ("Dorthe", "Svend", "Per"):
        assert await read(town.client(who)) == []
        assert (await town.client(who).get(f"/v1/reviews/{review}")).status_code == 404
    assert await read(town.client(None, Role.ADMIN)) == []
    await town.client("Hanne").post(f"/v1/reviews/{review}/share")
    assert await read(town.client("Hanne")) == [True, True]
    assert await read(town.client("Mette")) == [True, True]


async def test_a_response_is_given_once_by_its_respondent_to_the_questions_asked(between: Neighbours) -> None:
    url = await between.agreed()
    await between.days_pass(30)
    review = (await debrief_of(between, url))["id"]
    assert refusal(await answer(between, review, "Mette", "?", "unasked")) == (422, "unknown_question")
    assert refusal(await answer(between, review, "Mette", "?", "leading", "leading")) == (422, "unknown_question")
    assert (await answer(between, review, "Mette", "Godt", "leading")).json()["allowedActions"] == []
    assert refusal(await answer(between, review, "Mette", "Igen")) == (409, "already_answered")
    mettes = (await response_of(between, review, "Mette"))["id"]
    said = {"answers": [{"key": "leading", "text": "x"}]}
    assert refusal(await between.hr.post(f"/v1/review-responses/{mettes}/answer", json=said)) == (403, "not_allowed")


async def test_the_last_two_answers_at_the_same_moment_submit_the_review_once(between: Neighbours) -> None:
    """The second waits for the first, else each would take the other for missing."""
    town = between.town
    url = await between.agreed()
    await between.days_pass(30)
    review = (await debrief_of(between, url))["id"]
    mettes = UUID((await response_of(between, review, "Mette"))["id"])
    second: list[asyncio.Task[httpx.Response]] = []

    async def overlapping(uow: UnitOfWork) -> None:
        await answer_review(mettes, AnswerReview(answers=(GivenAnswer(key="leading", text="Ja"),)), None, uow)
        second.append(asyncio.create_task(answer(between, review, "Vibeke", "Ja")))
        while not second[0].done() and not await somebody_waits(between):  # noqa: ASYNC110  -- only the database knows
            await asyncio.sleep(0.01)

    await town.rooms.transactions.run(town.actor("Mette"), overlapping)
    assert (await second[0]).status_code == 200
    events = await between.hr.get("/v1/events", params={"resourceId": review})
    assert [one["type"] for one in events.json()["items"]] == ["review.opened", "review.submitted"]


async def somebody_waits(between: Neighbours) -> bool:
    """A transaction of this database waits for another's lock."""
    async with between.town.rooms.database.pool.acquire() as connection:
        return await connection.fetchval(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock')"
        )


def plan(between: Neighbours, **other: Any) -> dict[str, Any]:
    people = between.town.people
    return {
        "kind": "check_in",
        "personId": str(people["Mette"]),
        "questions": [{"key": "wish", "text": "Hvad vil du?"}],
        "respondents": [
            {"personId": str(people["Mette"]), "relation": "self"},
            {"personId": str(people["Hanne"]), "relation": "manager"},
        ],
        "opensOn": between.day(5),
        "dueOn": between.day(10),
        **other,
    }


async def test_the_nearest_manager_plans_a_review_that_opens_on_its_day_and_grows_overdue(
    between: Neighbours,
) -> None:
    hanne, mette = between.town.client("Hanne"), between.town.client("Mette")
    made = await hanne.post("/v1/reviews", json=plan(between))
    assert (made.status_code, made.json()["state"]) == (201, "planned"), made.text
    url, review = made.headers["location"], made.json()["id"]
    assert refusal(await answer(between, review, "Mette", "At lede", "wish")) == (409, "review_not_open")
    await between.days_pass(5)
    assert (await mette.get(url)).json()["state"] == "open"
    assert (await answer(between, review, "Mette", "At lede", "wish")).status_code == 200
    await between.days_pass(6)
    assert (await mette.get(url)).json()["overdue"] is True
    late = await hanne.get("/v1/reviews", params={"overdue": "true", "dueBefore": between.day(0), "sort": "dueOn"})
    assert [one["id"] for one in late.json()["items"]] == [review]
    assert (await hanne.get("/v1/reviews", params={"overdue": "false"})).json()["items"] == []


async def test_a_review_may_open_before_its_day_and_wait_no_longer_than_hr_wants(between: Neighbours) -> None:
    hanne = between.town.client("Hanne")
    url = (await hanne.post("/v1/reviews", json=plan(between))).headers["location"]
    assert (await hanne.post(f"{url}/open")).json()["state"] == "open"
    assert refusal(await hanne.post(f"{url}/submit")) == (403, "not_allowed")
    assert (await between.hr.post(f"{url}/submit")).json()["state"] == "submitted"


async def test_colleagues_single_answers_stay_with_hr(between: Neighbours) -> None:
    town = between.town
    await town.person("Karl", between.school)
    asked = [{"personId": str(town.people["Karl"]), "relation": "peer"}]
    made = await between.hr.post(
        "/v1/reviews", json=plan(between, kind="peer_feedback", respondents=asked, opensOn=between.day(0))
    )
    url, review = made.headers["location"], made.json()["id"]
    await between.do_due()
    karl, mette = town.client("Karl"), town.people["Mette"]
    assert (await karl.get(f"/v1/persons/{mette}")).json()["givenName"] == "Mette"
    assert (await answer(between, review, "Karl", "God kollega", "wish")).status_code == 200
    assert (await karl.get(f"/v1/persons/{mette}")).status_code == 404
    await between.hr.post(f"{url}/share")
    for who in ("Mette", "Hanne"):
        read = await town.client(who).get(url, params={"expand": "responses"})
        assert (read.json()["state"], read.json()["responses"]) == ("shared", [])


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"dueOn": "2020-01-01"}, 422, "due_before_it_opens"),
        ({"questions": [{"key": "a", "text": "?"}, {"key": "a", "text": "!"}]}, 422, "question_twice"),
        ({"respondents": [{"personId": "Hanne", "relation": "self"}]}, 422, "wrong_relation"),
        ({"respondents": [{"personId": "Mette", "relation": "peer"}]}, 422, "wrong_relation"),
        ({"respondents": [{"personId": "Hanne", "relation": "peer"}] * 2}, 409, "respondent_twice"),
    ],
)
async def test_a_review_that_cannot_be_is_refused(
    between: Neighbours, other: dict[str, Any], status: int, code: str
) -> None:
    people = between.town.people
    for one in other.get("respondents", ()):
        one["personId"] = str(people.get(one["personId"], one["personId"]))
    refused = await between.hr.post("/v1/reviews", json=plan(between, **other))
    assert refusal(refused) == (status, code)


async def test_only_hr_and_the_nearest_manager_plan_reviews(between: Neighbours, other_town: Municipality) -> None:
    assert refusal(await between.town.client("Mette").post("/v1/reviews", json=plan(between))) == (403, "not_allowed")
    assert (await between.town.client("Dorthe").post("/v1/reviews", json=plan(between))).status_code == 404
    url = (await between.hr.post("/v1/reviews", json=plan(between))).headers["location"]
    assert (await other_town.client(None, Role.HR).get(url)).status_code == 404
