"""Who a token says one is: issuers bound to an organisation, claims, algorithms, times."""

import time
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from service.api.security import AUDIENCE, DEVELOPMENT_ISSUER, development_token
from service.domain.actor import Role
from service.domain.issuers import Issuer
from service.repo.founding import trust
from tests.municipality import Municipality, development_key

AUDIENCE_OF_IDP = "https://talentspor.example"


class IdentityProvider:
    """A Keycloak-like issuer of one municipality."""

    def __init__(self, town: Municipality) -> None:
        self.url = f"https://login.example/realms/{town.organisation}"
        self.key = ECKey.generate_key("P-256", {"kid": "1"})
        self.issuer = Issuer(
            organisation=town.organisation,
            url=self.url,
            audience=AUDIENCE_OF_IDP,
            jwks=dict(KeySet([self.key]).as_dict(private=False)),
            roles_claim="realm_access.roles",
            roles={"HR-Konsulent": "hr"},
        )

    def token(self, *, key: Any = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        now = int(time.time())
        said = {
            "iss": self.url,
            "aud": AUDIENCE_OF_IDP,
            "sub": "f3a",
            "email": "Mette@Havnsund.example",
            "exp": now + 300,
            "realm_access": {"roles": ["offline_access"]},
        }
        return jwt.encode({"alg": "ES256", "typ": "JWT", "kid": "1", **(header or {})}, said | claims, key or self.key)


async def me(town: Municipality, token: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=town.transport, base_url="http://test") as client:
        return await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})


async def test_an_issuers_claims_become_a_person_and_roles(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    person = await town.person("Mette", unit, email="mette@havnsund.example")
    provider = IdentityProvider(town)
    await trust(town.rooms.database, provider.issuer)
    plain = (await me(town, provider.token())).json()
    assert (plain["personId"], plain["roles"]) == (str(person), ["employee"])
    consultant = (await me(town, provider.token(realm_access={"roles": ["HR-Konsulent", "works_council"]}))).json()
    assert consultant["roles"] == ["employee", "hr", "works_council"]


@pytest.mark.parametrize(
    "broken",
    [
        {"exp": int(time.time()) - 3600},
        {"aud": "somebody else"},
        {"iss": "https://login.example/realms/other"},
        {"header": {"typ": "logout+jwt"}},
        {"key": ECKey.generate_key("P-256")},
        {"key": OctKey.import_key("secret" * 10), "header": {"alg": "HS256"}},
    ],
    ids=["expired", "another audience", "unknown issuer", "no access token", "foreign key", "symmetric"],
)
async def test_a_token_that_does_not_hold_is_refused(town: Municipality, broken: dict[str, Any]) -> None:
    provider = IdentityProvider(town)
    await trust(town.rooms.database, provider.issuer)
    answer = await me(town, provider.token(**broken))
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_without_a_token_nothing_is_answered(town: Municipality) -> None:
    async with httpx.AsyncClient(transport=town.transport, base_url="http://test") as nobody:
        for url in ("/v1/me", "/v1/units", "/v1/organisation"):
            assert (await nobody.get(url)).status_code == 401
        assert (await nobody.get("/v1/me", headers={"Authorization": "Basic eDp5"})).status_code == 401
        assert (await nobody.get("/v1/me", headers={"Authorization": "Bearer a.b.c"})).status_code == 401


async def test_the_development_issuer_is_not_known_where_it_was_not_made(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = development_token(development_key(), town.actor(None, Role.HR))
    assert (await me(town, token)).status_code == 200
    authenticator = town.rooms.context.authenticator
    monkeypatch.setattr(authenticator, "development", None)
    authenticator.known.clear()
    assert (await me(town, token)).status_code == 401
    assert (DEVELOPMENT_ISSUER, AUDIENCE) == ("urn:talentspor:development", "talentspor")


async def test_an_address_that_two_people_share_stands_for_nobody(town: Municipality) -> None:
    for name in ("Mette", "Bente"):
        await town.person(name, email="mette@havnsund.example")
    provider = IdentityProvider(town)
    await trust(town.rooms.database, provider.issuer)
    assert (await me(town, provider.token())).json()["personId"] is None
