"""Bearer tokens: who is asking, according to an issuer that an organisation trusts."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, cast
from uuid import UUID

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from joserfc.util import to_bytes, urlsafe_b64decode

from service.domain.actor import Actor, Role, Scope
from service.domain.errors import DomainError
from service.domain.issuers import Issuer, Issuers

DEVELOPMENT_ISSUER = "urn:talentspor:development"
AUDIENCE = "talentspor"

_ALGORITHMS = ["ES256", "ES384", "RS256", "PS256", "EdDSA"]
_TYPES = {"JWT", "at+jwt"}
_KEPT = 4096
_PERSON_KEPT = 60.0
_KEYS_KEPT = 3600.0
_KEYS_AGAIN = 30.0


class Unauthenticated(DomainError):  # noqa: N818  -- in line with the domain's own errors
    """No token, or one that does not hold (401)."""


@dataclass(frozen=True)
class _Known:
    actor: Actor
    until: float


@dataclass(eq=False)
class Authenticator:
    """Turns a bearer token into an actor.

    A token that was verified is remembered until it expires, for a minute at the most, because the person it
    stands for is looked up in the organisation's data. `development` is the key of the local issuer; without it
    there is none.
    """

    issuers: Issuers
    development: ECKey | None = None
    known: OrderedDict[str, _Known] = field(default_factory=OrderedDict[str, _Known])
    keys: dict[str, tuple[float, KeySet]] = field(default_factory=dict[str, tuple[float, KeySet]])

    async def actor(self, authorization: str | None) -> Actor:
        """The actor behind an Authorization header. Raises Unauthenticated."""
        if not authorization:
            raise Unauthenticated("unauthenticated", "Send a bearer token in the Authorization header.")
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("unauthenticated", "The Authorization header carries no bearer token.")
        found = self.known.get(token)
        if found is not None and found.until > time.time():
            return found.actor
        actor, expires = await self._verified(token.strip())
        self.known[token] = _Known(actor, min(expires, time.time() + _PERSON_KEPT))
        self.known.move_to_end(token)
        if len(self.known) > _KEPT:
            self.known.popitem(last=False)
        return actor

    async def _verified(self, token: str) -> tuple[Actor, float]:
        try:
            url = _unverified_issuer(token)
            if url == DEVELOPMENT_ISSUER and self.development is not None:
                return _development_actor(_checked(token, self.development, url, AUDIENCE))
            issuer = await self.issuers.find(url)
            if issuer is None:
                raise Unauthenticated("token_invalid", "No organisation here trusts the token's issuer.")
            claims = _checked(token, await self._keys(issuer, token), url, issuer.audience)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated("token_invalid", "The token does not hold: " + _reason(error)) from error
        return await self._actor(issuer, claims), float(claims["exp"])

    async def _keys(self, issuer: Issuer, token: str) -> KeySet:
        if issuer.jwks is not None:
            return KeySet.import_key_set(cast("Any", dict(issuer.jwks)))
        if issuer.jwks_url is None:
            raise ValueError("the issuer has no keys")
        fetched, keys = self.keys.get(issuer.url, (0.0, None))
        age = time.monotonic() - fetched
        named = _header(token).get("kid")
        unknown = keys is not None and named not in {key.kid for key in keys.keys}
        if keys is None or age > _KEYS_KEPT or (unknown and age > _KEYS_AGAIN):
            import httpx  # noqa: PLC0415  -- 7 MB, and its command line with it: only who fetches keys pays

            async with httpx.AsyncClient(timeout=5) as client:
                answer = await client.get(issuer.jwks_url)
                answer.raise_for_status()
            keys = KeySet.import_key_set(answer.json())
            self.keys[issuer.url] = (time.monotonic(), keys)
        return keys

    async def _actor(self, issuer: Issuer, claims: Mapping[str, Any]) -> Actor:
        stated = _at(claims, issuer.roles_claim)
        names = stated.split() if isinstance(stated, str) else cast("list[str]", stated or [])
        roles = {issuer.roles.get(name, name) for name in names}
        subject = claims.get(issuer.subject_claim)
        return Actor(
            organisation=issuer.organisation,
            subject=f"{issuer.url}#{claims['sub']}",
            person=await self.issuers.person(issuer, str(subject)) if subject else None,
            roles=frozenset(Role(name) for name in roles if name in set(Role)) - {Role.EMPLOYEE},
            scopes=_scopes(claims),
        )


def development_token(key: ECKey, actor: Actor, *, lifetime: int = 12 * 3600) -> str:
    """A token of the local issuer for an actor, valid for `lifetime` seconds."""
    now = int(time.time())
    claims = {
        "iss": DEVELOPMENT_ISSUER,
        "aud": AUDIENCE,
        "sub": actor.subject,
        "iat": now,
        "exp": now + lifetime,
        "organisation": str(actor.organisation),
        "person": str(actor.person) if actor.person else None,
        "roles": sorted(actor.roles),
        "scope": " ".join(sorted(actor.scopes)),
    }
    return jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, key)


def _development_actor(claims: Mapping[str, Any]) -> tuple[Actor, float]:
    actor = Actor(
        organisation=UUID(claims["organisation"]),
        subject=str(claims["sub"]),
        person=UUID(claims["person"]) if claims.get("person") else None,
        roles=frozenset(Role(name) for name in claims["roles"]),
        scopes=_scopes(claims),
    )
    return actor, float(claims["exp"])


def _checked(token: str, key: ECKey | KeySet, issuer: str, audience: str) -> dict[str, Any]:
    if _header(token).get("typ") not in _TYPES:
        raise ValueError("its typ is not that of an access token")
    decoded = jwt.decode(token, key, algorithms=_ALGORITHMS)
    registry = jwt.JWTClaimsRegistry(
        leeway=30,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        exp={"essential": True},
    )
    registry.validate(decoded.claims)
    return decoded.claims


def _unverified_issuer(token: str) -> str:
    _, payload, _ = token.split(".")
    claims = orjson.loads(urlsafe_b64decode(to_bytes(payload)))
    return str(claims["iss"])


def _header(token: str) -> dict[str, Any]:
    return orjson.loads(urlsafe_b64decode(to_bytes(token.split(".", maxsplit=1)[0])))


def _at(claims: Mapping[str, Any], path: str) -> Any:
    def step(found: Any, name: str) -> Any:
        return cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None

    return reduce(step, path.split("."), claims)


def _scopes(claims: Mapping[str, Any]) -> frozenset[Scope]:
    named = str(claims.get("scope") or "").split()
    return frozenset(Scope(name) for name in named if name in set(Scope))


def _reason(error: Exception) -> str:
    if isinstance(error, JoseError):
        return (error.description or error.error or type(error).__name__).rstrip(".") + "."
    return "it is not a signed JWT with an issuer, or its typ is not that of an access token."
