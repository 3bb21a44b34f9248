"""What was measured, as a table for people and as a file for machines."""

import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.figures import LIMIT, Figure
from benchmarks.load import has_wrk
from benchmarks.measuring import Measured, Sample

_MET = {True: "[green]met[/green]", False: "[red]missed[/red]", None: "[dim]not measured[/dim]"}


def tables(console: Console, measured: Measured, figures: Mapping[str, Figure]) -> None:
    """Print what each contender did, then the figures."""
    table = Table("workload", "contender", title="Medians over the rounds")
    for name in ("requests/s", "p50 ms", "p99 ms", "CPU µs/request", "peak MB", "of the limit"):
        table.add_column(name, justify="right")
    for workload, lanes in measured.samples.items():
        for place, (who, samples) in enumerate(lanes.items()):
            ratio = measured.ratio(workload, who, LIMIT)
            table.add_row(
                workload if place == 0 else "",
                who,
                f"{_median(samples, 'per_second'):,.0f}",
                f"{_median(samples, 'p50') * 1e3:,.1f}",
                f"{_median(samples, 'p99') * 1e3:,.1f}",
                f"{median(one.cpu for one in samples) * 1e6:,.0f}",
                f"{max(one.peak for one in samples) / 1e6:,.0f}",
                "" if ratio is None else f"{ratio:.2f}",
            )
        table.add_section()
    console.print(table)
    reached = Table("figure", title="Figures")
    for name in ("value", "bound", ""):
        reached.add_column(name, justify="right")
    for one in figures.values():
        value = "" if one.value is None else f"{one.value:.2f}"
        reached.add_row(one.goal.what, value, f"{'≥' if one.goal.at_least else '≤'} {one.goal.bound:g}", _MET[one.met])
    console.print(reached)


def _median(samples: list[Sample], name: str) -> float:
    return median(getattr(one.load, name) for one in samples)


def write(file: Path, measured: Measured, figures: Mapping[str, Figure], settings: Mapping[str, Any]) -> None:
    """Write the figures, and everything behind them."""
    found = {
        "figures": {
            name: {"what": one.goal.what, "value": one.value, "bound": one.goal.bound, "met": one.met}
            for name, one in figures.items()
        },
        "series": measured.series,
        "samples": {
            workload: {who: [_sample(one) for one in samples] for who, samples in lanes.items()}
            for workload, lanes in measured.samples.items()
        },
        "settings": settings,
        "machine": {
            "cpus": os.cpu_count(),
            "system": platform.platform(),
            "python": platform.python_version(),
            "load tool": "wrk" if has_wrk() else "benchmarks/hammer.py",
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))


def _sample(one: Sample) -> dict[str, Any]:
    return {**asdict(one.load), "per_second": one.load.per_second, "cpu": one.cpu, "peak": one.peak}
