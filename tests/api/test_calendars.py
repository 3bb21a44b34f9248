"""Calendars at private addresses: subscribed to over either door, read with a real iCalendar parser."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar

from service.api import edge
from service.api.rest import calendars
from service.domain.actor import Role
from service.domain.persons.commands import LeavePerson, ProtectPerson, leave, protect
from tests.clock import MovableClock
from tests.cohort_life import cohort_life
from tests.municipality import Municipality

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def stranger(town: Municipality) -> httpx.AsyncClient:
    """A calendar program: it has an address and no token."""
    return httpx.AsyncClient(transport=town.transport, base_url="http://test")


async def subscribed(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    made = await client.post("/v1/calendars", json=body)
    assert made.status_code == 201, made.text
    return made.json()


async def events(town: Municipality, address: str) -> dict[str, Any]:
    """What a subscriber's program finds, by uid."""
    found = await stranger(town).get(address)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(found.content)
    assert calendar.errors == []
    return {str(one["uid"]): one for one in calendar.events}


def uid(session: object) -> str:
    return f"{session}@talentspor"


async def test_a_person_subscribes_to_their_own_sessions_in_their_own_time(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    # Summer time ends between these two: nine o'clock stays nine o'clock.
    nine = [datetime(2027, month, 25, 9, tzinfo=COPENHAGEN) for month in (10, 11)]
    sessions = [
        await life.session(2, 0, starts_at=one, ends_at=one + timedelta(hours=6), place="Rådhuset, sal 2; 1. sal")
        for one in nine
    ]
    found = await events(town, (await subscribed(life.client("Mette")))["address"])
    assert set(found) == {uid(one) for one in sessions}
    for session, starts in zip(sessions, nine, strict=True):
        event = found[uid(session)]
        assert (event.start, event.end) == (starts, starts + timedelta(hours=6))
        assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
        assert (event.start.hour, event.start.utcoffset()) == (9, starts.utcoffset())
        assert (event["location"], event["sequence"], event["status"]) == ("Rådhuset, sal 2; 1. sal", 0, "CONFIRMED")
        assert "Modul 2: Relationer\nWorkshop\n" in event["description"]
        assert "Underviser: Per" in event["description"]


async def test_the_rules_of_the_zone_stand_in_the_calendar_for_programs_that_do_not_know_them(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    nine = datetime(2027, 11, 25, 9, tzinfo=COPENHAGEN)
    await life.session(2, 0, starts_at=nine, ends_at=nine + timedelta(hours=6))
    address = (await subscribed(life.client("Mette")))["address"]
    calendar = Calendar.from_ical((await stranger(town).get(address)).content)
    zone: Any = calendar.timezones[0]
    told = zone.to_tz()
    assert len(calendar.timezones) == 1
    assert zone.tz_name == "Europe/Copenhagen"
    for month in (1, 7, 11):
        moment = datetime(2027, month, 15, 12)  # noqa: DTZ001  -- a wall clock's
        assert moment.replace(tzinfo=told).utcoffset() == moment.replace(tzinfo=COPENHAGEN).utcoffset()


async def test_a_change_reaches_subscribers_with_a_higher_sequence_and_the_same_uid(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    session, other = await life.session(1, 3), await life.session(2, 9)
    address = (await subscribed(life.client("Mette")))["address"]
    before = await events(town, address)
    clock.forward(hours=1)
    url = f"/v1/sessions/{session}"
    await life.hr.patch(url, json={"startsAt": life.at(4).isoformat(), "endsAt": life.at(4, 6).isoformat()})
    moved = await events(town, address)
    was, now = before[uid(session)], moved[uid(session)]
    assert (was["sequence"], now["sequence"]) == (0, 1)
    assert now.start == life.at(4)
    assert now["last-modified"].dt > was["last-modified"].dt
    assert now["dtstamp"].dt == now["last-modified"].dt
    assert now["created"].dt == was["created"].dt
    assert moved[uid(other)] == before[uid(other)]
    clock.forward(hours=1)
    await life.hr.post(f"{url}/cancel", json={})
    cancelled = (await events(town, address))[uid(session)]
    assert (cancelled["status"], cancelled["sequence"], cancelled["transp"]) == ("CANCELLED", 2, "TRANSPARENT")
    assert cancelled["last-modified"].dt > now["last-modified"].dt


async def test_recording_attendance_is_no_news_to_a_calendar(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, -1)
    address = (await subscribed(life.client("Mette")))["address"]
    before = await stranger(town).get(address)
    await life.attended(session, life.mette)
    after = await stranger(town).get(address)
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])


async def test_the_same_calendar_is_not_sent_twice(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, 3)
    address = (await subscribed(life.client("Mette")))["address"]
    first = await stranger(town).get(address)
    assert first.headers["cache-control"] == "private, no-cache"
    held = {"If-None-Match": first.headers["etag"]}
    again = await stranger(town).get(address, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    await life.hr.patch(f"/v1/sessions/{session}", json={"title": "Et andet emne"})
    news = await stranger(town).get(address, headers=held)
    assert (news.status_code, news.headers["etag"] != first.headers["etag"]) == (200, True)
    head = await stranger(town).head(address)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", news.headers["etag"])


async def test_ones_own_calendar_has_what_one_takes_part_in_teaches_and_was_at(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    over, ahead = await life.session(1, -1), await life.session(2, 3, facilitator_id=town.people["Anna"])
    long_ago = await life.session(1, -500)
    addresses = {name: (await subscribed(life.client(name)))["address"] for name in ("Mette", "Per", "Anna", "Ole")}

    async def seen(name: str) -> set[str]:
        return set(await events(town, addresses[name]))

    assert await seen("Mette") == {uid(over), uid(ahead)}
    assert uid(long_ago) not in await seen("Per")
    assert await seen("Per") == {uid(over)}
    assert await seen("Anna") == {uid(ahead)}
    assert await seen("Ole") == set()
    await life.attended(over, life.mette)
    await life.client("Mette").post(f"/v1/participations/{life.mette}/withdraw", json={})
    assert await seen("Mette") == {uid(over)}


async def test_a_cohorts_calendar_is_for_hr_and_its_participants(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    session, cohort = await life.session(1, 3), {"cohortId": str(life.cohort)}
    for client in (life.client("Mette"), life.hanne):
        assert set(await events(town, (await subscribed(client, **cohort))["address"])) == {uid(session)}
    for name in ("Mads", "Ole"):  # who see the cohort, and take no part in it
        refused = await life.client(name).post("/v1/calendars", json=cohort)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    system = await life.hr.post("/v1/calendars", json=cohort)
    assert (system.status_code, system.json()["code"]) == (403, "person_needed")


async def test_who_leaves_the_cohort_or_the_organisation_reads_its_calendar_no_more(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    await life.session(1, 3)
    cohort = {"cohortId": str(life.cohort)}
    mine = (await subscribed(life.client("Mette"), **cohort))["address"]
    own = (await subscribed(life.client("Mette")))["address"]
    hrs = (await subscribed(life.hanne, **cohort))["address"]
    await life.client("Mette").post(f"/v1/participations/{life.mette}/withdraw", json={})
    assert [(await stranger(town).get(one)).status_code for one in (mine, own, hrs)] == [404, 200, 200]
    for name in ("Mette", "Hanne"):
        await town.run(leave, town.people[name], LeavePerson(on=clock.now.date()), None)
    assert [(await stranger(town).get(one)).status_code for one in (mine, own, hrs)] == [404, 404, 404]


async def test_protected_identities_do_not_appear(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, 3)
    address = (await subscribed(life.hanne, cohortId=str(life.cohort)))["address"]
    assert "Underviser: Per" in (await events(town, address))[uid(session)]["description"]
    await town.run(protect, town.people["Per"], ProtectPerson(protected=True), None)
    assert "Underviser" not in (await events(town, address))[uid(session)]["description"]
    own = (await subscribed(life.client("Per")))["address"]
    text = (await stranger(town).get(own)).text.replace("\r\n ", "")
    assert uid(session) in text
    assert "Per" not in text.replace("Personligt", "")


async def test_no_participant_is_named_in_any_calendar(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    await life.taking_part("Ole", "Mads")
    await life.attended(await life.session(1, -1), life.mette)
    for made in (await subscribed(life.client("Mette")), await subscribed(life.hanne, cohortId=str(life.cohort))):
        text = (await stranger(town).get(made["address"])).text
        assert not [name for name in ("Mette", "Ole", "Hanne", "ATTENDEE", "ORGANIZER") if name in text]


async def test_the_address_is_shown_once_and_only_a_digest_of_it_is_kept(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    mette = life.client("Mette")
    made = await subscribed(mette)
    secret = made["address"].rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 43  # 256 bits
    for client in (mette, life.hr):
        assert (await client.get(f"/v1/calendars/{made['id']}")).json()["address"] is None
        assert [one["address"] for one in await life.listed("calendars", client)] == [None]
    for table in ("calendar", "event", "idempotency_key", "access_log"):
        row: Any = await town.rooms.database.fetch_row(
            town.organisation,
            f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t",  # noqa: S608
            [],
        )
        assert secret not in row[0], table


async def test_a_repeated_request_makes_one_calendar_and_the_address_is_not_shown_again(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    mette, key = life.client("Mette"), {"Idempotency-Key": "calendar-1"}
    first = await mette.post("/v1/calendars", json={}, headers=key)
    again = await mette.post("/v1/calendars", json={}, headers=key)
    assert (again.json()["id"], again.json()["address"]) == (first.json()["id"], None)
    renewed = await mette.post(f"/v1/calendars/{first.json()['id']}/renew", json={})
    assert (await stranger(town).get(renewed.json()["address"])).status_code == 200
    assert (await stranger(town).get(first.json()["address"])).status_code == 404


async def test_two_addresses_made_in_one_graphql_document_are_each_shown(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    await life.session(1, 3)
    document = """
      mutation Both($cohort: ID!) {
        mine: subscribeCalendar(input: {}) { calendar { id address } }
        ours: subscribeCalendar(input: {cohortId: $cohort}) { calendar { id address cohortId } }
      }
    """
    body = {"query": document, "variables": {"cohort": str(life.cohort)}}
    made = (await life.client("Mette").post("/graphql", json=body)).json()["data"]
    addresses = [made[one]["calendar"]["address"] for one in ("mine", "ours")]
    assert len(set(addresses)) == 2
    for address in addresses:
        assert len(await events(town, address)) == 1
    query = {"query": "{ calendars { nodes { address } } }"}
    read = (await life.client("Mette").post("/graphql", json=query)).json()["data"]
    assert read["calendars"]["nodes"] == [{"address": None}] * 2


async def test_a_revoked_address_leads_nowhere(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    mine, theirs = await subscribed(life.client("Mette")), await subscribed(life.client("Per"))
    revoked = await life.client("Mette").post(f"/v1/calendars/{mine['id']}/revoke", json={})
    assert (revoked.status_code, revoked.json()["allowedActions"]) == (200, [])
    assert (await life.hr.post(f"/v1/calendars/{theirs['id']}/revoke", json={})).status_code == 200
    for one in (mine, theirs):
        gone = await stranger(town).get(one["address"])
        assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
    again = await life.client("Mette").post(f"/v1/calendars/{mine['id']}/renew", json={})
    assert (again.status_code, again.json()["code"]) == (409, "calendar_revoked")
    assert (await life.client("Ole").post(f"/v1/calendars/{mine['id']}/revoke", json={})).status_code == 404


async def test_who_fetches_while_it_is_revoked_gets_it_whole_or_not_at_all(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    for day in range(1, 15):
        await life.session(1, day)
    made = await subscribed(life.client("Mette"))

    async def fetch() -> int:
        found = await stranger(town).get(made["address"])
        if found.status_code == 200:
            assert len(Calendar.from_ical(found.content).events) == 14
        return found.status_code

    async def revoke() -> int:
        return (await life.client("Mette").post(f"/v1/calendars/{made['id']}/revoke", json={})).status_code

    answers = await asyncio.gather(*(fetch() for _ in range(10)), revoke(), *(fetch() for _ in range(10)))
    assert set(answers) <= {200, 404}
    assert await fetch() == 404


@pytest.mark.parametrize("what", ["another secret", "another organisation", "no organisation", "no calendar"])
async def test_whatever_leads_nowhere_is_answered_alike(
    town: Municipality, other_town: Municipality, clock: MovableClock, what: str
) -> None:
    life = await cohort_life(town, clock)
    made = await subscribed(life.client("Mette"))
    secret = made["address"].rpartition("/")[2]
    wrong = {
        "another secret": f"/calendars/{town.organisation}/{'A' * 43}.ics",
        "another organisation": f"/calendars/{other_town.organisation}/{secret}",
        "no organisation": f"/calendars/{made['id']}/{secret}",
        "no calendar": f"/calendars/{town.organisation}/%00.ics",
    }
    found = await stranger(town).get(wrong[what])
    assert (found.status_code, found.json()["code"]) == (404, "not_found")
    assert found.json()["detail"] == "There is no calendar at this address that you may see."


class Log:
    """Keeps what the edge writes."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def info(self, event: str, **said: Any) -> None:
        self.lines.append({"event": event, **said})

    exception = info


@pytest.mark.parametrize("fails", [False, True])
async def test_no_log_tells_the_secret(
    town: Municipality, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    life = await cohort_life(town, clock)
    made = await subscribed(life.client("Mette"))
    secret = made["address"].rpartition("/")[2].removesuffix(".ics")
    log = Log()
    monkeypatch.setattr(edge, "log", log)

    def broken(_: object) -> str:
        raise ZeroDivisionError

    if fails:
        monkeypatch.setattr(calendars, "text_of", broken)
    found = await stranger(town).get(f"{made['address']}?again=1")
    assert found.status_code == (500 if fails else 200)
    assert [one["event"] for one in log.lines] == (["defect", "request"] if fails else ["request"])
    assert {one["path"] for one in log.lines} == {"/calendars/…"}
    assert secret not in str(log.lines) + (found.text if fails else "")


async def test_a_calendar_of_nothing_is_a_calendar(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    assert await events(town, (await subscribed(life.client("Ole")))["address"]) == {}


async def test_calendars_are_found_by_hr_to_be_revoked(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    own = await subscribed(life.client("Mette"))
    ours = await subscribed(life.client("Mette"), cohortId=str(life.cohort))
    await life.hr.post(f"/v1/calendars/{own['id']}/revoke", json={})
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"personId": str(town.people["Mette"])}, [own["id"], ours["id"]]),
        ({"cohortId": str(life.cohort)}, [ours["id"]]),
        ({"revoked": "true"}, [own["id"]]),
        ({"revoked": "false"}, [ours["id"]]),
        ({"personId": str(town.people["Ole"])}, []),
    ]
    for filters, expected in cases:
        assert [one["id"] for one in await life.listed("calendars", **filters)] == expected
    assert await life.listed("calendars", town.client("Ole", Role.TOP_MANAGEMENT)) == []


def test_a_time_is_written_in_utc_where_that_is_the_organisations_zone() -> None:
    from service.api.ical import text_of  # noqa: PLC0415
    from service.domain.calendars.ports import Entry, Feed  # noqa: PLC0415
    from service.domain.ids import new_id  # noqa: PLC0415
    from service.domain.learning import LearningForm  # noqa: PLC0415

    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    entry = Entry(
        session_id=new_id(),
        sequence=0,
        revised_at=noon,
        planned_at=noon,
        cancelled=False,
        starts_at=noon,
        ends_at=noon + timedelta(hours=1),
        learning_form=LearningForm.TEACHING,
        title="Æøå, ; \\ og\nny linje",
        place=None,
        module=1,
        module_name=None,
        facilitator=None,
        cohort="Hold 1",
        programme="På vej",
    )
    feed = Feed(calendar_id=new_id(), name="Hold 1", language="da", time_zone="UTC", entries=[entry])
    (event,) = Calendar.from_ical(text_of(feed)).events
    assert (event.start, event["summary"]) == (noon, "Æøå, ; \\ og\nny linje")
    assert text_of(feed) == text_of(feed)
