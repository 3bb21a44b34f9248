"""Invented names of workplaces: a likeness to a real place is chance."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Final

from service.demo.drawing import shuffled

MUNICIPALITY: Final = "Havnsund Kommune"
"""None of Denmark's 98 municipalities."""

_VILLAGES: Final = (
    "Havnsund", "Ellingby", "Mosbjerre", "Strandelev", "Løvstrup", "Hørlinge", "Bavnelse", "Tranmark", "Skovlinge",
    "Ørvadby", "Ågesholm", "Søndelse", "Bredsø", "Krogvad", "Hvidnæs", "Dybsund", "Torsølund", "Rævhede", "Gammelsund",
    "Nørlinge", "Kirkelev", "Bækkelse",
)  # fmt: skip
_DISTRICTS: Final = ("Nord", "Syd", "Øst", "Vest", "Midt", "Havnen", "Fjorden", "Oplandet")
_FIRST: Final = (
    "Birke", "Elle", "Ege", "Lærke", "Mølle", "Sol", "Skov", "Vester", "Øster", "Nørre", "Sønder", "Strand", "Kirke",
    "Bøge", "Hylde", "Rosen", "Kær", "Ravne", "Svane", "Gran", "Fyrre", "Hassel", "Linde", "Pile", "Præste", "Tjørne",
    "Vibe", "Stære", "Svale", "Kløver", "Hede", "Sø", "Å", "Kilde", "Dam", "Abild", "Slåen", "Humle", "Havre", "Rug",
)  # fmt: skip
_LAST: Final = (
    ("lund", "lunden"), ("bakke", "bakken"), ("vang", "vangen"), ("gård", "gården"), ("toft", "toften"),
    ("mark", "marken"), ("eng", "engen"), ("holm", "holmen"), ("have", "haven"), ("dal", "dalen"),
)  # fmt: skip
_NURSERIES: Final = (
    "Mariehønen", "Solstrålen", "Regnbuen", "Spiren", "Kastanjen", "Myretuen", "Græshoppen", "Humlebien", "Søstjernen",
    "Troldehøj", "Hulahop", "Rumlepotten", "Egernet", "Pindsvinet", "Muslingen", "Tusindfryd", "Mælkevejen",
    "Krudtuglen", "Lanternen", "Sommerfuglen", "Ugleboet", "Myggen", "Frøen", "Stjerneskuddet", "Bølgen", "Kometen",
    "Skovtrolden", "Svalereden", "Piletræet", "Dragen", "Fyrtårnet", "Mirabellen", "Anemonen", "Hoppeloppen",
    "Nissehuen", "Valnødden", "Kragereden", "Sneglehuset", "Blåklokken", "Bispehuen", "Grævlingen", "Tudsen",
    "Oddetrolden", "Skatkisten", "Kornblomsten", "Vandpytten", "Paddehatten", "Firkløveret", "Sølvpilen", "Vindmøllen",
    "Havfruen", "Bikuben",
)  # fmt: skip


class PlaceNames:
    """Fills the patterns of the organisation chart with invented places; a name that comes again gets a number."""

    def __init__(self, rng: Random) -> None:
        pairs = [(first, last) for first in _FIRST for last in _LAST if not last[0].startswith(first.lower())]
        drawn = shuffled(rng, pairs)
        half = len(drawn) // 2
        self._pools: dict[str, Iterator[str]] = {
            "village": cycle(shuffled(rng, _VILLAGES)),
            "district": cycle(_DISTRICTS),
            "stem": cycle(first + last for first, (last, _) in drawn[:half]),
            "place": cycle(first + last for first, (_, last) in drawn[half:]),
            "nursery": cycle(shuffled(rng, _NURSERIES)),
        }
        self._given: Counter[str] = Counter()

    def fill(self, pattern: str, *, parent: str, number: int) -> str:
        """The pattern with {village}, {district}, {stem}, {place}, {nursery}, {parent} and {number} filled in."""
        given = {"parent": parent, "number": str(number)}
        name = re.sub(r"\{(\w+)\}", lambda found: given.get(found[1]) or next(self._pools[found[1]]), pattern)
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name} {self._given[name]}"
