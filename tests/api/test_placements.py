"""Placements over REST: who proposes, who signs, who leads, who sees, and how much fits."""

import asyncio

import httpx
import pytest

from service.domain.actor import Role
from service.domain.units.model import UnitKind
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.placing import Neighbours, neighbours


@pytest.fixture
async def between(town: Municipality, clock: MovableClock) -> Neighbours:
    return await neighbours(town, clock)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_L1_who_is_seconded_leads_the_unit_while_it_lasts_with_a_managers_rights(between: Neighbours) -> None:
    town = between.town
    per = town.people["Per"]
    mette, svend = town.client("Mette"), town.client("Svend")
    assert (await mette.get(f"/v1/persons/{per}")).status_code == 404
    url = await between.agreed()
    placed = (await mette.get(url)).json()
    assert placed["state"] == "active"
    assert [one["party"] for one in placed["signatures"]] == ["talent", "home_manager", "host_manager"]

    unit = await between.hr.get(f"/v1/units/{between.home}", params={"expand": "manager"})
    assert unit.json()["manager"]["givenName"] == "Mette"
    assert (await mette.get(f"/v1/persons/{per}")).json()["allowedActions"] == []
    assert "manager" in (await mette.get("/v1/me")).json()["roles"]
    nearest = await between.hr.get(f"/v1/persons/{per}", params={"expand": "nearestManager"})
    assert nearest.json()["nearestManager"]["givenName"] == "Mette"
    assert (await svend.get(f"/v1/persons/{per}")).status_code == 404

    await between.days_pass(30)
    assert (await mette.get(url)).json()["state"] == "completed"
    assert (await mette.get(f"/v1/persons/{per}")).status_code == 404
    assert "manager" not in (await mette.get("/v1/me")).json()["roles"]
    assert (await svend.get(f"/v1/persons/{per}")).status_code == 200
    assert (await between.hr.get(f"/v1/positions/{between.position}")).json()["vacant"] is True


async def test_L4_shadowing_and_internship_give_no_rights_before_the_secondment_does(between: Neighbours) -> None:
    mette, per = between.town.client("Mette"), between.town.people["Per"]
    for kind in ("shadowing", "internship"):
        await between.agreed(kind=kind, positionId=None, endOn=between.day(10))
        assert (await mette.get(f"/v1/persons/{per}")).status_code == 404
        await between.days_pass(10)
    await between.agreed()
    assert (await mette.get(f"/v1/persons/{per}")).status_code == 200


async def test_W3_nothing_is_agreed_without_the_nearest_manager(between: Neighbours) -> None:
    url = await between.proposed()
    for who in ("Mette", "Svend"):
        await between.town.client(who).post(f"{url}/sign")
    read = await between.town.client("Hanne").get(url)
    assert (read.json()["state"], "sign" in read.json()["allowedActions"]) == ("proposed", True)
    assert read.json()["homeManagerId"] == str(between.town.people["Hanne"])
    signed = await between.town.client("Hanne").post(f"{url}/sign")
    assert signed.json()["state"] == "active"


async def test_each_party_signs_once_and_nobody_else_signs(between: Neighbours) -> None:
    url = await between.proposed()
    mette = between.town.client("Mette")
    signed = await mette.post(f"{url}/sign")
    assert "sign" not in signed.json()["allowedActions"]
    assert refusal(await mette.post(f"{url}/sign")) == (409, "already_signed")
    assert refusal(await between.town.client("Vibeke").post(f"{url}/sign")) == (403, "not_allowed")
    assert refusal(await between.hr.post(f"{url}/sign")) == (403, "not_allowed")
    assert refusal(await between.town.client("Per").post(f"{url}/sign")) == (404, "not_found")


async def test_who_is_home_and_host_manager_signs_for_both(between: Neighbours) -> None:
    team = await between.town.unit("Klubben", UnitKind.TEAM, between.school)
    url = await between.proposed(kind="internship", positionId=None, hostUnitId=str(team))
    signed = await between.town.client("Hanne").post(f"{url}/sign")
    assert [one["party"] for one in signed.json()["signatures"]] == ["home_manager", "host_manager"]
    assert {one["signedBy"] for one in signed.json()["signatures"]} == {str(between.town.people["Hanne"])}
    assert (await between.town.client("Mette").post(f"{url}/sign")).json()["state"] == "active"


async def test_a_student_from_outside_needs_no_home_manager(between: Neighbours) -> None:
    town = between.town
    await town.person("Stine", external=True)
    terms = {"kind": "student_internship", "personId": str(town.people["Stine"]), "positionId": None}
    url = await between.proposed(**terms)
    assert (await between.hr.get(url)).json()["homeUnitId"] is None
    await town.client("Stine").post(f"{url}/sign")
    assert (await town.client("Svend").post(f"{url}/sign")).json()["state"] == "active"


async def test_a_change_of_terms_removes_the_signatures(between: Neighbours) -> None:
    url = await between.proposed()
    await between.town.client("Mette").post(f"{url}/sign")
    same = await between.hr.patch(url, json={"homeSalaryShare": 40})
    assert len(same.json()["signatures"]) == 1
    other = await between.town.client("Svend").patch(url, json={"homeSalaryShare": 60, "learningAgreement": "Ugentlig"})
    assert (other.json()["homeSalaryShare"], other.json()["signatures"]) == (60, [])


async def test_a_signature_holds_for_the_version_that_was_read(between: Neighbours) -> None:
    url = await between.proposed()
    mette = between.town.client("Mette")
    etag = (await mette.get(url)).headers["etag"]
    await between.hr.patch(url, json={"loadPercent": 80})
    stale = await mette.post(f"{url}/sign", headers={"If-Match": etag})
    assert refusal(stale) == (412, "stale_version")


async def test_a_secondment_needs_a_vacant_post_and_takes_it_alone(between: Neighbours) -> None:
    hr = between.hr
    held = await hr.post(
        f"/v1/positions/{between.position}/appoint",
        json={"personId": str(between.town.people["Per"]), "startOn": between.day(20), "filledBy": "internal"},
    )
    assert held.status_code == 200
    refused = await hr.post("/v1/placements", json=between.terms())
    assert refusal(refused) == (409, "position_held")
    await between.agreed(endOn=between.day(20))
    other = await hr.post(
        "/v1/placements",
        json=between.terms(kind="acting_leader", personId=str(between.town.people["Vibeke"]), hostSupervisorId=None),
    )
    assert refusal(other) == (409, "position_taken")


async def test_an_acting_leader_stands_in_for_the_holder_who_signed_for_it(between: Neighbours) -> None:
    """Who signed last is the manager no longer, and still reads what they agreed to."""
    town = between.town
    position = (await between.hr.get("/v1/positions", params={"unitId": str(between.school)})).json()["items"][0]["id"]
    url = await between.proposed(kind="acting_leader", hostUnitId=str(between.school), positionId=position)
    await town.client("Mette").post(f"{url}/sign")
    signed = await town.client("Hanne").post(f"{url}/sign")
    assert (signed.status_code, signed.json()["state"]) == (200, "active")
    school = await between.hr.get(f"/v1/units/{between.school}")
    assert school.json()["managerId"] == str(town.people["Mette"])
    assert (await between.hr.get(url)).json()["hostManagerId"] == str(town.people["Dorthe"])


async def test_loads_of_overlapping_placements_stay_within_all_of_the_time(between: Neighbours) -> None:
    part = {"kind": "project", "positionId": None}
    await between.agreed(**part, loadPercent=60, endOn=between.day(10))
    refused = await between.hr.post("/v1/placements", json=between.terms(**part, loadPercent=41))
    assert refusal(refused) == (409, "overload")
    await between.agreed(**part, loadPercent=40)
    after = await between.hr.post("/v1/placements", json=between.terms(**part, startOn=between.day(10), loadPercent=60))
    assert after.status_code == 201


async def test_two_signatures_at_the_same_moment_never_exceed_all_of_the_time(between: Neighbours) -> None:
    part = {"kind": "project", "positionId": None, "loadPercent": 30}
    urls = [await between.proposed(**part) for _ in range(6)]
    for url in urls:
        for who in ("Mette", "Hanne"):
            assert (await between.town.client(who).post(f"{url}/sign")).status_code == 200
    svend = between.town.client("Svend")
    answers = await asyncio.gather(*(svend.post(f"{url}/sign") for url in urls))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 409, 409, 409]
    states = [(await between.hr.get(url)).json()["state"] for url in urls]
    assert sorted(states) == ["active"] * 3 + ["proposed"] * 3


async def test_two_leaders_are_not_agreed_on_at_the_same_moment(between: Neighbours) -> None:
    town = between.town
    mettes = await between.proposed()
    other = await between.proposed(personId=str(town.people["Vibeke"]), hostSupervisorId=None)
    for url, parties in ((mettes, ("Mette", "Hanne")), (other, ("Vibeke",))):
        for who in parties:
            await town.client(who).post(f"{url}/sign")
    svend = town.client("Svend")
    await asyncio.gather(*(svend.post(f"{url}/sign") for url in (mettes, other)))
    # Whoever is first leads the unit at once: the other placement is refused, or waits for the new leader to sign.
    assert sorted([(await between.hr.get(url)).json()["state"] for url in (mettes, other)]) == ["active", "proposed"]


async def test_hr_the_nearest_manager_and_the_host_propose_and_nobody_else(between: Neighbours) -> None:
    town = between.town
    for who in ("Hanne", "Svend"):
        made = await town.client(who).post("/v1/placements", json=between.terms())
        assert made.status_code == 201, made.text
    for who in ("Mette", "Dorthe", "Per"):
        refused = await town.client(who).post("/v1/placements", json=between.terms())
        assert refused.status_code in {403, 404}, refused.text


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"endOn": "2020-01-01"}, "period_ends_before_it_starts"),
        ({"positionId": None}, "position_missing"),
        ({"kind": "scholarship", "homeUnitId": "HOME"}, "wrong_home_unit"),
        ({"hostUnitId": "SCHOOL", "kind": "rotation", "positionId": None}, "host_is_home"),
        ({"hostUnitId": "SCHOOL"}, "host_is_home"),
        ({"hostUnitId": "SCHOOL", "kind": "acting_leader"}, "position_elsewhere"),
        ({"hostSupervisorId": "METTE"}, "own_supervisor"),
    ],
)
async def test_terms_that_cannot_be_are_refused(between: Neighbours, terms: dict[str, str], code: str) -> None:
    known = {"HOME": between.home, "SCHOOL": between.school, "METTE": between.town.people["Mette"]}
    given = {name: str(known.get(value, value)) if value else value for name, value in terms.items()}
    refused = await between.hr.post("/v1/placements", json=between.terms(**given))
    assert refusal(refused) == (422, code)


async def test_those_it_concerns_see_a_placement_and_each_others_names(
    between: Neighbours, other_town: Municipality
) -> None:
    town = between.town
    url = await between.proposed()
    params = {"expand": "person,hostSupervisor"}
    for who, person, supervisor in (
        ("Mette", "Mette", "Vibeke"),
        ("Hanne", "Mette", None),
        ("Vibeke", "Mette", "Vibeke"),
        ("Svend", "Mette", "Vibeke"),
    ):
        read = (await town.client(who).get(url, params=params)).json()
        named = [one and one["givenName"] for one in (read["person"], read["hostSupervisor"])]
        assert named == [person, supervisor], who
    for who in ("Per", "Dorthe"):
        assert (await town.client(who).get(url)).status_code == 404
    assert (await other_town.client(None, Role.HR).get(url)).status_code == 404
    mine = await town.client("Vibeke").get("/v1/placements", params={"hostSupervisorId": str(town.people["Vibeke"])})
    assert len(mine.json()["items"]) == 1
    await between.hr.post(f"{url}/cancel")
    mette = town.people["Mette"]
    assert (await town.client("Vibeke").get(f"/v1/persons/{mette}")).status_code == 404


async def test_a_list_of_placements_is_filtered_and_ordered(between: Neighbours) -> None:
    late = await between.proposed(startOn=between.day(40), endOn=between.day(50))
    early = await between.proposed(kind="project", positionId=None, loadPercent=10)
    hr = between.hr
    listed = await hr.get("/v1/placements", params={"sort": "startOn"})
    assert [f"/v1/placements/{one['id']}" for one in listed.json()["items"]] == [early, late]
    after = await hr.get("/v1/placements", params={"startFrom": between.day(20), "state": "proposed"})
    assert [one["kind"] for one in after.json()["items"]] == ["secondment"]
    before = await hr.get("/v1/placements", params={"startBefore": between.day(20), "kind": "project"})
    assert [one["loadPercent"] for one in before.json()["items"]] == [10]


async def test_where_nobody_leads_above_top_management_signs_in_the_leaders_place(between: Neighbours) -> None:
    town = between.town
    alone = await town.unit("Havnen", UnitKind.ADMINISTRATION)
    await town.person("Jens", alone)
    await town.person("Karen", alone)
    terms = {"kind": "internship", "personId": str(town.people["Jens"]), "positionId": None, "hostSupervisorId": None}
    url = await between.proposed(**terms, hostUnitId=str(alone))
    director, sponsor = town.client("Karen", Role.TOP_MANAGEMENT), {"home_manager", "host_manager"}
    assert refusal(await between.hr.post(f"{url}/sign")) == (403, "not_allowed")
    assert refusal(await town.client(None, Role.TOP_MANAGEMENT).post(f"{url}/sign")) == (403, "not_allowed")
    assert "sign" in (await director.get(url)).json()["allowedActions"]
    signed = (await director.post(f"{url}/sign")).json()
    assert {one["party"] for one in signed["signatures"]} == sponsor
    assert (signed["state"], "sign" in signed["allowedActions"]) == ("proposed", False)
    assert refusal(await director.post(f"{url}/sign")) == (409, "already_signed")
    assert (await town.client("Jens").post(f"{url}/sign")).json()["state"] == "active"


async def test_top_management_signs_for_nobody_who_has_a_leader_and_never_for_the_own_placement(
    between: Neighbours,
) -> None:
    town = between.town
    led = await between.proposed()
    top = town.client("Per", Role.TOP_MANAGEMENT)
    assert "sign" not in (await top.get(led)).json()["allowedActions"]
    assert refusal(await top.post(f"{led}/sign")) == (403, "not_allowed")
    alone = await town.unit("Havnen", UnitKind.ADMINISTRATION)
    await town.person("Jens", alone)
    terms = {"kind": "internship", "personId": str(town.people["Jens"]), "positionId": None}
    own = await between.proposed(**terms, hostUnitId=str(between.home))
    signed = (await town.client("Jens", Role.TOP_MANAGEMENT).post(f"{own}/sign")).json()
    assert [one["party"] for one in signed["signatures"]] == ["talent"]


async def test_who_hosts_a_protected_person_signs_and_answers_without_reading_their_name(between: Neighbours) -> None:
    town = between.town
    mette = town.people["Mette"]
    await between.hr.post(f"/v1/persons/{mette}/protect", json={"protected": True})
    url = await between.agreed()
    for host in ("Svend", "Vibeke"):
        read = (await town.client(host).get(url, params={"expand": "person"})).json()
        assert (read["state"], read["person"]) == ("active", None), host
        assert (await town.client(host).get(f"/v1/persons/{mette}")).status_code == 404
    for nobody in (town.client("Per"), town.client("Dorthe"), town.client(None, Role.TOP_MANAGEMENT)):
        assert (await nobody.get(url)).status_code == 404
    await between.days_pass(30)
    debrief = (await town.client("Vibeke").get("/v1/review-responses?submitted=false")).json()["items"]
    review = (await town.client("Vibeke").get(f"/v1/reviews/{debrief[0]['reviewId']}")).json()
    said = {"answers": [{"key": review["questions"][0]["key"], "text": "Godt."}]}
    answered = await town.client("Vibeke").post(f"/v1/review-responses/{debrief[0]['id']}/answer", json=said)
    assert answered.status_code == 200, answered.text
    assert (await town.client("Per").get("/v1/reviews")).json()["items"] == []
