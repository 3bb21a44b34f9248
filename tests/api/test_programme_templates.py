"""Templates: the guide's seven organisations, an organisation's own, and complete drafts made from either."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from service.domain.actor import Role
from service.domain.calendar import is_working_day
from service.domain.learning import LearningForm
from service.domain.organisations.model import Country, Language
from service.domain.programme_templates.shipped import shipped
from service.main import Rooms
from tests.docs.fences import ROOT, fences
from tests.municipality import Municipality, municipality

TEMPLATES = "/v1/programme-templates"
START = "/v1/programmes/from-template"
SHIPPED = tuple(shipped(Language.EN).values())
EVERY_TEMPLATE = pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.name)
SPOKEN = {Country.DK: Language.DA, Country.SE: Language.SV, Country.NO: Language.NB, Country.FI: Language.SV}


async def _started(town: Municipality, template: Any, starts_on: str = "2027-03-24", **known: Any) -> dict[str, Any]:
    body = {"templateId": str(template), "startsOn": starts_on, **known}
    answer = await town.client(None, Role.HR).post(START, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_guides_seven_organisations_ship_each_told_in_every_language() -> None:
    names = (
        "Vejle",
        "Region Midtjylland",
        "Gentofte",
        "Roskilde",
        "Fredericia",
        "Region Hovedstaden",
        "private company",
    )
    assert [one.name.rpartition("(")[2].removesuffix(")").removeprefix("a ") for one in SHIPPED] == list(names)
    for language in Language:
        for one, english in zip(shipped(language).values(), SHIPPED, strict=True):
            told = [one.name, one.purpose, one.asks_of_managers, *(part.what for part in one.roles)]
            told += [text for module in one.modules for text in (module.title, module.description or module.title)]
            assert all(told)
            if language is not Language.EN:
                assert not {text for text in told if text and len(text) > 12} & {
                    english.purpose,
                    english.asks_of_managers,
                }
                assert one.purpose != english.purpose
            assert one.source.startswith("Væksthus for Ledelse: På sporet af de næste ledere (")


@pytest.mark.parametrize("language", list(Language))
async def test_they_are_read_over_both_doors_in_the_organisations_language(joined: Rooms, language: Language) -> None:
    known = shipped(language)
    async with municipality(joined, language) as town:
        hr = town.client(None, Role.HR)
        listed = (await hr.get(TEMPLATES)).json()["items"]
        assert [one["id"] for one in listed] == [str(one) for one in known]
        for one, template in zip(listed, known.values(), strict=True):
            assert (one["name"], one["purpose"], one["source"]) == (template.name, template.purpose, template.source)
            assert (one["state"], one["language"], one["allowedActions"]) == ("shipped", language, ["plan"])
            assert [part["title"] for part in one["modules"]] == [part.title for part in template.modules]
            assert {text["language"] for text in one["texts"]} == set(Language)
            assert (one["plannedDays"], one["daysTogether"]) == (template.planned_days, template.days_together)
        query = "{ programmeTemplates { nodes { id name modules { title learningForms } texts { language name } } } }"
        nodes = (await hr.post("/graphql", json={"query": query})).json()["data"]["programmeTemplates"]["nodes"]
        for node, one in zip(nodes, listed, strict=True):
            assert (node["id"], node["name"]) == (one["id"], one["name"])
            assert [part["title"] for part in node["modules"]] == [part["title"] for part in one["modules"]]
            assert node["texts"] == [{key: text[key] for key in ("language", "name")} for text in one["texts"]]


@EVERY_TEMPLATE
@pytest.mark.parametrize("country", [Country.DK, Country.SE, Country.NO])
async def test_each_becomes_a_complete_draft_whose_days_avoid_weekends_and_holidays(
    joined: Rooms, template: Any, country: Country
) -> None:
    spoken = shipped(SPOKEN[country])[template.id]
    async with municipality(joined, SPOKEN[country], country) as town:
        framework = await town.framework()
        # The day before Easter's holidays begin: every template has to step over some of them.
        draft = await _started(town, template.id, "2027-03-24", leadersNeeded=10, neededBy="2029-01-01")
    assert (draft["state"], draft["frameworkId"], draft["templateId"]) == ("draft", str(framework), str(template.id))
    assert (draft["name"], draft["purpose"]) == (spoken.name, spoken.purpose)
    assert (draft["level"], draft["mix"]) == (spoken.level, spoken.mix)
    assert draft["alsoLevels"] == list(spoken.also_levels)
    assert draft["asksOfManagers"] == spoken.asks_of_managers
    assert [one["what"] for one in draft["roles"]] == [one.what for one in spoken.roles]
    assert [one["way"] for one in draft["ways"]] == list(spoken.ways)
    assert len(draft["modules"]) == len(spoken.modules)
    together = [one for one in draft["modules"] if one["days"]]
    assert sum(one["days"] for one in together) == spoken.days_together
    for one in draft["modules"]:
        starts, ends = date.fromisoformat(one["startsOn"]), date.fromisoformat(one["endsOn"])
        assert is_working_day(starts, country)
        assert is_working_day(ends - timedelta(days=1), country)
        assert starts >= date(2027, 3, 24) + timedelta(days=one["startsAfterDays"])
        if one["days"]:
            assert all(is_working_day(starts + timedelta(days=i), country) for i in range(one["days"]))
    for one, following in pairwise(together):
        assert one["endsOn"] <= following["startsOn"]
    checks = {one["principle"]: one["status"] for one in draft["readiness"]}
    assert {checks[one] for one in ("R1", "R2", "R3", "R7")} == {"met"}


async def test_vejle_is_five_days_from_a_test_to_a_plan(town: Municipality) -> None:
    await town.framework()
    draft = await _started(town, SHIPPED[0].id, "2027-02-01")
    assert sum(one["days"] for one in draft["modules"]) == 5
    told = [(one["learningForms"], one["days"], one["startsOn"]) for one in draft["modules"]]
    assert told == [
        (["test_feedback"], 1, "2027-02-01"),
        (["teaching", "leader_story"], 1, "2027-02-08"),
        (["teaching", "dilemma_exercise", "leader_story"], 2, "2027-02-15"),
        (["coaching", "shadowing"], 0, "2027-02-17"),
        (["workshop", "self_directed"], 1, "2027-03-15"),
    ]


def test_region_midtjylland_is_a_hybrid_of_eight_days_entered_by_nomination_and_application() -> None:
    apollo = SHIPPED[1]
    meeting = [one for one in apollo.modules if one.days]
    assert (len(meeting), apollo.days_together) == (5, 8)
    assert {apollo.level, *apollo.also_levels} == {"pre_leader", "clarification"}
    assert set(apollo.ways) == {"nomination", "application"}
    assert any(LearningForm.SIMULATION in one.learning_forms for one in meeting)


def test_gentofte_has_four_forms_of_learning() -> None:
    forms = {form for one in SHIPPED[2].modules for form in one.learning_forms}
    assert {"internship", "innovation_project", "teaching", "self_directed"} <= forms


def test_the_private_company_says_where_it_is_followed_otherwise_and_nobody_else_has_to() -> None:
    assert ["knows" in (one.deviation or "") for one in SHIPPED] == [False] * 6 + [True]
    for language in Language:
        assert list(shipped(language).values())[-1].deviation


async def test_an_organisation_saves_its_own_programme_as_a_template_without_its_days_and_people(
    town: Municipality, other_town: Municipality
) -> None:
    await town.framework()
    hr, fie = town.client(None, Role.HR), await town.person("Fie")
    programme = await _started(town, SHIPPED[0].id)
    module = {"title": "Vores dag", "learningForms": ["simulation"], "days": 1, "facilitatorIds": [str(fie)]}
    own = {"modules": [module], "reachBy": ["payslip"], "credits": ["central_pool"], "ways": [{"way": "application"}]}
    await hr.patch(f"/v1/programmes/{programme['id']}", json=own)
    saved = await hr.post(TEMPLATES, json={"programmeId": programme["id"], "name": "Havnsund-modellen"})
    assert saved.status_code == 201, saved.text
    template = saved.json()
    assert (template["state"], template["language"], template["source"]) == ("own", "da", programme["name"])
    assert template["texts"] == [{"language": "da", "name": "Havnsund-modellen", "purpose": programme["purpose"]}]
    assert template["allowedActions"] == ["plan", "change", "retire"]
    (kept,) = template["modules"]
    assert (kept["title"], kept["facilitatorIds"], kept["startsOn"]) == ("Vores dag", [], None)
    listed = (await hr.get(TEMPLATES)).json()["items"]
    assert [one["id"] for one in listed][-1] == template["id"]
    assert len(listed) == 8
    again = await _started(town, template["id"], "2027-05-06")
    # Ascension Day is a Thursday; the day after is a working day.
    assert [one["startsOn"] for one in again["modules"]] == ["2027-05-07"]
    assert (again["reachBy"], again["credits"], again["ways"]) == (
        ["payslip"], ["central_pool"], [{"way": "application", "administrationIds": []}],
    )  # fmt: skip
    elsewhere = other_town.client(None, Role.HR)
    assert len((await elsewhere.get(TEMPLATES)).json()["items"]) == 7
    assert (await elsewhere.get(f"{TEMPLATES}/{template['id']}")).status_code == 404


async def test_an_own_template_is_changed_and_retired_and_a_shipped_one_never(town: Municipality) -> None:
    await town.framework()
    hr = town.client(None, Role.HR)
    programme = await _started(town, SHIPPED[1].id)
    own = (await hr.post(TEMPLATES, json={"programmeId": programme["id"]})).json()
    changed = await hr.patch(f"{TEMPLATES}/{own['id']}", json={"name": "Apollo hos os"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Apollo hos os")
    retired = await hr.post(f"{TEMPLATES}/{own['id']}/retire", json={})
    assert (retired.json()["state"], retired.json()["allowedActions"]) == ("retired", [])
    refused = await hr.post(START, json={"templateId": own["id"], "startsOn": "2027-02-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    for verb, body in (("", {"name": "Ny"}), ("/retire", {})):
        send = hr.post if verb else hr.patch
        answer = await send(f"{TEMPLATES}/{SHIPPED[0].id}{verb}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    stale = await hr.patch(f"{TEMPLATES}/{SHIPPED[0].id}", json={}, headers={"If-Match": '"7.00"'})
    assert stale.status_code == 412
    by_level = await hr.get(TEMPLATES, params={"level": "clarification", "state": "shipped"})
    assert [one["id"] for one in by_level.json()["items"]] == [str(one.id) for one in SHIPPED[:2]]
    from_it = await hr.get(f"{TEMPLATES}/{SHIPPED[1].id}", params={"expand": "programmes"})
    assert [one["id"] for one in from_it.json()["programmes"]] == [programme["id"]]
    back = await hr.get(f"/v1/programmes/{programme['id']}", params={"expand": "template"})
    assert back.json()["template"]["name"] == SHIPPED_IN_DANISH[1].name


SHIPPED_IN_DANISH = tuple(shipped(Language.DA).values())


async def test_what_cannot_be_started_or_saved_is_refused(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    start = {"templateId": str(SHIPPED[0].id), "startsOn": "2027-02-01"}
    none = await hr.post(START, json=start)
    assert (none.status_code, none.json()["code"]) == (409, "framework_not_published")
    programme = await town.programme(await town.framework())
    for body, expected in (
        ({**start, "startsOn": "9999-12-31"}, (422, "start_out_of_calendar")),
        ({**start, "leadersNeeded": 3}, (422, "need_half_said")),
        ({**start, "templateId": str(programme)}, (404, "not_found")),
    ):
        refused = await hr.post(START, json=body)
        assert (refused.status_code, refused.json()["code"]) == expected
    empty = await hr.post(TEMPLATES, json={"programmeId": str(programme)})
    assert (empty.status_code, empty.json()["code"]) == (422, "template_without_modules")
    for reader in (town.client(None, Role.TOP_MANAGEMENT), town.client(None, Role.WORKS_COUNCIL)):
        assert len((await reader.get(TEMPLATES)).json()["items"]) == 7
        assert (await reader.post(START, json=start)).status_code == 403
    await town.person("Mette")
    assert (await town.client("Mette").get(TEMPLATES)).json()["items"] == []
    assert (await town.client("Mette").get(f"{TEMPLATES}/{SHIPPED[0].id}")).status_code == 404


@EVERY_TEMPLATE
def test_each_has_a_documented_example_that_the_documents_test_runs(template: Any) -> None:
    examples = [one.text for one in fences(ROOT / "docs/how-to/start-from-a-template.md", "sh")]
    assert any(str(template.id) in one and "/v1/programmes/from-template" in one for one in examples)
