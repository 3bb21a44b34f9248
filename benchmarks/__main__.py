"""`python -m benchmarks`, which is what `make bench` runs."""

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks import figures, readings, report, shapes
from benchmarks.asks import readings as asked
from benchmarks.cast import cast_of
from benchmarks.contenders import postgraphile, start
from benchmarks.database import cluster, data_folder, filled
from benchmarks.measuring import Measured, measure
from benchmarks.place import Place
from service.development import issuer_key

OUT = Path(__file__).parent / "out" / "latest.json"


def bench(
    rounds: Annotated[int, typer.Option(help="How often each contender is driven with each workload.", min=1)] = 5,
    seconds: Annotated[float, typer.Option(help="For how long each time; whole seconds with wrk.", min=0.1)] = 2,
    scale: Annotated[float, typer.Option(help="The size of the data; 1 is 20,000 employees.", min=0.05)] = 1,
    only: Annotated[list[str] | None, typer.Option(help="Workloads whose name starts so; repeatable.")] = None,
    out: Annotated[Path, typer.Option(help="Where the figures are written.", dir_okay=False)] = OUT,
    data: Annotated[Path | None, typer.Option(help="Where the databases are kept.", file_okay=False)] = None,
) -> None:
    """Measure how fast the service answers, side by side with the limit."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    folder = data or data_folder()
    measured = Measured()
    with console.status("Starting the database") as status, cluster(folder) as server:
        place = Place(folder=folder, server=server, key=issuer_key(folder), say=status.update, note=console.print)
        prepared = asyncio.run(prepare(place, scale))
        with ExitStack() as stack:
            status.update("Starting the contenders")
            ours = stack.enter_context(start.ours(prepared.database, folder))
            listed = readings.workloads(stack, place, prepared, ours)
            wanted = [one for one in listed if not only or one.name.startswith(tuple(only))]
            measure(measured, wanted, rounds=rounds, seconds=seconds, told=status.update)
    found_figures = figures.figures(measured)
    report.tables(console, measured, found_figures)
    settings: dict[str, Any] = {"rounds": rounds, "seconds": seconds, "scale": scale}
    report.write(out, measured, found_figures, settings)


async def prepare(place: Place, scale: float) -> readings.Prepared:
    """Fill the municipality's database, and hear what the service runs there."""
    database = await filled(place.server, shapes.municipality(scale), place.say)
    async with database.administrator() as connection:
        cast = await cast_of(connection)
    await postgraphile.prepare(database)
    place.say("Recording what the service runs")
    recorded = await readings.recorded(database, place.key, asked(cast, place.key))
    return readings.Prepared(database=database, cast=cast, recorded=recorded)


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.command()(bench)

if __name__ == "__main__":
    app()
