"""Steps 1 and 2 over GraphQL: a municipality is imported, a programme is opened."""

from pathlib import Path
from typing import Any

from service.ingest.mapping_files import shipped_mapping
from tests.importing import asked_for
from tests.journeys.cast import CANDIDATES, COUNTS, EMPLOYEES, EVERYBODY, HR_SYSTEM, INSIDE, TOP, export_in
from tests.journeys.graphql.door import GraphQL
from tests.journeys.story import COMPETENCES, REVISED, competences, criteria

_IMPORTED = """
query Imported($first: ID!, $again: ID!) {
  first: import(id: $first) { state problemCount counts { concept added } }
  again: import(id: $again) { state problemCount counts { concept unchanged } }
  units { nodes { id externalId } }
  persons(first: 100) { nodes { id givenName } }
}
"""
_TREE = """
query Tree($park: ID!) {
  unit(id: $park) {
    manager { id }
    administration { externalId manager { id } }
    positions { nodes { id vacant holder { id } } }
  }
  positions(filter: {vacant: true}) { totalCount }
}
"""
_BORN = "query Born($id: ID!) { person(id: $id) { name birthDate gender nearestManager { givenName } } }"
_PROGRAMME = """
query Programme($id: ID!, $framework: ID!) {
  programme(id: $id) { id state criteria { competenceId name weight } framework { edition state } }
  framework(id: $framework) { state }
}
"""


async def a_municipality_is_imported(door: GraphQL, folder: Path) -> None:
    """An export is a file, which goes in as the command line takes it; here it is read."""
    cast, mapping = door.cast, shipped_mapping("plan2learn")
    first, _ = await asked_for(cast.town, export_in(folder), mapping)
    again, _ = await asked_for(cast.town, folder, mapping)
    read = await door.asks(HR_SYSTEM, _IMPORTED, first=str(first), again=str(again))
    for run, word in (("first", "added"), ("again", "unchanged")):
        assert (read[run]["state"], read[run]["problemCount"]) == ("completed", 0)
        assert {one["concept"]: one[word] for one in read[run]["counts"]} == COUNTS
    cast.units = {one["externalId"]: one["id"] for one in read["units"]["nodes"]}
    cast.people = {one["givenName"]: one["id"] for one in read["persons"]["nodes"]}
    assert set(cast.people) == set(EVERYBODY)
    assert await door.readers("import", "imports", str(first)) == {"Hanne", HR_SYSTEM}

    # The export knows no genders.
    await door.does("Hanne", "changePerson", "person { id }", id=cast.people["Mette"], gender="female")

    # Everybody inside sees the tree, who leads, and that one leader post is vacant.
    tree = await door.asks("Per", _TREE, park=cast.units["park"])
    (vacant,) = tree["unit"]["positions"]["nodes"]
    assert (vacant["vacant"], vacant["holder"], tree["unit"]["manager"]) == (True, None, None)
    # Who leads is read by id; Tove's own page is for Per, whose nearest manager she is.
    assert tree["unit"]["administration"] == {"externalId": "teknik", "manager": {"id": cast.people["Tove"]}}
    assert tree["positions"] == {"totalCount": 1}
    assert await door.readers("unit", "units", cast.units["park"]) == INSIDE
    assert await door.readers("position", "positions", vacant["id"]) == INSIDE

    # The nearest manager sees people; where the unit has none, the next above is it. Further up one sees counts.
    assert await door.readers("person", "persons", cast.people["Mette"]) == {*TOP, HR_SYSTEM, "Mads", "Mette"}
    assert await door.readers("person", "persons", cast.people["Per"]) == {*TOP, HR_SYSTEM, "Tove", "Per"}
    assert await door.people_of("Mads") == {"Mette", "Ole"}
    assert await door.people_of("Dorthe") == {"Lise"}
    assert await door.counts("Dorthe", "sundhed") == (3 + len(CANDIDATES) + 1, None)
    assert await door.counts("Finn", "sundhed") == (3 + len(CANDIDATES) + 1, None)
    assert await door.counts("Mette", "sundhed") == (None, None)
    (hers, his) = [(await door.asks(who, _BORN, id=cast.people["Mette"]))["person"] for who in ("Hanne", "Mads")]
    assert (bool(hers["birthDate"]), hers["gender"], hers["nearestManager"]) == (True, "female", {"givenName": "Mads"})
    assert (his["birthDate"], his["gender"], his["nearestManager"]) == (None, None, {"givenName": "Mads"})


async def a_programme_is_opened(door: GraphQL) -> tuple[Any, str]:
    cast = door.cast
    shown = "framework { id state competences { id name description levels } }"
    framework = await door.does("Hanne", "defineFramework", shown, name="Ledelsesgrundlag", competences=competences())
    assert await door.readers("framework", "frameworks", framework["id"]) == TOP
    await door.does("Hanne", "publishFramework", shown, id=framework["id"])
    assert await door.readers("framework", "frameworks", framework["id"]) == INSIDE

    plan = {
        "name": "På vej mod ledelse",
        "level": "pre_leader",
        "mix": "cross_disciplinary",
        "purpose": "Tolv, der er klar til at lede",
        "frameworkId": framework["id"],
        "criteria": criteria(framework),
        "reach": "Med lønsedlen",
    }
    assert await door.refused("Mads", ("planProgramme", plan)) == "not_allowed"
    state = "programme { id state sponsor { id } consultation { recordedBy } criteria { competenceId name weight } }"
    programme = await door.does("Hanne", "planProgramme", state, **plan)
    its = {"id": programme["id"]}
    cohort = await door.does(
        "Hanne",
        "planCohort",
        "cohort { id }",
        programmeId=programme["id"],
        name="Hold 1",
        capacity=12,
        applyBy=f"{cast.day(30)}T12:00:00+02:00",
        startsOn=cast.day(60),
        endsOn=cast.day(240),
    )
    assert await door.readers("programme", "programmes", programme["id"]) == {*TOP, "Finn"}
    assert await door.readers("cohort", "cohorts", cohort["id"]) == {*TOP, "Finn"}

    assert await door.refused("Hanne", ("endorseProgramme", its)) == "not_allowed"
    endorsed = await door.does("Karen", "endorseProgramme", state, **its)
    assert (endorsed["state"], endorsed["sponsor"]) == ("endorsed", {"id": cast.people["Karen"]})
    assert await door.refused("Hanne", ("openProgramme", its)) == "consultation_missing"
    heard = await door.does("Finn", "recordConsultation", state, **its, heldOn=cast.day(-3), reference="MED, punkt 4")
    assert heard["consultation"] == {"recordedBy": cast.people["Finn"]}
    opened = await door.does("Hanne", "openProgramme", state, **its)
    assert opened["state"] == "open"

    # The call and its criteria are open to every employee (F1, F5), and a later edition changes nothing in them.
    assert await door.readers("programme", "programmes", programme["id"]) == EMPLOYEES
    assert await door.readers("cohort", "cohorts", cohort["id"]) == EMPLOYEES
    assert await door.refused("Hanne", ("openProgramme", its)) == "wrong_state"
    edition = await door.does("Hanne", "reviseFramework", shown, id=framework["id"])
    renamed = [
        {**one, "name": REVISED if one["name"] == COMPETENCES[0] else one["name"]} for one in edition["competences"]
    ]
    await door.does_all(
        "Hanne",
        "framework { id }",
        ("changeFramework", {"id": edition["id"], "competences": renamed}),
        ("publishFramework", {"id": edition["id"]}),
    )
    read = await door.asks("Mette", _PROGRAMME, id=programme["id"], framework=framework["id"])
    assert read["framework"] == {"state": "retired"}
    assert read["programme"]["framework"] == {"edition": 1, "state": "retired"}
    assert read["programme"]["criteria"] == opened["criteria"]
    weights = {one["name"]: one["weight"] for one in read["programme"]["criteria"]}
    assert weights == dict(zip(COMPETENCES, (2, 1, 1), strict=True))
    return read["programme"], cohort["id"]
