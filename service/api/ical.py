"""A calendar as iCalendar text (RFC 5545), as subscribers' programs read it."""

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.domain.calendars.ports import Entry, Feed
from service.domain.labels.model import labels_of

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"

_PRODUCT = "-//Talentspor//Talentspor//EN"
_REFRESH = timedelta(hours=1)
"""How often a program should look for changes."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "da": ("Modul", "Underviser"),
    "sv": ("Modul", "Kursledare"),
    "nb": ("Modul", "Kursleder"),
    "en": ("Module", "Facilitator"),
}


def text_of(feed: Feed) -> bytes:
    """The calendar. The same feed gives the same bytes, so that a digest of them says whether anything changed.

    Times are wall-clock times where the organisation is, with the rules of its zone beside them. Nobody is named but
    who teaches.
    """
    from icalendar import Calendar  # noqa: PLC0415  -- 9 MB that an idle worker does without

    zone = ZoneInfo(feed.time_zone)
    calendar = Calendar.new(
        prodid=_PRODUCT,
        name=feed.name or "Talentspor",
        uid=f"{feed.calendar_id}@talentspor",
        subcomponents=[_event(one, zone, feed.language) for one in feed.entries],
    )
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")  # what older programs read instead
    if feed.entries:
        first = min(one.starts_at for one in feed.entries).astimezone(zone).date()
        last = max(one.ends_at for one in feed.entries).astimezone(zone).date()
        calendar.add_missing_timezones(
            first.replace(month=1, day=1), last.replace(year=last.year + 1, month=12, day=31)
        )
    return calendar.to_ical()


def _event(entry: Entry, zone: ZoneInfo, language: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415
    from icalendar.enums import STATUS, TRANSP  # noqa: PLC0415

    module, facilitator = _WORDS.get(language, _WORDS["en"])
    said = [f"{entry.programme}, {entry.cohort}", f"{module} {entry.module}"]
    if entry.module_name:
        said[-1] += f": {entry.module_name}"
    form = labels_of("LearningForm").get(entry.learning_form)
    if form is not None:
        said.append(getattr(form, language, form.en))
    if entry.facilitator:
        said.append(f"{facilitator}: {entry.facilitator}")
    revised = entry.revised_at.astimezone(UTC)
    event = Event.new(
        uid=f"{entry.session_id}@talentspor",
        # Without a METHOD both say when the entry was last revised (RFC 5545, §3.8.7.2).
        stamp=revised,
        last_modified=revised,
        created=entry.planned_at.astimezone(UTC),
        start=entry.starts_at.astimezone(zone),
        end=entry.ends_at.astimezone(zone),
        summary=entry.title,
        location=entry.place,
        description="\n".join(said),
        categories=[entry.programme],
        status=STATUS.CANCELLED if entry.cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if entry.cancelled else TRANSP.OPAQUE,
    )
    event.add("sequence", entry.sequence)
    return event
