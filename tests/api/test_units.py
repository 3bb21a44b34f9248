"""Units over REST: the tree, its rules, and who reads what."""

from service.domain.actor import Role
from service.domain.units.model import UnitKind
from tests.municipality import Municipality


async def test_hr_defines_a_unit_and_reads_it_back(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    made = await hr.post("/v1/units", json={"name": "Sundhed og Ældre", "kind": "administration"})
    assert made.status_code == 201, made.text
    read = await hr.get(made.headers["location"])
    assert read.json()["name"] == "Sundhed og Ældre"
    assert read.json()["allowedActions"] == ["change", "close"]
    assert read.headers["etag"] == made.headers["etag"]


async def test_an_employee_may_read_units_but_not_define_them(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    await town.person("Mette", unit)
    mette = town.client("Mette")
    read = await mette.get(f"/v1/units/{unit}")
    assert read.status_code == 200
    assert read.json()["allowedActions"] == []
    assert read.json()["employeeCount"] is None
    refused = await mette.post("/v1/units", json={"name": "Min egen", "kind": "team"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_a_unit_cannot_be_moved_below_itself(town: Municipality) -> None:
    top = await town.unit("Top", UnitKind.ADMINISTRATION)
    below = await town.unit("Below", parent=top)
    refused = await town.client(None, Role.HR).patch(f"/v1/units/{top}", json={"parentId": str(below)})
    assert (refused.status_code, refused.json()["code"]) == (409, "unit_cycle")


async def test_a_moved_unit_takes_what_is_below_it_along(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    old, new = await town.unit("Old", UnitKind.ADMINISTRATION), await town.unit("New", UnitKind.ADMINISTRATION)
    middle = await town.unit("Middle", parent=old)
    leaf = await town.unit("Leaf", parent=middle)
    await hr.patch(f"/v1/units/{middle}", json={"parentId": str(new)})
    within = await hr.get("/v1/units", params={"withinId": str(new), "sort": "name"})
    assert [one["name"] for one in within.json()["items"]] == ["Leaf", "Middle", "New"]
    read = await hr.get(f"/v1/units/{leaf}", params={"expand": "administration"})
    assert read.json()["administration"]["id"] == str(new)


async def test_names_sort_in_the_danish_alphabet_and_pages_go_on_where_they_stopped(town: Municipality) -> None:
    for name in ("Åby", "Zoo", "Ærø", "Aalborg", "Ørsted", "Bo"):
        await town.unit(name)
    hr = town.client(None, Role.HR)
    names: list[str] = []
    url = "/v1/units?first=2&count=true"
    while url:
        page = await hr.get(url)
        assert page.status_code == 200, page.text
        assert page.json()["totalCount"] == 6
        names += [one["name"] for one in page.json()["items"]]
        url = page.links["next"]["url"] if "next" in page.links else ""
    assert names == ["Bo", "Zoo", "Ærø", "Ørsted", "Åby", "Aalborg"]


async def test_the_nearest_manager_is_the_next_above_where_the_unit_is_vacant(town: Municipality) -> None:
    top = await town.unit("Forvaltning", UnitKind.ADMINISTRATION)
    middle = await town.unit("Afdeling", parent=top)
    team = await town.unit("Team", UnitKind.TEAM, middle)
    director = await town.leader("Dorthe", top)
    await town.position(team)
    await town.person("Mette", team)
    hr = town.client(None, Role.HR)
    read = await hr.get(f"/v1/persons/{town.people['Mette']}", params={"expand": "nearestManager,unit"})
    assert read.json()["nearestManager"]["id"] == str(director)
    assert read.json()["unit"]["name"] == "Team"
    me = await town.client("Dorthe").get("/v1/me", params={"expand": "nearestManagerOf"})
    assert me.json()["roles"] == ["employee", "manager"]
    assert [one["givenName"] for one in me.json()["nearestManagerOf"]] == ["Mette"]


async def test_another_organisation_sees_nothing(town: Municipality, other_town: Municipality) -> None:
    unit = await town.unit("Skolen")
    hr = other_town.client(None, Role.HR)
    assert (await hr.get(f"/v1/units/{unit}")).status_code == 404
    assert (await hr.get("/v1/units")).json()["items"] == []


async def test_counts_of_small_groups_are_not_shown_to_staff_representatives_nor_by_subtraction(
    town: Municipality,
) -> None:
    above = await town.unit("Sundhed", UnitKind.ADMINISTRATION)
    parts = {await town.unit(f"Team {people}", UnitKind.TEAM, above): people for people in (3, 7, 12)}
    for unit, people in parts.items():
        for i in range(people):
            await town.person(f"Nr{i}", unit)
    council, hr = town.client(None, Role.WORKS_COUNCIL), town.client(None, Role.HR)
    shown = {unit: (await council.get(f"/v1/units/{unit}")).json()["employeeCount"] for unit in (above, *parts)}
    assert list(shown.values()) == [20, None, 5, 10]
    exact = {unit: (await hr.get(f"/v1/units/{unit}")).json()["employeeCount"] for unit in (above, *parts)}
    assert list(exact.values()) == [22, 3, 7, 12]
    for threshold, coarse in ((3, [21, 3, 6, 12]), (10, [20, None, None, 10])):
        await hr.patch("/v1/organisation", json={"anonymityThreshold": threshold})
        query = "{ units(orderBy: name_ASC) { nodes { employeeCount } } }"
        read = (await council.post("/graphql", json={"query": query})).json()["data"]["units"]["nodes"]
        assert sorted(str(one["employeeCount"]) for one in read) == sorted(map(str, coarse))
