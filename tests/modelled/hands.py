"""Random hands: whoever, with whatever command, on whichever candidacy; now and then what moves one on."""

from typing import Any

from anyio.from_thread import BlockingPortal
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.modelled.world import ASSESSORS, EMPLOYEES, EVERYBODY, MANAGER_OF, Tried, World

_REASON = {"reason": "Det viste samtalen."}
_BODIES: dict[str, dict[str, Any]] = {
    "submit": {"motivation": "Jeg vil lede."},
    "give-statement": {"supports": True, **_REASON},
    "offer": _REASON,
    "waitlist": _REASON,
    "decline": {**_REASON, "feedback": "Led et projekt på tværs."},
    "accept": {},
    "turn-down": {},
    "ask-reconsideration": {"grounds": "Mit projekt er ikke talt med."},
    "withdraw": {},
}
_DECISIONS = ("offer", "offer", "waitlist", "decline")
_STEPS = ("start-selecting", "start", "complete")
_WHO = st.sampled_from(("self", "manager", "Hanne", "Heidi", *EVERYBODY))
_ANY = st.integers(0, 10_000)
_PEOPLE = st.sampled_from(EMPLOYEES)
_COHORT = st.integers(0, 1)


def camel(verb: str) -> str:
    """The action of a verb: `turn-down` → `turnDown`."""
    first, *others = verb.split("-")
    return first + "".join(one.title() for one in others)


class Hands(RuleBasedStateMachine):
    """Each rule is a request, or some at the same moment; `World` says what must hold after it."""

    portal: BlockingPortal
    world: World

    async def fresh(self) -> World:
        """A world of this run's own."""
        raise NotImplementedError

    @initialize(steps=st.lists(st.integers(0, 6), min_size=4, max_size=6), cohort=_COHORT)
    def begin(self, steps: list[int], cohort: int) -> None:
        """A municipality with an open call, whose candidates have come as far as that."""
        self.world = self.portal.call(self.fresh)
        for name, times in zip(EMPLOYEES, steps, strict=False):
            self.applies(name, cohort, submit=times > 0, times=1)
            for _ in range(times - 1):
                self.portal.call(self._moved, name, times)

    async def _moved(self, name: str, which: int) -> None:
        for one in await self._candidacies():
            if self._name(one["personId"]) == name:
                await self._next(one, which)

    # What can be drawn from: the candidacies as HR sees them, and as the candidate knows their draft.

    async def _candidacies(self) -> list[dict[str, Any]]:
        found = {one["id"]: one for one in await self.world.listed("candidacies")}
        for name in EMPLOYEES:
            found |= {one["id"]: one for one in await self.world.listed("candidacies", name)}
        return [found[key] for key in sorted(found)]

    async def _one(self, concept: str, which: int) -> dict[str, Any] | None:
        found = await self._candidacies() if concept == "candidacies" else await self.world.listed(concept)
        return found[which % len(found)] if found else None

    def _name(self, person: str) -> str:
        return next(name for name, known in self.world.town.people.items() if str(known) == person)

    def _who(self, who: str, person: str) -> str:
        candidate = self._name(person)
        return {"self": candidate, "manager": MANAGER_OF.get(candidate, "Dorthe")}.get(who, who)

    # Ways in.

    @rule(who=_PEOPLE, cohort=_COHORT, submit=st.booleans(), times=st.integers(1, 3))
    def applies(self, who: str, cohort: int, submit: bool, times: int) -> None:
        """Somebody applies, or clicks three times."""

        async def work() -> None:
            body = {"cohortId": str(self.world.cohorts[cohort]), "motivation": "Jeg vil lede.", "submit": submit}
            tried = Tried(who=who, path="candidacies", body=body)
            if times == 1:
                await self.world.tries(tried)
            else:
                assert await self.world.tries_at_once([tried] * times) <= 1

        self.portal.call(work)

    @rule(who=st.sampled_from(EVERYBODY), person=_PEOPLE, cohort=_COHORT, by_manager=st.booleans())
    def nominates(self, who: str, person: str, cohort: int, by_manager: bool) -> None:
        """Somebody nominates somebody; often it is the nearest manager."""

        async def work() -> None:
            known = self.world.town.people
            body = {"cohortId": str(self.world.cohorts[cohort]), "personId": str(known[person]), "rationale": "Flair."}
            nominee_of = MANAGER_OF[person] if by_manager else who
            await self.world.tries(Tried(who=nominee_of, path="nominations", body=body))

        self.portal.call(work)

    @rule(who=_WHO, which=_ANY, verb=st.sampled_from(("accept", "refuse")), also=st.booleans())
    def answers_a_nomination(self, who: str, which: int, verb: str, also: bool) -> None:
        """A nominee answers, at the moment at which they apply, too."""

        async def work() -> None:
            nomination = await self._one("nominations", which)
            if nomination is None:
                return
            by = self._who(who, nomination["personId"])
            tried = Tried(who=by, path=f"nominations/{nomination['id']}/{verb}", action=verb)
            if not also:
                await self.world.tries(tried)
                return
            body = {"cohortId": nomination["cohortId"], "motivation": "Jeg vil lede.", "submit": True}
            applies = Tried(who=self._name(nomination["personId"]), path="candidacies", body=body)
            await self.world.tries_at_once([tried, applies, applies])

        self.portal.call(work)

    # The life of a candidacy.

    @rule(who=_WHO, which=_ANY, verb=st.sampled_from(tuple(_BODIES)))
    def commands(self, who: str, which: int, verb: str) -> None:
        """Anybody, any command, any candidacy."""

        async def work() -> None:
            one = await self._one("candidacies", which)
            if one is not None:
                await self.world.tries(self._act(self._who(who, one["personId"]), one, verb))

        self.portal.call(work)

    @rule(which=_ANY, steps=st.integers(1, 4))
    def moves_on(self, which: int, steps: int) -> None:
        """Those whose turn it is do what is next, so that a run comes as far as offers and places."""

        async def work() -> None:
            for _ in range(steps):
                one = await self._one("candidacies", which)
                if one is not None:
                    await self._next(one, which)

        self.portal.call(work)

    async def _next(self, one: dict[str, Any], which: int) -> None:
        candidate = self._name(one["personId"])
        match one["state"]:
            case "draft":
                await self.world.tries(self._act(candidate, one, "submit"))
            case "submitted":
                if one["statement"] is None:
                    await self.world.tries(self._act(MANAGER_OF[candidate], one, "give-statement"))
                await self._assessed(one, candidate)
            case "assessed":
                await self.world.tries(self._act("Hanne", one, _DECISIONS[which % len(_DECISIONS)]))
            case "waitlisted":
                await self.world.tries(self._act("Heidi", one, "offer"))
            case "declined":
                await self.world.tries(self._act(candidate, one, "ask-reconsideration"))
            case "offered":
                await self.world.tries(self._act(candidate, one, "accept"))
            case _:
                pass

    async def _assessed(self, one: dict[str, Any], candidate: str) -> None:
        able = [
            str(self.world.town.people[name]) for name in ASSESSORS if name not in {candidate, MANAGER_OF[candidate]}
        ]
        body = {"assessorIds": able[:2]}
        path = f"candidacies/{one['id']}/assign-assessors"
        await self.world.tries(Tried(who="Hanne", path=path, body=body, action="assignAssessors"))
        for assessment in await self.world.listed("assessments", candidacyId=one["id"]):
            await self._scored(self._name(assessment["assessorId"]), assessment["id"], 4)

    async def _scored(self, who: str, assessment: str, score: int) -> None:
        programme = await self.world.read("Hanne", f"programmes/{self.world.programme}")
        assert programme is not None
        scores = [{"competenceId": one["competenceId"], "score": score, **_REASON} for one in programme["criteria"]]
        path = f"assessments/{assessment}/submit"
        await self.world.tries(Tried(who=who, path=path, body={"scores": scores}, action="submit"))

    @rule(who=st.sampled_from(EVERYBODY), which=_ANY, score=st.integers(1, 5))
    def scores(self, who: str, which: int, score: int) -> None:
        """Anybody tries to score."""

        async def work() -> None:
            assessment = await self._one("assessments", which)
            if assessment is not None:
                await self._scored(who, assessment["id"], score)

        self.portal.call(work)

    @rule(who=st.sampled_from(EVERYBODY), which=_ANY, succeeds=st.booleans())
    def answers_a_reconsideration(self, who: str, which: int, succeeds: bool) -> None:
        """Somebody answers what was asked once more."""

        async def work() -> None:
            asked = await self._one("reconsiderations", which)
            if asked is not None:
                path, body = f"reconsiderations/{asked['id']}/answer", {"succeeds": succeeds, "answer": "Læst igen."}
                await self.world.tries(Tried(who=who, path=path, body=body, action="answer"))

        self.portal.call(work)

    # At the same moment.

    @rule(
        verbs=st.lists(
            st.sampled_from(("offer", "offer", "accept", "turn-down", "waitlist", "withdraw")), min_size=2, max_size=6
        )
    )
    def at_once(self, verbs: list[str]) -> None:
        """HR offers and candidates answer in the same moment, each on another candidacy or on the same."""

        async def work() -> None:
            found = [one for one in await self._candidacies() if one["state"] not in {"draft", "submitted"}]
            if not found:
                return
            tried = [(found[i % len(found)], verb) for i, verb in enumerate(verbs)]
            deciding = {"offer", "waitlist"}
            await self.world.tries_at_once(
                [
                    self._act("Hanne" if verb in deciding else self._name(one["personId"]), one, verb)
                    for one, verb in tried
                ]
            )

        self.portal.call(work)

    def _act(self, who: str, one: dict[str, Any], verb: str) -> Tried:
        return Tried(who=who, path=f"candidacies/{one['id']}/{verb}", body=_BODIES[verb], action=camel(verb))

    # The programme and its cohorts, and time.

    @rule(who=st.sampled_from(EVERYBODY), verb=st.sampled_from((*_STEPS, "cancel")), earnest=st.integers(0, 20))
    def runs(self, who: str, verb: str, earnest: int) -> None:
        """The programme goes on now and then; it is seldom cancelled by somebody who may."""

        async def work() -> None:
            by_hr = earnest > (18 if verb == "cancel" else 14)
            actor = "Hanne" if by_hr else who if who not in {"Hanne", "Heidi"} else "Mads"
            body = {"reason": "Der er ikke råd."} if verb == "cancel" else {}
            path = f"programmes/{self.world.programme}/{verb}"
            await self.world.tries(Tried(who=actor, path=path, body=body, action=camel(verb)))

        self.portal.call(work)

    @rule(who=st.sampled_from(EVERYBODY), cohort=_COHORT)
    def releases(self, who: str, cohort: int) -> None:
        """Reserved seats are given free."""
        path = f"cohorts/{self.world.cohorts[cohort]}/release-reserved"
        self.portal.call(self.world.tries, Tried(who=who, path=path, action="releaseReserved"))

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        """Offers lapse, calls close."""
        self.portal.call(self.world.days_pass, days)

    # What others have not said yet.

    @rule(who=st.sampled_from(EVERYBODY), which=_ANY)
    def peeks(self, who: str, which: int) -> None:
        """Nobody reads a draft of another's, nor scores that their assessor keeps to themselves."""

        async def work() -> None:
            one = await self._one("candidacies", which)
            if one is not None and one["state"] == "draft" and self._name(one["personId"]) != who:
                assert await self.world.read(who, f"candidacies/{one['id']}") is None
                assert one["id"] not in {other["id"] for other in await self.world.listed("candidacies", who)}
            if who not in ASSESSORS:
                return
            own, me = await self.world.listed("assessments", who), str(self.world.town.people[who])
            waiting = {one["candidacyId"] for one in own if one["assessorId"] == me and not one["submittedAt"]}
            assert not [one for one in own if one["candidacyId"] in waiting and one["assessorId"] != me]

        self.portal.call(work)
