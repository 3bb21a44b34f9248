"""The chart of an openness report: a row per group, a column of bars per stage, one colour, figures beside the bars.

Lengths and figures say everything; colour only sets who applied apart from how far they came, so that nobody has to
tell colours from each other.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt
import vl_convert as vlc

from service.domain.reports.openness.wording import word

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _PALE, _LINE = "#1b2733", "#66727f", "#d5dbe1"
_APPLIED, _CAME = "#9aa9b8", "#2f7fb8"
_ROW, _COLUMN, _LABELS = 24, 150, 215
_FAR = 1.75
"""How far a column reaches, where 1 is the longest bar: the rest is for the figures beside it."""
_SCALE = 2.0
_LETTERS_A_LINE = 165

Report = Mapping[str, Any]


def drawn(report: Report, language: str, form: str) -> bytes:
    """The chart as `json` (Vega-Lite), `svg` or `png`. Raises KeyError for another form."""
    spec = chart(report, language).to_dict()
    forms = {
        "json": lambda: json.dumps(spec, ensure_ascii=False).encode(),
        "svg": lambda: vlc.vegalite_to_svg(spec).encode(),
        "png": lambda: vlc.vegalite_to_png(spec, scale=_SCALE),
    }
    return forms[form]()


def chart(report: Report, language: str) -> alt.VConcatChart:
    """The chart of a report, as its resource reads, with the words of a language."""
    rows = list(_rows(report, language))
    data = alt.Data(values=rows)
    columns = [_labels(data), *(_stage(data, stage, report, language) for stage in _stages(report))]
    terms = {one["term"]: one for one in report["definitions"]}
    notes = [
        *textwrap.wrap(getattr(word("line"), language), _LETTERS_A_LINE),
        *textwrap.wrap(terms["suppression"]["meaning"][language], _LETTERS_A_LINE),
    ]
    body = alt.hconcat(*columns, spacing=14).properties(
        title=alt.TitleParams(
            text=notes, orient="bottom", anchor="start", fontSize=11, fontWeight="normal", color=_PALE, offset=14
        )
    )
    as_of = f"{terms['as_of']['labels'][language]} {report['asOf'][:10]}"
    return (
        alt.vconcat(body)
        .properties(
            title=alt.TitleParams(
                text=f"{getattr(word('title'), language)}: {report['name']}",
                subtitle=as_of,
                anchor="start",
                fontSize=18,
                color=_INK,
                subtitleColor=_PALE,
                subtitleFontSize=12,
                offset=16,
            ),
            padding=24,
            background="white",
        )
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_concat(spacing=0)
    )


def _stages(report: Report) -> list[str]:
    return [one["stage"] for one in report["total"]]


def _rows(report: Report, language: str) -> Iterator[dict[str, Any]]:
    """A row for everybody, then for each dimension its name and its groups; groups of nobody only where they tell."""
    total = {one["stage"]: one for one in report["total"]}
    everybody = total["applied"]["count"]
    yield _row(0, getattr(word("total"), language), total, everybody, language)
    place = 1
    for dimension in report["dimensions"]:
        yield {"place": place, "label": dimension["labels"][language], "head": True}
        place += 1
        for group in dimension["groups"]:
            stages = {one["stage"]: one for one in group["stages"]}
            tells = dimension["dimension"] == "administration" and group["group"] != "none"
            if stages["applied"]["count"] != 0 or tells:
                yield _row(place, group["labels"][language], stages, everybody, language)
                place += 1


def _row(place: int, label: str, stages: Mapping[str, Any], everybody: int | None, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"place": place, "label": label, "head": False}
    for name, one in stages.items():
        count, share = one["count"], one["percent"]
        if name == "applied":
            share = round(100 * count / everybody) if count and everybody else None
        found[f"{name}_length"] = None if share is None else share / 100
        found[f"{name}_text"] = (
            getattr(word("suppressed"), language)
            if count is None
            else f"{count}"
            if share is None
            else f"{count}  ({share} %)"
        )
        found[f"{name}_hidden"] = count is None
    return found


def _y() -> alt.Y:
    return alt.Y("place:O", axis=None, scale=alt.Scale(type="band", paddingInner=0.36, paddingOuter=0.2))


def _labels(data: alt.Data) -> alt.LayerChart | alt.FacetChart:
    base = alt.Chart(data).encode(y=_y(), text="label:N", x=alt.value(0))
    plain = base.transform_filter("!datum.head").mark_text(align="left", fontSize=13, color=_INK, limit=_LABELS)
    heads = base.transform_filter("datum.head").mark_text(
        align="left", fontSize=13, fontWeight="bold", color=_INK, limit=_LABELS
    )
    return alt.layer(plain, heads).properties(width=_LABELS, height=alt.Step(_ROW))


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, _FAR], nice=False))


def _stage(data: alt.Data, stage: str, report: Report, language: str) -> alt.LayerChart | alt.FacetChart:
    """One column: bars with their figures behind them, figures without a bar, what is hidden, everybody's share."""
    length, text, hidden = f"{stage}_length", f"{stage}_text", f"{stage}_hidden"
    percent: int | None = next(one["percent"] for one in report["total"] if one["stage"] == stage)
    share = None if percent is None or stage == "applied" else percent / 100
    heads = alt.Chart(data).transform_filter("datum.head")
    groups = alt.Chart(data).transform_filter("!datum.head")
    with_bar = groups.transform_filter(f"isValid(datum.{length})")
    behind = f"max(datum.{length}, {share or 0})"
    layers = [
        heads.mark_rule(color=_LINE).encode(y=_y()),
        with_bar.mark_bar(color=_CAME if stage != "applied" else _APPLIED, cornerRadiusEnd=2).encode(
            x=_x(length), y=_y()
        ),
        with_bar.transform_calculate(end=f"datum.place > 0 ? {behind} : datum.{length}")
        .mark_text(align="left", dx=6, fontSize=12, color=_INK)
        .encode(x=_x("end"), y=_y(), text=f"{text}:N"),
        groups.transform_filter(f"!isValid(datum.{length}) && !datum.{hidden}")
        .mark_text(align="left", fontSize=12, color=_INK)
        .encode(x=alt.value(0), y=_y(), text=f"{text}:N"),
        groups.transform_filter(f"datum.{hidden}")
        .mark_text(align="left", fontSize=12, fontStyle="italic", color=_PALE)
        .encode(x=alt.value(0), y=_y(), text=f"{text}:N"),
    ]
    if share is not None:
        everybody = with_bar.transform_filter("datum.place > 0").transform_calculate(share=f"{share}")
        layers.append(everybody.mark_tick(color=_INK, thickness=1.5, height=_ROW * 0.8).encode(x=_x("share"), y=_y()))
    label = next(one["labels"][language] for one in report["definitions"] if one["term"] == stage)
    return alt.layer(*layers).properties(
        width=_COLUMN,
        height=alt.Step(_ROW),
        title=alt.TitleParams(text=label, anchor="start", fontSize=13, color=_INK, offset=8),
    )
