"""Names of invented people, as they are spread in a Danish municipality: by generation, gender and background.

The lists are common names in rough order of frequency; a family name ending in -sen belongs to more than half.
"""

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from service.demo.drawing import Weighted, happens, one_of

NameGender = Literal["female", "male"]

_MIDDLE_NAME_PERCENT: Final = 14
_HYPHEN_PERCENT: Final = 1.5
_DOUBLE_GIVEN_PERCENT: Final = 5
_MIXED_BACKGROUND_PERCENT: Final = 22
_BORN_LATE: Final = 1988
_BORN_MIDDLE: Final = 1970


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FEMALE_EARLY: Final = _words("""
    Kirsten Hanne Bente Lone Susanne Lene Inge Birgitte Annette Karen Helle Anne Pia Marianne Jette Gitte Ulla Tina
    Dorthe Charlotte Vibeke Lis Bodil Anette Grethe Birthe Inger Elsebeth Mona Winnie Joan Conny Jytte Tove
    Merete Rikke Alice Ruth Ellen Lisbeth Karin Solveig Åse Britta Vivi Yvonne Margit Hedvig Dorte Lilian Bettina Kate
""")
_FEMALE_MIDDLE: Final = _words("""
    Mette Camilla Louise Maria Rikke Maja Christina Trine Tina Heidi Pernille Line Stine Lotte Anja Karina Malene
    Katrine Anne Sanne Mia Sara Ditte Signe Tanja Gry Sofie Dorte Betina Majbritt Kamilla Henriette Helene Marlene
    Julie Nanna Iben Sidsel Marie Tine Ann Bolette Jeanette Simone Ida Birgitte Susan Rie Zenia Vibe Astrid Karoline
""")
_FEMALE_LATE: Final = _words("""
    Emma Mathilde Ida Caroline Cecilie Freja Laura Anna Sofie Julie Amalie Sarah Josefine Nanna Maja Katrine Signe
    Frederikke Emilie Line Stine Simone Michelle Rebecca Kristine Natasja Clara Victoria Isabella Alberte Asta Luna
    Liv Filippa Nikoline Tilde Johanne Astrid Karla Thea Sille Smilla Ronja Silje Mille Andrea Rosa Ellen Viola Ea
""")
_MALE_EARLY: Final = _words("""
    Jens Peter Lars Hans Niels Jørgen Henrik Søren Ole Poul Erik Per Michael Svend Bent Finn John Leif Kurt Carsten
    Steen Torben Bo Flemming Kaj Claus Jan Kim Jesper Frank Allan Preben Bjarne Mogens Knud Ib Gert Karsten Hugo Verner
    Ulrik Palle Vagn Tage Ejvind Frede Arne Asger Helge Åge Benny Brian Keld Villy Gunnar Kresten Carl Ove Egon
""")
_MALE_MIDDLE: Final = _words("""
    Thomas Martin Michael Henrik Jesper Søren Morten Kenneth Jacob Rasmus Christian Anders Brian Claus René Mads Lasse
    Kasper Simon Jonas Daniel Casper Nicolai Jeppe Steffen Mikkel Dennis Allan Kristian Mark Tommy Ronni Jakob Troels
    Esben Rune Bjørn Mikael Stefan Johnny Ulrik Kåre Dan Heine Tim Sune Thor Uffe Klaus Anton Torsten Øjvind Viggo
""")
_MALE_LATE: Final = _words("""
    Frederik Mathias Emil Oliver Mikkel Magnus Tobias Sebastian Mads Victor Nikolaj Rasmus Christoffer Alexander
    Oscar Lucas Noah Anders Jonas Kasper Simon Patrick Malthe Gustav Philip Benjamin Villads Storm Bertram August Jeppe
    Jonathan Andreas Marcus Oskar Silas Albert Asger Valdemar Elias Holger Karl Anton Vitus Theodor Bjørn Aske Birk
""")
_SECOND_GIVEN: Final[dict[NameGender, tuple[str, ...]]] = {
    "female": _words("Marie Sofie Mette Louise Katrine Grethe Lise Birgitte Kathrine Dorthe"),
    "male": _words("Peter Henrik Erik Christian Ole Emil Kristian Jakob Jørgen August"),
}
_FREQUENT_FAMILY: Final = (
    ("Nielsen", 430), ("Jensen", 425), ("Hansen", 360), ("Andersen", 275), ("Pedersen", 270), ("Christensen", 205),
    ("Larsen", 195), ("Sørensen", 185), ("Rasmussen", 160), ("Jørgensen", 150), ("Petersen", 135), ("Madsen", 110),
    ("Kristensen", 105), ("Olsen", 82), ("Thomsen", 68), ("Christiansen", 65), ("Poulsen", 55), ("Johansen", 54),
    ("Møller", 53), ("Mortensen", 51), ("Knudsen", 50), ("Jakobsen", 48), ("Jacobsen", 47), ("Mikkelsen", 45),
    ("Olesen", 42), ("Laursen", 40), ("Lund", 40), ("Schmidt", 38), ("Eriksen", 37), ("Holm", 37), ("Clausen", 36),
    ("Simonsen", 34), ("Svendsen", 33), ("Kristiansen", 33), ("Andreasen", 33), ("Iversen", 31), ("Jeppesen", 29),
    ("Mogensen", 28), ("Vestergaard", 28), ("Jespersen", 27), ("Nissen", 26), ("Lauridsen", 26), ("Dam", 25),
)  # fmt: skip
_OTHER_FAMILY: Final = _words("""
    Østergaard Kjær Nørgaard Bertelsen Lauritsen Carlsen Bech Bach Søndergaard Steffensen Bak Dahl Toft Winther Friis
    Ravn Kjeldsen Skov Holst Mathiesen Overgaard Hermansen Jessen Thygesen Bruun Gregersen Nygaard Lassen Kruse Krogh
    Berg Henriksen Daugaard Thorsen Fischer Hedegaard Lorenzen Bay Frandsen Brandt Damgaard Kirkegaard Paulsen Juul
    Andresen Bjerregaard Bang Aagaard Koch Bendtsen Skovgaard Michelsen Munk Villadsen Mathiasen Gade Johnsen Sloth
    Hald Beck Høj Dalsgaard Buch Nygård Frost Karlsen Davidsen Ottosen Bonde Laustsen Bundgaard Ibsen Egholm
    Vinther Nikolajsen Enevoldsen Esbensen Bøgh Graversen Lindberg Danielsen Grønbæk Meyer Kofoed Ebbesen Klausen
    Thorup Nedergaard Lange Straarup Mølgaard Odgaard Hvid Højgaard Bisgaard Korsgaard Abildgaard Fog Hjorth Wulff
    Boesen Borup Bækgaard Rosenkilde Kloster Ladefoged Rohde Lyngby Ågesen Ærøe Mosegaard Stougaard Vad Tranberg Elkjær
    Bjerre Troelsen Kaas Smed Buus Krarup Birk Pagh Rask Toftegaard Hauge Pilgaard Tved Ørum Hvolby Klitgaard Sandager
    Vang
""")
_BETWEEN: Final = _words("""
    Møller Bach Holm Lund Friis Dahl Kjær Skov Winther Toft Bech Ravn Krogh Juul Birk Østergaard Bruun Nørgaard Søe
    Vestergaard Hald Høj Bang Fog Munk Rosendal Thorup Bay Kruse Frost
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Background:
    """Given and family names that go together."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]

    def given(self, gender: NameGender) -> tuple[str, ...]:
        return self.female if gender == "female" else self.male


_ELSEWHERE: Final = Weighted((
    (_Background(  # Faroese
        female=_words("Rannvá Marjun Bjørg Súsanna Turið Guðrun Sólrún Barbara Elspa"),
        male=_words("Jógvan Hanus Pætur Høgni Tróndur Bárður Heðin Óli Símun"),
        family=_words("Joensen Djurhuus Patursson Dam Mohr Højgaard Debes Zachariasen í_Gong"),
    ), 7),
    (_Background(  # Greenlandic
        female=_words("Aviaja Nivi Paninnguaq Pipaluk Ivalu Naja Arnaq Aqqalu Nuka"),
        male=_words("Malik Inuk Aqqaluk Minik Nuka Angutitaq Kristian Hans Pavia"),
        family=_words("Lynge Kleist Petrussen Heilmann Berthelsen Egede Kreutzmann Olsvig Rosing"),
    ), 6),
    (_Background(  # Turkish and Kurdish
        female=_words("Ayşe Fatma Emine Zeynep Elif Hülya Sevgi Derya Leyla Gülay"),
        male=_words("Mehmet Mustafa Ahmet Ali Murat Emre Hasan Yusuf Cem Baran"),
        family=_words("Yıldız Kaya Demir Şahin Çelik Öztürk Aydın Arslan Doğan Koç"),  # noqa: RUF001  -- Turkish has it
    ), 15),
    (_Background(  # Arabic-speaking countries
        female=_words("Fatima Amina Nour Rania Layla Hanan Samira Mariam Yasmin Zahra"),
        male=_words("Ahmad Mohammad Omar Khaled Hassan Ibrahim Samir Bilal Tarek Yousef"),
        family=_words("Hassan Ibrahim Khalil Mansour Haddad Saleh Al-Masri Nasser Hamdan Darwish"),
    ), 18),
    (_Background(  # Bosnian, Croatian, Serbian
        female=_words("Amra Jasmina Senada Mirela Azra Ivana Lejla Selma Dragana"),
        male=_words("Adnan Mirza Senad Emir Damir Goran Nermin Zoran Haris"),
        family=_words("Hodžić Begić Kovačević Delić Marić Hadžić Jovanović Petrović Softić"),
    ), 9),
    (_Background(  # Polish
        female=_words("Agnieszka Katarzyna Małgorzata Monika Joanna Ewa Beata Magdalena Dorota"),
        male=_words("Piotr Krzysztof Tomasz Paweł Marcin Michał Andrzej Wojciech Adam"),
        family=_words("Nowak Wójcik Kowalczyk Wiśniewski Mazur Zieliński Kaczmarek Dudek Pawlak"),
    ), 10),
    (_Background(  # Somali
        female=_words("Hodan Ifrah Sahra Ayaan Khadija Hibo Fadumo Nasra"),
        male=_words("Abdi Mohamed Yusuf Ismail Abdullahi Mahad Liban Farah"),
        family=_words("Warsame Farah Jama Abdi Hersi Osman Nur Aden"),
    ), 6),
    (_Background(  # Vietnamese
        female=_words("Thi_Lan Linh Hoa Mai Thu Ngoc Huong Kim"),
        male=_words("Minh Tuan Van Duc Long Huy Quang Nam"),
        family=_words("Nguyen Tran Le Pham Vo Bui Dang Huynh"),
    ), 6),
    (_Background(  # Iranian and Afghan
        female=_words("Shirin Maryam Parisa Nasrin Mina Soraya Zohreh Farida Laleh"),
        male=_words("Reza Amir Hamid Mehdi Farhad Navid Karim Daryush Omid"),
        family=_words("Rezai Hosseini Karimi Ahmadi Moradi Jafari Rahimi Sharifi Noori"),
    ), 8),
    (_Background(  # Tamil and South Asian
        female=_words("Priya Anitha Sangeetha Nadia Ayesha Kavitha Sunita Meena"),
        male=_words("Suresh Arun Rajan Imran Ravi Kumar Naveed Vijay"),
        family=_words("Sivakumar Rajaratnam Khan Nadarajah Malik Sharma Hussain Selvan"),
    ), 7),
    (_Background(  # neighbours: Germany, Sweden, Norway, Iceland
        female=_words("Ingrid Anke Sigrún Birgit Gunilla Heike Kristín Åsa Ragnhild"),
        male=_words("Jürgen Sven Einar Björn Uwe Gunnar Torsten Öystein Stefán"),
        family=_words("Müller Lindqvist Johansson Haugen Schröder Bergström Einarsson Dahlgren Becker"),
    ), 8),
))  # fmt: skip
_ELSEWHERE_PERCENT: Final = 9.5

_FAMILY: Final = Weighted((*_FREQUENT_FAMILY, *((name, 28) for name in _OTHER_FAMILY)))


@dataclass(frozen=True, kw_only=True, slots=True)
class FullName:
    """What a person is called."""

    given: str
    family: str


def draw_name(rng: Random, *, gender: NameGender, born: int) -> FullName:
    """A name that suits the gender and the year of birth."""
    if not happens(rng, _ELSEWHERE_PERCENT):
        return FullName(given=_danish_given(rng, gender, born), family=_danish_family(rng))
    background = _ELSEWHERE.draw(rng)
    given, family = one_of(rng, background.given(gender)), one_of(rng, background.family)
    if happens(rng, _MIXED_BACKGROUND_PERCENT):
        family = _FAMILY.draw(rng)
    elif happens(rng, _MIXED_BACKGROUND_PERCENT):
        given = _danish_given(rng, gender, born)
    return FullName(given=given.replace("_", " "), family=family.replace("_", " "))


def _danish_given(rng: Random, gender: NameGender, born: int) -> str:
    # A name outlives its fashion by some years at both ends.
    year = born + int(rng.random() * 17) - 8
    if gender == "female":
        lists = (_FEMALE_EARLY, _FEMALE_MIDDLE, _FEMALE_LATE)
    else:
        lists = (_MALE_EARLY, _MALE_MIDDLE, _MALE_LATE)
    names = lists[(year >= _BORN_MIDDLE) + (year >= _BORN_LATE)]
    # The lists stand in order of frequency: the smaller of two draws favours the front.
    given = names[min(int(rng.random() * len(names)), int(rng.random() * len(names)))]
    second = one_of(rng, _SECOND_GIVEN[gender])
    return f"{given} {second}" if happens(rng, _DOUBLE_GIVEN_PERCENT) and second != given else given


def _danish_family(rng: Random) -> str:
    family, between = _FAMILY.draw(rng), one_of(rng, _BETWEEN)
    if between == family or not happens(rng, _MIDDLE_NAME_PERCENT + _HYPHEN_PERCENT):
        return family
    hyphenated = happens(rng, 100 * _HYPHEN_PERCENT / (_MIDDLE_NAME_PERCENT + _HYPHEN_PERCENT))
    return f"{between}-{family}" if hyphenated else f"{between} {family}"
