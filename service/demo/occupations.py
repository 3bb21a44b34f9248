"""The occupations of a municipality: titles as a Danish payroll writes them, and who usually holds them."""

from dataclasses import dataclass
from typing import Final

from service.demo.drawing import Weighted


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation:
    """What somebody is employed as; women and full_time are percentages, min_age is in years."""

    title: str
    field: str
    women: int
    full_time: int
    min_age: int = 24
    trainee: bool = False


class Crew:
    """The occupations that make up a workplace, by weight, and the professional field its leader comes from."""

    def __init__(self, field: str, *occupations: tuple[Occupation, int]) -> None:
        self.field = field
        self.occupations = Weighted(occupations)
        # Somebody on the way to a leader post was seldom a trainee there.
        self.grown_from = Weighted(
            (one, weight) for one, weight in occupations if one.field == field and not one.trainee
        )
        total = sum(weight for _, weight in occupations)
        self.women = sum(one.women * weight for one, weight in occupations) / total


def _work(title: str, field: str, women: int, full_time: int = 70, min_age: int = 24) -> Occupation:
    return Occupation(title=title, field=field, women=women, full_time=full_time, min_age=min_age)


def _trainee(title: str, field: str, women: int) -> Occupation:
    return Occupation(title=title, field=field, women=women, full_time=95, min_age=18, trainee=True)


_ADMINISTRATION: Final = "Administration"
_TEACHING: Final = "Undervisning"
_PEDAGOGY: Final = "Pædagogik"
_CARE: Final = "Social- og sundhedsfag"
_NURSING: Final = "Sygepleje"
_THERAPY: Final = "Terapi og træning"
_SOCIAL_WORK: Final = "Socialrådgivning"
_ENGINEERING: Final = "Teknik og byggeri"
_ENVIRONMENT: Final = "Natur og miljø"
_OPERATIONS: Final = "Drift og service"
_CULTURE: Final = "Kultur og formidling"
_IT: Final = "It og digitalisering"
_ECONOMY: Final = "Økonomi"
_PSYCHOLOGY: Final = "Psykologi"
_DENTISTRY: Final = "Tandpleje"
_EMERGENCY: Final = "Brand og redning"
_CATERING: Final = "Kost og ernæring"

_CLERK: Final = _work("Kontorassistent", _ADMINISTRATION, 86, 76, 21)
_ACADEMIC: Final = _work("Akademisk medarbejder", _ADMINISTRATION, 64, 90, 25)
_CONSULTANT: Final = _work("Konsulent", _ADMINISTRATION, 64, 90, 27)
_CASE_WORKER: Final = _work("Sagsbehandler", _ADMINISTRATION, 82, 78, 22)
_OFFICE_TRAINEE: Final = _trainee("Kontorelev", _ADMINISTRATION, 72)
_PEDAGOGUE: Final = _work("Pædagog", _PEDAGOGY, 85, 55)
_PEDAGOGUE_STUDENT: Final = _trainee("Pædagogstuderende", _PEDAGOGY, 78)
_PEDAGOGUE_AIDE: Final = _work("Pædagogmedhjælper", _PEDAGOGY, 76, 42, 18)
_TEACHER: Final = _work("Lærer", _TEACHING, 70, 86, 24)
_CARE_ASSISTANT: Final = _work("Social- og sundhedsassistent", _CARE, 92, 36, 20)
_CARE_HELPER: Final = _work("Social- og sundhedshjælper", _CARE, 90, 32, 19)
_CARE_TRAINEE: Final = _trainee("Social- og sundhedselev", _CARE, 86)
_CARE_AIDE: Final = _work("Plejemedarbejder", _CARE, 84, 20, 18)
_NURSE: Final = _work("Sygeplejerske", _NURSING, 95, 52, 24)
_OCCUPATIONAL: Final = _work("Ergoterapeut", _THERAPY, 93, 60, 24)
_PHYSIO: Final = _work("Fysioterapeut", _THERAPY, 77, 60, 24)
_SOCIAL_WORKER: Final = _work("Socialrådgiver", _SOCIAL_WORK, 87, 78, 24)
_SOCIAL_PEDAGOGUE: Final = _work("Socialpædagog", _PEDAGOGY, 72, 55, 24)
_CARETAKER: Final = _work("Teknisk servicemedarbejder", _OPERATIONS, 9, 92, 20)
_CLEANER: Final = _work("Rengøringsassistent", _OPERATIONS, 84, 38, 18)
_KITCHEN: Final = _work("Ernæringsassistent", _CATERING, 90, 48, 20)
_ENGINEER: Final = _work("Ingeniør", _ENGINEERING, 33, 92, 25)
_PSYCHOLOGIST: Final = _work("Psykolog", _PSYCHOLOGY, 84, 66, 26)

ADMINISTRATION: Final = Crew(
    _ADMINISTRATION, (_ACADEMIC, 4), (_CONSULTANT, 3), (_CLERK, 4), (_CASE_WORKER, 1), (_OFFICE_TRAINEE, 1)
)
ECONOMY: Final = Crew(
    _ECONOMY,
    (_work("Økonomikonsulent", _ECONOMY, 58, 92, 25), 5),
    (_work("Regnskabsmedarbejder", _ECONOMY, 84, 78, 21), 4),
    (_work("Controller", _ECONOMY, 52, 94, 25), 2),
    (_OFFICE_TRAINEE, 1),
)
HUMAN_RESOURCES: Final = Crew(
    _ADMINISTRATION,
    (_work("HR-konsulent", _ADMINISTRATION, 78, 88, 25), 5),
    (_work("Lønkonsulent", _ADMINISTRATION, 86, 78, 22), 5),
    (_work("Jurist", _ADMINISTRATION, 66, 92, 25), 1),
    (_OFFICE_TRAINEE, 1),
)
IT: Final = Crew(
    _IT,
    (_work("It-konsulent", _IT, 34, 94, 24), 5),
    (_work("It-supporter", _IT, 20, 92, 20), 4),
    (_work("Systemadministrator", _IT, 22, 95, 22), 3),
    (_trainee("It-elev", _IT, 18), 1),
)
CITIZEN_SERVICE: Final = Crew(
    _ADMINISTRATION,
    (_work("Borgerservicemedarbejder", _ADMINISTRATION, 86, 74, 21), 7),
    (_CASE_WORKER, 3),
    (_OFFICE_TRAINEE, 1),
)
BUILDING: Final = Crew(
    _ENGINEERING,
    (_ENGINEER, 4),
    (_work("Arkitekt", _ENGINEERING, 55, 88, 26), 3),
    (_work("Byplanlægger", _ENGINEERING, 60, 90, 25), 2),
    (_work("Bygningskonstruktør", _ENGINEERING, 34, 94, 24), 3),
    (_CLERK, 1),
)
ENVIRONMENT: Final = Crew(
    _ENVIRONMENT,
    (_work("Biolog", _ENVIRONMENT, 58, 88, 25), 3),
    (_work("Miljøtekniker", _ENVIRONMENT, 48, 90, 23), 4),
    (_work("Geolog", _ENVIRONMENT, 46, 92, 25), 1),
    (_ENGINEER, 2),
    (_CLERK, 1),
)
ROADS: Final = Crew(
    _OPERATIONS,
    (_work("Vejmand", _OPERATIONS, 4, 96, 18), 7),
    (_work("Specialarbejder", _OPERATIONS, 8, 95, 18), 4),
    (_work("Mekaniker", _OPERATIONS, 4, 96, 20), 1),
)
PARKS: Final = Crew(
    _OPERATIONS,
    (_work("Gartner", _OPERATIONS, 28, 93, 20), 5),
    (_work("Anlægsgartner", _OPERATIONS, 16, 94, 20), 4),
    (_trainee("Gartnerelev", _OPERATIONS, 30), 1),
)
RECYCLING: Final = Crew(_OPERATIONS, (_work("Genbrugsvejleder", _OPERATIONS, 18, 84, 18), 1))
CLEANING: Final = Crew(_OPERATIONS, (_CLEANER, 1))
CARETAKING: Final = Crew(_OPERATIONS, (_CARETAKER, 6), (_work("Teknisk serviceleder", _OPERATIONS, 8, 98, 28), 1))
EMERGENCY: Final = Crew(
    _EMERGENCY,
    (_work("Brandmand", _EMERGENCY, 6, 86, 21), 8),
    (_work("Beredskabsinspektør", _EMERGENCY, 18, 96, 28), 1),
)
TEACHING: Final = Crew(
    _TEACHING, (_TEACHER, 10), (_work("Børnehaveklasseleder", _PEDAGOGY, 95, 80, 24), 1), (_PEDAGOGUE, 2)
)
UPPER_SCHOOL: Final = Crew(_TEACHING, (_TEACHER, 12), (_work("Uddannelsesvejleder", _TEACHING, 76, 84, 26), 1))
AFTER_SCHOOL: Final = Crew(_PEDAGOGY, (_PEDAGOGUE, 6), (_PEDAGOGUE_AIDE, 5), (_PEDAGOGUE_STUDENT, 1))
SPECIAL_SCHOOL: Final = Crew(
    _TEACHING,
    (_TEACHER, 6),
    (_SOCIAL_PEDAGOGUE, 4),
    (_PEDAGOGUE_AIDE, 2),
    (_work("Talepædagog", _TEACHING, 94, 70, 26), 1),
)
SCHOOL_OFFICE: Final = Crew(_ADMINISTRATION, (_work("Skolesekretær", _ADMINISTRATION, 96, 66, 22), 2), (_CARETAKER, 2))
SCHOOL_STAFF: Final = Crew(
    _TEACHING,
    (_work("Pædagogisk konsulent", _TEACHING, 72, 90, 28), 3),
    (_work("Læringskonsulent", _TEACHING, 70, 90, 28), 2),
    (_CLERK, 1),
)
DAYCARE: Final = Crew(
    _PEDAGOGY, (_PEDAGOGUE, 8), (_PEDAGOGUE_AIDE, 5), (_work("Pædagogisk assistent", _PEDAGOGY, 84, 52, 20), 2),
    (_PEDAGOGUE_STUDENT, 1),
)  # fmt: skip
CHILDMINDING: Final = Crew(_PEDAGOGY, (_work("Dagplejer", _PEDAGOGY, 98, 94, 22), 30), (_PEDAGOGUE, 1))
CLUBS: Final = Crew(
    _PEDAGOGY,
    (_PEDAGOGUE, 4),
    (_work("Klubmedarbejder", _PEDAGOGY, 52, 24, 18), 4),
    (_PEDAGOGUE_STUDENT, 1),
)
FAMILY: Final = Crew(
    _SOCIAL_WORK, (_SOCIAL_WORKER, 7), (_work("Familiebehandler", _SOCIAL_WORK, 86, 74, 26), 2), (_CLERK, 1)
)
HEALTH_VISITORS: Final = Crew(_NURSING, (_work("Sundhedsplejerske", _NURSING, 99, 62, 28), 8), (_CLERK, 1))
COUNSELLING: Final = Crew(
    _PSYCHOLOGY,
    (_PSYCHOLOGIST, 5),
    (_work("Tale-hørekonsulent", _TEACHING, 94, 70, 27), 3),
    (_work("Specialpædagogisk konsulent", _PEDAGOGY, 84, 78, 28), 2),
)
DENTISTRY: Final = Crew(
    _DENTISTRY,
    (_work("Tandlæge", _DENTISTRY, 76, 58, 26), 3),
    (_work("Klinikassistent", _DENTISTRY, 97, 54, 20), 6),
    (_work("Tandplejer", _DENTISTRY, 95, 54, 23), 2),
)
RESIDENTIAL: Final = Crew(
    _PEDAGOGY,
    (_SOCIAL_PEDAGOGUE, 8),
    (_work("Omsorgsmedhjælper", _PEDAGOGY, 72, 34, 18), 4),
    (_CARE_ASSISTANT, 2),
    (_PEDAGOGUE_STUDENT, 1),
)
NURSING_HOME: Final = Crew(
    _CARE, (_CARE_ASSISTANT, 9), (_CARE_HELPER, 8), (_CARE_AIDE, 3), (_NURSE, 2), (_CARE_TRAINEE, 3)
)
HOME_CARE: Final = Crew(_CARE, (_CARE_HELPER, 11), (_CARE_ASSISTANT, 7), (_CARE_AIDE, 3), (_CARE_TRAINEE, 3))
NURSING: Final = Crew(_NURSING, (_NURSE, 10), (_CARE_ASSISTANT, 2))
THERAPY: Final = Crew(_THERAPY, (_PHYSIO, 5), (_OCCUPATIONAL, 5), (_CARE_ASSISTANT, 1))
KITCHEN: Final = Crew(
    _CATERING,
    (_KITCHEN, 6),
    (_work("Økonoma", _CATERING, 95, 76, 28), 1),
    (_work("Kok", _CATERING, 45, 88, 21), 2),
)
NEEDS_ASSESSMENT: Final = Crew(_CARE, (_work("Visitator", _CARE, 94, 78, 28), 6), (_OCCUPATIONAL, 2), (_CLERK, 1))
AIDS_DEPOT: Final = Crew(_THERAPY, (_OCCUPATIONAL, 6), (_CARETAKER, 4), (_CLERK, 2))
PUBLIC_HEALTH: Final = Crew(
    _NURSING,
    (_work("Sundhedskonsulent", _NURSING, 86, 84, 26), 4),
    (_NURSE, 2),
    (_work("Klinisk diætist", _CATERING, 96, 68, 25), 1),
)
JOB_CENTRE: Final = Crew(
    _SOCIAL_WORK,
    (_SOCIAL_WORKER, 5),
    (_work("Jobkonsulent", _SOCIAL_WORK, 66, 88, 25), 4),
    (_work("Beskæftigelsesrådgiver", _SOCIAL_WORK, 76, 86, 24), 3),
    (_CLERK, 1),
)
BENEFITS: Final = Crew(_ADMINISTRATION, (_CASE_WORKER, 6), (_CLERK, 2), (_OFFICE_TRAINEE, 1))
ADULT_SOCIAL_WORK: Final = Crew(_SOCIAL_WORK, (_SOCIAL_WORKER, 8), (_CASE_WORKER, 2))
MENTAL_HEALTH: Final = Crew(_PEDAGOGY, (_SOCIAL_PEDAGOGUE, 6), (_CARE_ASSISTANT, 4), (_NURSE, 1), (_OCCUPATIONAL, 1))
WORKSHOPS: Final = Crew(
    _PEDAGOGY,
    (_work("Værkstedsassistent", _PEDAGOGY, 48, 74, 24), 4),
    (_SOCIAL_PEDAGOGUE, 3),
    (_PEDAGOGUE_AIDE, 1),
)
SUBSTANCE_TREATMENT: Final = Crew(
    _SOCIAL_WORK,
    (_work("Misbrugsbehandler", _SOCIAL_WORK, 64, 82, 28), 4),
    (_NURSE, 2),
    (_SOCIAL_WORKER, 2),
    (_PSYCHOLOGIST, 1),
)
LIBRARIES: Final = Crew(
    _CULTURE,
    (_work("Bibliotekar", _CULTURE, 74, 74, 25), 6),
    (_work("Biblioteksassistent", _CULTURE, 82, 58, 20), 3),
    (_work("Kulturformidler", _CULTURE, 70, 82, 24), 2),
)
MUSEUMS: Final = Crew(
    _CULTURE,
    (_work("Museumsinspektør", _CULTURE, 58, 86, 27), 3),
    (_work("Museumsformidler", _CULTURE, 68, 56, 22), 3),
    (_work("Konservator", _CULTURE, 66, 84, 25), 1),
)
MUSIC_SCHOOL: Final = Crew(_CULTURE, (_work("Musikskolelærer", _CULTURE, 48, 22, 23), 9), (_CLERK, 1))
SPORTS: Final = Crew(
    _OPERATIONS,
    (_work("Idrætsassistent", _OPERATIONS, 26, 68, 18), 5),
    (_work("Livredder", _OPERATIONS, 46, 30, 18), 2),
    (_CARETAKER, 1),
)
CULTURE: Final = Crew(
    _CULTURE,
    (_work("Kulturkonsulent", _CULTURE, 66, 88, 25), 4),
    (_work("Fritidskonsulent", _CULTURE, 52, 88, 25), 3),
    (_CLERK, 1),
)
