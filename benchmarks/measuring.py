"""Contenders driven in turn, round by round, so that a noisy machine hurts all alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from benchmarks.load import Load, drive
from benchmarks.processes import Running
from benchmarks.requests import Request

_WARMING = 2.0
_WAVES = 8
"""A slow contender is driven for as long as this many of its answers take: what is under way at the end is lost."""
_LONGEST = 12.0


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One contender driven once. `cpu` is the worker's, in seconds per request; `peak` is its memory in bytes."""

    load: Load
    cpu: float
    peak: int


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One contender in one workload. `before` and `after` are done each time; with `once` no request is sent twice."""

    who: str
    running: Running
    requests: Sequence[Request]
    once: bool = False
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None

    def warmed(self, seconds: float) -> float:
        """Drive it for a moment, so that statements get their plans; for how many seconds it is to be driven then."""
        if self.before:
            self.before()
        load = drive(self.running.port, self.requests, seconds=min(seconds, _WARMING), once=self.once)
        slow = _WAVES * load.p50 if load.requests else _LONGEST
        return min(_LONGEST, max(seconds, ceil(slow) if slow > seconds else seconds))

    def driven(self, seconds: float) -> Sample:
        """Drive it once. Raises RefusedError where requests fail, or none is answered."""
        if self.before:
            self.before()
        self.running.peak = 0
        used = self.running.cpu()
        load = drive(self.running.port, self.requests, seconds=seconds, once=self.once)
        if load.failed or load.exhausted or not load.requests:
            raise RefusedError(f"{self.who} was to answer {len(self.requests)} requests in turn: {load}.")
        spent = self.running.cpu() - used
        if self.after:
            self.after()
        return Sample(load=load, cpu=spent / load.requests, peak=max(self.running.peak, self.running.memory()))


class RefusedError(Exception):
    """A contender failed under load; what it did then is no measurement."""


@dataclass(frozen=True, kw_only=True)
class Workload:
    """What is asked, of whom."""

    name: str
    lanes: Sequence[Lane]


@dataclass(eq=False)
class Measured:
    """Samples by workload and contender, and numbers that are no samples, by name; a round behind the other."""

    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict[str, dict[str, list[Sample]]])
    series: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def ratio(self, workload: str, who: str, against: str, other: str | None = None) -> float | None:
        """Median over the rounds of `who`'s rate to that of `against`, in another workload where one is named."""
        ours = self.samples.get(workload, {}).get(who, [])
        theirs = self.samples.get(other or workload, {}).get(against, [])
        if not ours or not theirs:
            return None
        pairs = zip(ours, theirs, strict=True)
        return median(one.load.per_second / two.load.per_second for one, two in pairs)


def measure(
    measured: Measured,
    workloads: Sequence[Workload],
    *,
    rounds: int,
    seconds: float,
    told: Callable[[str], None],
) -> None:
    """Drive every lane of every workload, round by round; first each once, to warm it, without counting."""
    lasting: dict[tuple[str, str], float] = {}
    for workload in workloads:
        for lane in workload.lanes:
            told(f"Warming: {workload.name}, {lane.who}")
            lasting[workload.name, lane.who] = lane.warmed(seconds)
    for turn in range(rounds):
        for workload in workloads:
            for lane in workload.lanes:
                told(f"Round {turn + 1} of {rounds}: {workload.name}, {lane.who}")
                sample = lane.driven(lasting[workload.name, lane.who])
                measured.samples.setdefault(workload.name, {}).setdefault(lane.who, []).append(sample)
