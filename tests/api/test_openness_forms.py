"""The openness report as a table and as a chart, in the reader's language."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from service.api import drawing
from service.api.drawing import Charts
from service.api.problems import LANGUAGES
from service.domain.errors import DomainError
from tests.municipality import Municipality
from tests.openness import SMALL, selected


def records(content: bytes, kind: str) -> list[dict[str, str]]:
    return [one for one in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if one["record"] == kind]


async def test_the_table_has_every_figure_what_is_suppressed_and_what_the_words_mean(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    url = await chosen.made("=HYPERLINK(1)")
    report = (await chosen.council.get(url)).json()
    answer = await chosen.council.get(f"{url}/table.csv", params={"language": "sv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-language"] == "sv"
    figures = records(answer.content, "figure")
    listed = [(one["dimension"], one["group"], one["stage"], one["count"], one["percent"]) for one in figures]

    def cell(value: Any) -> str:
        return "" if value is None else str(value)

    assert listed == [
        ("total", "", one["stage"], cell(one["count"]), cell(one["percent"])) for one in report["total"]
    ] + [
        (dimension["dimension"], group["group"], one["stage"], cell(one["count"]), cell(one["percent"]))
        for dimension in report["dimensions"]
        for group in dimension["groups"]
        for one in group["stages"]
    ]
    assert {one["text"] for one in figures if not one["count"]} == {"dold"}
    assert {one["label"] for one in figures} >= {"Kvinnor", "Alla", "Sundhed"}
    about = {one["label"]: one["text"] for one in records(answer.content, "report")}
    assert (about["threshold"], about["asOf"]) == ("3", report["asOf"])
    assert about["Öppenhet i urvalet"] == "'=HYPERLINK(1)"
    (suppression,) = [one for one in records(answer.content, "definition") if one["group"] == "suppression"]
    assert "färre än 3 personer" in suppression["text"]


async def test_the_language_is_the_headers_or_the_one_asked_for(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    url = f"{await chosen.made()}/table.csv"
    said: dict[str, str] = {}
    for language in LANGUAGES:
        answer = await chosen.council.get(url, headers={"Accept-Language": language})
        said[language] = records(answer.content, "figure")[0]["label"]
        asked = await chosen.council.get(url, params={"language": language}, headers={"Accept-Language": "en"})
        assert asked.content == answer.content
    assert said == {"da": "Alle", "sv": "Alla", "nb": "Alle", "en": "Everybody"}
    for wrong in ({"language": "fi"}, {"first": "1"}):
        refused = await chosen.council.get(url, params=wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "malformed")


async def test_who_has_the_table_already_is_not_sent_it_again(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    url = f"{await chosen.made()}/table.csv"
    first = await chosen.council.get(url)
    assert first.headers["etag"].startswith('"1.')
    again = await chosen.hr.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await chosen.hr.get(url, headers={"If-None-Match": first.headers["etag"], "Accept-Language": "da"})
    assert other.status_code == 200


def texts(spec: Any) -> set[str]:
    """Every text in a chart's data and titles."""
    if isinstance(spec, dict):
        return {text for value in spec.values() for text in texts(value)}  # type: ignore[misc]
    if isinstance(spec, list):
        return {text for value in spec for text in texts(value)}  # type: ignore[misc]
    return {spec} if isinstance(spec, str) else set()


def values(spec: Any) -> Iterator[list[dict[str, Any]]]:
    """All data in a chart."""
    if isinstance(spec, dict):
        for name, value in spec.items():  # type: ignore[misc]
            yield from [value] if name == "values" else values(value)
    elif isinstance(spec, list):
        for one in spec:  # type: ignore[misc]
            yield from values(one)


@pytest.mark.slow
async def test_the_chart_shows_what_the_report_shows_and_nothing_else(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    url = await chosen.made("Hold <b>1</b>")
    report = (await chosen.council.get(url)).json()
    answer = await chosen.council.get(f"{url}/chart.json", params={"language": "nb"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.vegalite.v6+json"
    spec = answer.json()
    assert "v6" in spec["$schema"]
    shown = {
        int(row[f"{one['stage']}_text"].split()[0])
        for rows in values(spec)
        for row in rows
        if not row["head"]
        for one in report["total"]
        if not row[f"{one['stage']}_hidden"]
    }
    counts = {
        one["count"]
        for group in [{"stages": report["total"]}, *(g for d in report["dimensions"] for g in d["groups"])]
        for one in group["stages"]
    }
    assert shown == counts - {None}
    assert {"skjult", "Kvinner", "Sundhed"} <= texts(spec)
    svg = await chosen.council.get(f"{url}/chart.svg", headers={"Accept-Language": "nb"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.startswith("<svg")
    assert "Hold &lt;b&gt;1&lt;/b&gt;" in svg.text
    assert "Takket ja" in svg.text
    assert "default-src 'none'" in svg.headers["content-security-policy"]
    png = await chosen.council.get(f"{url}/chart.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert len(png.content) > 20_000
    assert (await chosen.council.get(f"{url}/chart.png")).content == png.content


async def test_a_chart_is_drawn_once_and_a_failure_is_a_problem_not_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[bytes] = []

    async def draw(wish: bytes) -> bytes:
        drawn.append(wish)
        return b"a chart"

    charts = Charts()
    monkeypatch.setattr(drawing, "_draw", draw)
    for _ in range(2):
        assert await charts.drawn('"1.a"', {}, "da", "svg") == b"a chart"
    assert len(drawn) == 1
    for i in range(drawing.KEPT):
        await charts.drawn(f'"1.{i}"', {}, "da", "png")
    await charts.drawn('"1.a"', {}, "da", "svg")
    assert len(drawn) == drawing.KEPT + 2
    monkeypatch.undo()
    with pytest.raises(DomainError, match="chart_failed"):
        await charts.drawn('"1.b"', {"no": "report"}, "da", "svg")
