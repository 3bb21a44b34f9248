"""Certificates: issued on completion, shown by their holder, verified by strangers with what is published."""

import asyncio
import base64
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet, RSAKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from service.domain.actor import Role
from service.domain.persons.commands import ChangePerson
from service.domain.persons.commands import change as change_person
from service.domain.programmes.completion import CompletionRule
from service.repo.signing import renew_key
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality


@pytest.fixture(autouse=True)
def present(clock: MovableClock) -> Generator[None]:
    """A few days ago: strangers have clocks of their own, and accept nothing from the future."""
    before, clock.now = clock.now, datetime.now(UTC) - timedelta(days=4)
    yield
    clock.now = before


def part(text: str, i: int) -> dict[str, Any]:
    """The header (0) or the payload (1) of a JWT, as anybody can read them."""
    piece = text.split(".")[i]
    return orjson.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))


async def completed(life: CohortLife, participation: UUID | None = None, **body: Any) -> dict[str, Any]:
    """The certificate of a participation that is completed now."""
    which = participation or life.mette
    done = await life.hr.post(f"/v1/participations/{which}/complete", json=body)
    assert done.status_code == 200, done.text
    (found,) = await life.listed("certificates", participationId=str(which))
    return found


class Stranger:
    """Somebody with the text of a certificate, who reaches the service without a token and asks nobody else."""

    def __init__(self, town: Municipality) -> None:
        self.client = httpx.AsyncClient(transport=town.transport)
        self.asked: list[str] = []

    async def get(self, url: str) -> httpx.Response:
        assert url.startswith("http://127.0.0.1:8000/issuers/")
        self.asked.append(url)
        return await self.client.get(url)

    async def verifier(self, text: str) -> OB3Verifier:
        """A verifier of Open Badges with the key that the text's header names, which the issuer itself publishes."""
        key_address, issuer = part(text, 0)["kid"], part(text, 1)["issuer"]["id"]
        assert key_address.startswith(f"{issuer}/")
        found = (await self.get(key_address)).json()
        assert found in (await self.get(f"{issuer}/jwks.json")).json()["keys"]
        assert "d" not in found
        public = RSAKey.import_key(found).public_key
        return OB3Verifier(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    async def verifies(self, text: str) -> Any:
        """The credential. Raises OB3VerificationError where it does not hold, or holds no longer."""
        status = part(text, 1)["credentialStatus"]["statusListCredential"]
        listed = (await self.get(status)).content

        def download(url: str) -> bytes:
            assert url == status
            return listed

        verifier = await self.verifier(text)
        return verifier.verify(text, check_status=True, verify_status_list=True, download=download)


async def test_a_stranger_verifies_a_certificate_with_its_text_and_what_is_published(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock, completion=CompletionRule(sessions_percent=80))
    await life.attended(await life.session(1, -1), life.mette)
    certificate = await completed(life)
    mette = life.client("Mette")
    raw = await mette.get(f"/v1/certificates/{certificate['id']}/credential")
    assert (raw.status_code, raw.headers["content-type"]) == (200, "application/jwt")
    assert raw.text == (await mette.get(f"/v1/certificates/{certificate['id']}")).json()["credential"]
    stranger = Stranger(town)
    verified = await stranger.verifies(raw.text)
    assert verified.issuer.name == (await life.read("organisation"))["name"]
    assert verified.achievement.name == certificate["name"] == "På vej"
    assert "80 %" in verified.achievement.criteria_narrative
    (identity,) = verified.identifiers
    assert (identity.identity_type, identity.identity_hash, identity.hashed) == ("name", "Mette", False)
    assert verified.issuance_date == clock.now.replace(microsecond=0)


async def test_the_text_is_an_open_badge_of_version_3_and_says_no_more_than_it_has_to(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    text = (await completed(life, reason="Var syg"))["credential"]
    header, said = part(text, 0), part(text, 1)
    assert (header["alg"], header["typ"], set(header)) == ("RS256", "JWT", {"alg", "typ", "kid"})
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (said["iss"], said["jti"], said["sub"]) == (
        said["issuer"]["id"],
        said["id"],
        said["credentialSubject"]["id"],
    )
    assert said["credentialSubject"]["achievement"]["achievementType"] == "CertificateOfCompletion"
    profile = (await Stranger(town).get(said["iss"])).json()
    assert (profile["id"], profile["type"], profile["name"]) == (said["iss"], ["Profile"], said["issuer"]["name"])
    for private in ("syg", "birth", "gender", "email", "score"):
        assert private not in str(said)


async def test_A1_a_certificate_promises_no_job_and_completing_leads_to_no_outcome(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    said = part((await completed(life))["credential"], 1)
    narrative = said["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert narrative == "Har gennemført forløbet."
    read = await life.read(f"participations/{life.mette}")
    assert (read["state"], read["outcome"]) == ("completed", None)
    assert await life.listed("next-steps") == []


async def test_a_text_that_was_changed_or_that_another_signed_does_not_hold(
    town: Municipality, other_town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    text = (await completed(life))["credential"]
    head, body, signature = text.split(".")
    forged = orjson.dumps({**part(text, 1), "name": "Direktør"})
    changed = f"{head}.{base64.urlsafe_b64encode(forged).decode().rstrip('=')}.{signature}"
    verifier = await Stranger(town).verifier(text)
    verifier.verify(text)
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        verifier.verify(changed)
    # Another organisation's key is another key, though it is the same service's.
    theirs = await cohort_life(other_town, clock)
    keys = (await Stranger(town).get(f"{part((await completed(theirs))['credential'], 1)['iss']}/jwks.json")).json()
    for key in keys["keys"]:
        with pytest.raises(BadSignatureError):
            jwt.decode(text, RSAKey.import_key(key), algorithms=["RS256"])
    del body


async def test_a_revoked_certificate_is_found_out_by_whoever_verifies_it_but_not_why(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    ole = await life.taking_part("Ole", "Mads")
    first, second = await completed(life), await completed(life, ole)
    stranger = Stranger(town)
    for one in (first, second):
        await stranger.verifies(one["credential"])
    clock.forward(hours=1)
    revoked = await life.hr.post(f"/v1/certificates/{first['id']}/revoke", json={"reason": "Forveksling"})
    assert (revoked.status_code, revoked.json()["allowedActions"]) == (200, [])
    with pytest.raises(OB3VerificationError, match="revocation"):
        await stranger.verifies(first["credential"])
    await stranger.verifies(second["credential"])
    listed = (await stranger.get(part(first["credential"], 1)["credentialStatus"]["statusListCredential"])).text
    assert "Forveksling" not in str(part(listed, 1))
    assert (await life.client("Mette").get(f"/v1/certificates/{first['id']}")).json()["revokeReason"] == "Forveksling"
    assert (await life.client("Mads").get(f"/v1/certificates/{first['id']}")).json()["revokeReason"] is None
    again = await life.hr.post(f"/v1/certificates/{first['id']}/revoke", json={"reason": "Igen"})
    assert (again.status_code, again.json()["code"]) == (409, "already_revoked")


async def test_what_an_old_key_signed_can_be_verified_after_the_key_was_renewed(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    before = (await completed(life))["credential"]
    thumbprint = await renew_key(town.rooms.database, town.organisation)
    after = (await completed(life, await life.taking_part("Ole", "Mads")))["credential"]
    assert part(after, 0)["kid"].endswith(f"/keys/{thumbprint}")
    assert part(before, 0)["kid"] != part(after, 0)["kid"]
    stranger = Stranger(town)
    for text in (before, after):
        (await stranger.verifier(text)).verify(text)
    published = (await stranger.get(f"{part(after, 1)['iss']}/jwks.json")).json()
    # One set is enough for either, and for the list of what was revoked, which today's key signs.
    status = (await stranger.get(part(before, 1)["credentialStatus"]["statusListCredential"])).text
    for text in (before, after, status):
        key = next(one for one in published["keys"] if part(text, 0)["kid"].endswith(one["kid"]))
        jwt.decode(text, KeySet.import_key_set({"keys": [{**key, "kid": part(text, 0)["kid"]}]}), algorithms=["RS256"])
    row: Any = await town.rooms.database.fetch_row(
        town.organisation,
        "SELECT count(*) AS keys, count(private_jwk) AS private FROM signing_key WHERE $1::int = 1",
        [1],
    )
    assert (row["keys"], row["private"]) == (2, 1)


async def test_the_first_certificates_at_the_same_moment_are_signed_by_one_key(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    people = [life.mette, await life.taking_part("Ole", "Mads"), await life.taking_part("Per", "Tove")]
    found = await asyncio.gather(*(completed(life, one) for one in people))
    kids = {part(one["credential"], 0)["kid"] for one in found}
    places = {part(one["credential"], 1)["credentialStatus"]["id"] for one in found}
    assert (len(kids), len(places)) == (1, 3)
    for one in found:
        await Stranger(town).verifies(one["credential"])


async def test_the_holder_and_hr_read_the_text_and_the_manager_that_there_is_one(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    url = f"/v1/certificates/{(await completed(life))['id']}"
    for client in (life.client("Mette"), life.hr):
        assert (await client.get(f"{url}/credential")).status_code == 200
    for client in (life.client("Mads"), life.chosen.top):
        read = await client.get(url)
        assert (read.status_code, read.json()["credential"]) == (200, None)
        raw = await client.get(f"{url}/credential")
        assert (raw.status_code, raw.json()["code"]) == (403, "not_allowed")
    for client in (life.client("Ole"), life.client("Per"), town.client(None, Role.WORKS_COUNCIL)):
        assert (await client.get(f"{url}/credential")).status_code == 404
    assert (await Stranger(town).client.get(f"http://test{url}/credential")).status_code == 401


async def test_nobody_without_a_name_and_nobody_renamed_is_anybody_else(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    mette = town.people["Mette"]
    await town.run(change_person, mette, ChangePerson(given_name=None, family_name=None), None)
    first = part((await completed(life))["credential"], 1)["credentialSubject"]
    assert first["identifier"][0] == {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": f"urn:uuid:{mette}",
        "identityType": "identifier",
    }
    assert first["id"] == f"urn:uuid:{mette}"


async def test_who_has_not_completed_gets_none_and_an_organisation_without_any_publishes_nothing(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    await life.hr.post(f"/v1/participations/{life.mette}/not-complete", json={})
    assert await life.listed("certificates") == []
    issuer = f"http://127.0.0.1:8000/issuers/{town.organisation}"
    for path in ("", "/jwks.json", "/keys/any", "/status/0", "/status/99999999999"):
        found = await Stranger(town).get(issuer + path)
        assert (found.status_code, found.json()["code"]) == (404, "not_found"), path


async def test_what_is_published_may_be_kept_a_while_and_read_from_any_page(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    text = (await completed(life))["credential"]
    stranger = Stranger(town)
    for url in (part(text, 0)["kid"], part(text, 1)["iss"], part(text, 1)["credentialStatus"]["statusListCredential"]):
        found = await stranger.get(url)
        assert found.headers["cache-control"].startswith("public, max-age=")
        assert found.headers["access-control-allow-origin"] == "*"
        held = await stranger.client.get(url, headers={"If-None-Match": found.headers["etag"]})
        assert held.status_code == 304


async def test_certificates_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    one = await completed(life)
    cases: list[tuple[dict[str, Any], bool]] = [
        ({"personId": str(town.people["Mette"])}, True),
        ({"personId": str(town.people["Ole"])}, False),
        ({"programmeId": one["programmeId"]}, True),
        ({"revoked": "true"}, False),
        ({"revoked": "false"}, True),
        ({"issuedFrom": life.now.isoformat()}, True),
        ({"issuedBefore": life.now.isoformat()}, False),
    ]
    for filters, there in cases:
        assert len(await life.listed("certificates", **filters)) == there, filters
    shown = await life.read(f"participations/{life.mette}", expand="certificate")
    assert shown["certificate"]["id"] == one["id"]
