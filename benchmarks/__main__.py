"""`python -m benchmarks`, which is what `make bench` runs."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks import alone, commands, figures, imports, readings, report, shapes, sizes
from benchmarks.asks import readings as asked
from benchmarks.cast import cast_of
from benchmarks.contenders import postgraphile, start
from benchmarks.database import cluster, data_folder, filled
from benchmarks.equality import UnequalError
from benchmarks.measuring import Measured, RefusedError, Workload, measure
from benchmarks.place import Place
from benchmarks.processes import ContenderError
from service.development import issuer_key

OUT = Path(__file__).parent / "out" / "latest.json"
ALONE = ("page", "manager")
COMMANDS = ("sign", "change")
SIZES = ("sizes",)
IMPORT = ("import",)
_MOST_IMPORTS = 3


def bench(
    rounds: Annotated[int, typer.Option(help="How often each contender is driven with each workload.", min=1)] = 5,
    seconds: Annotated[float, typer.Option(help="For how long each time; whole seconds with wrk.", min=0.1)] = 2,
    only: Annotated[list[str] | None, typer.Option(help="Workloads whose name starts so; repeatable.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Leave out conventional, or postgraphile.")] = None,
    large: Annotated[bool, typer.Option(help="Over 300,000 employees and over 700 tenants, too.")] = True,
    import_rows: Annotated[int, typer.Option(help="How many employees are imported.", min=1_000)] = 300_000,
    scale: Annotated[float, typer.Option(help="The size of the data; 1 is 20,000 employees.", min=0.05)] = 1,
    tenants: Annotated[int, typer.Option(help="How many tenants of 1,000 employees.", min=2)] = 700,
    out: Annotated[Path, typer.Option(help="Where the figures are written.", dir_okay=False)] = OUT,
    data: Annotated[Path | None, typer.Option(help="Where the databases are kept.", file_okay=False)] = None,
) -> None:
    """Measure how fast the service answers, side by side with the limit, the conventional stack and PostGraphile."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    folder = data or data_folder()
    measured = Measured()

    def wanted(name: str) -> bool:
        return not only or name.startswith(tuple(only))

    def some(names: tuple[str, ...]) -> bool:
        return not only or any(one.startswith(names) or wanted(name) for one in only for name in names)

    def run(workloads: list[Workload]) -> None:
        chosen = [one for one in workloads if wanted(one.name)]
        measure(measured, chosen, rounds=rounds, seconds=seconds, told=place.say)

    with console.status("Starting the database") as status, cluster(folder) as server:
        place = Place(folder=folder, server=server, key=issuer_key(folder), say=status.update, note=console.print)
        prepared = asyncio.run(prepare(place, scale, wanted))
        with ExitStack() as stack:
            ours = stack.enter_context(start.ours(prepared.database, folder))
            ours.settle()
            measured.series[figures.IDLE_MEMORY] = [float(ours.memory())]
            if prepared.asks:
                with ExitStack() as others:
                    run(readings.workloads(others, place, prepared, ours, without or ()))
            if some(ALONE):
                run(alone.workloads(place, prepared.cast, ours))
            if some(COMMANDS):
                with ExitStack() as others:
                    run(commands.workloads(others, place, prepared, ours, seconds))
            if large and some(SIZES):
                with ExitStack() as others:
                    region, shared = shapes.region(scale), shapes.shared(tenants)
                    run(sizes.workloads(others, place, prepared, ours, region, shared))
        if some(IMPORT):
            imports.measure(measured, place, employees=import_rows, rounds=min(rounds, _MOST_IMPORTS))
    found = figures.figures(measured)
    report.tables(console, measured, found)
    settings: dict[str, Any] = {"rounds": rounds, "seconds": seconds, "scale": scale, "tenants": tenants}
    report.write(out, measured, found, {**settings, "import_rows": import_rows, "only": only, "large": large})
    console.print(f"Written: {out}")


async def prepare(place: Place, scale: float, wanted: Callable[[str], bool]) -> readings.Prepared:
    """Fill the municipality's database, and hear what the service runs there for the readings that are wanted."""
    database = await filled(place.server, shapes.municipality(scale), place.say)
    async with database.administrator() as connection:
        cast = await cast_of(connection)
    await postgraphile.prepare(database)
    place.say("Recording what the service runs")
    asks = {name: requests for name, requests in asked(cast, place.key).items() if wanted(name)}
    heard = await readings.recorded(database, place.key, asks)
    return readings.Prepared(database=database, cast=cast, asks=asks, heard=heard)


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.command()(bench)

if __name__ == "__main__":
    try:
        app()
    except (ContenderError, RefusedError, UnequalError) as error:
        sys.exit(f"The benchmark ends here. {error}")
