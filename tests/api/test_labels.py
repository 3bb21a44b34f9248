"""Whatever people meet as a code has a name in each language, at both doors."""

from enum import StrEnum
from typing import Any

import httpx
import pytest
from graphql import GraphQLEnumType

from service.api.graphql.schema import schema
from service.api.rest.contract import contract
from service.domain.labels.model import labels_of, read
from service.domain.organisations.model import Language
from tests.municipality import Municipality

OF_ORDER = "Order"


def contracted() -> dict[str, list[str]]:
    """The enumerations of both contracts with their values; those that order a list are for programs alone."""
    schemas = contract("test")["components"]["schemas"]
    rest = {name: one["enum"] for name, one in schemas.items() if "enum" in one}
    types = {name: one for name, one in schema().type_map.items() if isinstance(one, GraphQLEnumType)}
    graphql = {name: list(one.values) for name, one in types.items() if name[:2] != "__" and name[-5:] != OF_ORDER}
    return {**rest, **graphql}


def file_of(name: str) -> str:
    """The file that an enumeration's labels belong in: the one of its concept."""
    modules = [one.__module__ for one in StrEnum.__subclasses__() if one.__name__ == name]
    concept = next(one.split(".")[2] for one in modules if one.startswith("service.domain."))
    return f"service/domain/labels/{concept}.toml"


CONTRACTED = contracted()


@pytest.mark.parametrize("name", sorted(CONTRACTED))
def test_every_value_of_an_enumeration_has_a_label_in_every_language(name: str) -> None:
    known = labels_of(name)
    missing = [value for value in CONTRACTED[name] if value not in known]
    assert not missing, f"Add to [{name}] in {file_of(name)}, in {', '.join(Language)}: {', '.join(missing)}"
    assert list(known) == CONTRACTED[name], f"[{name}] in {file_of(name)} has other values, or in another order"
    for value, words in known.items():
        for language in Language:
            said = getattr(words, language)
            assert said.strip(), f"{name}.{value} has no label in {language}: {file_of(name)}"
            assert not said[0].islower(), f"{name}.{value} begins in lower case in {language}: {file_of(name)}"


def test_a_label_without_a_language_is_told_with_its_place() -> None:
    with pytest.raises(
        ValueError, match=r"units.toml: \[UnitKind\] team has a label in da, sv, en; it takes da, sv, nb"
    ):
        read("units.toml", '[UnitKind]\nteam = { da = "Team", sv = "Team", en = "Team" }')


async def labelled(client: httpx.AsyncClient) -> dict[str, Any]:
    read = (await client.get("/v1/labels")).json()
    return {one["name"]: {each["value"]: each["label"] for each in one["values"]} for one in read["enums"]}


async def test_a_portal_reads_all_labels_in_one_answer_and_hears_when_nothing_has_changed(town: Municipality) -> None:
    nobody = town.client()
    assert (await labelled(nobody)).keys() == CONTRACTED.keys()
    first = await nobody.get("/v1/labels")
    again = await nobody.get("/v1/labels", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


async def test_graphql_answers_the_languages_that_are_asked_for(town: Municipality) -> None:
    query = "{ labels { enums { name values { value label { sv } } } } }"
    answer = (await town.client().post("/graphql", json={"query": query})).json()["data"]["labels"]
    found = {one["name"]: {each["value"]: each["label"] for each in one["values"]} for one in answer["enums"]}
    assert found["PlacementKind"]["secondment"] == {"sv": "Utlåning"}
    assert found.keys() == CONTRACTED.keys()


@pytest.mark.parametrize(
    ("name", "value", "da", "sv", "nb"),
    [
        ("ProgrammeLevel", "clarification", "Afklaringsforløb", "Orienteringskurs", "Avklaringskurs"),
        ("ProgrammeLevel", "pre_leader", "Førlederforløb", "Chefsförberedande utbildning", "Ledertalentprogram"),
        ("PlacementKind", "shadowing", "Følordning", "Skuggning", "Hospitering"),
        ("PlacementKind", "internship", "Lederpraktik", "Chefspraktik", "Lederpraksis"),
        ("PlacementKind", "secondment", "Udstationering", "Utlåning", "Utlån"),
        ("WayIn", "nomination", "Indstilling", "Nominering", "Nominasjon"),
        ("Outcome", "keep_warm", "Fastholdelsesopfølgning", "Uppföljning", "Oppfølging"),
    ],
)
async def test_labels_are_the_fields_own_words(
    town: Municipality, name: str, value: str, da: str, sv: str, nb: str
) -> None:
    words = (await labelled(town.client()))[name][value]
    assert (words["da"], words["sv"], words["nb"]) == (da, sv, nb)
