"""Schools, day care, families: the two administrations for children and the young."""

from typing import Final

from service.demo import occupations as crews
from service.demo.blueprint import administration, area, led_team, secretariat, section, site, team

_SCHOOL_PARTS: Final = (
    section("Indskolingen, {parent}", "Afdelingsleder", crews.TEACHING, staff=19),
    section("Mellemtrinnet, {parent}", "Afdelingsleder", crews.TEACHING, staff=18),
    section("Udskolingen, {parent}", "Afdelingsleder", crews.UPPER_SCHOOL, staff=19),
    section("SFO, {parent}", "SFO-leder", crews.AFTER_SCHOOL, staff=17),
    team("Kontor og teknisk service, {parent}", crews.SCHOOL_OFFICE, staff=5),
)
SCHOOLS: Final = administration(
    "Skoleforvaltningen",
    "Skoledirektør",
    crews.SCHOOL_STAFF,
    secretariat("Skolesekretariatet"),
    area(
        "Skoleafdelingen",
        "Skolechef",
        crews.SCHOOL_STAFF,
        site(
            "{stem}skolen",
            "Skoleleder",
            crews.TEACHING,
            *_SCHOOL_PARTS,
            staff=1,
            copies=43,
            deputy="Viceskoleleder",
        ),
        led_team("Læringskonsulenterne", crews.SCHOOL_STAFF, staff=18),
    ),
    area(
        "Specialundervisning og Ungdomsuddannelse",
        "Områdechef",
        crews.SCHOOL_STAFF,
        site(
            "Specialskolen {place}",
            "Skoleleder",
            crews.SPECIAL_SCHOOL,
            section("Afdeling for yngre elever, {parent}", "Afdelingsleder", crews.SPECIAL_SCHOOL, staff=26),
            section("Afdeling for ældre elever, {parent}", "Afdelingsleder", crews.SPECIAL_SCHOOL, staff=26),
            staff=6,
            copies=4,
            deputy="Viceskoleleder",
        ),
        site(
            "Havnsund Ungdomsskole",
            "Ungdomsskoleleder",
            crews.UPPER_SCHOOL,
            section("10. klassecentret", "Afdelingsleder", crews.UPPER_SCHOOL, staff=30),
            section("Heltidsundervisningen", "Afdelingsleder", crews.UPPER_SCHOOL, staff=22),
            staff=8,
        ),
        led_team("Ungdommens Vejledning", crews.UPPER_SCHOOL, staff=18),
    ),
    near_leaving=36,
)

_NURSERY_PARTS: Final = (
    team("Vuggestuegruppen, {parent}", crews.DAYCARE, staff=13),
    team("Børnehavegruppen, {parent}", crews.DAYCARE, staff=16),
)
CHILDREN: Final = administration(
    "Børne- og Ungeforvaltningen",
    "Børne- og ungedirektør",
    crews.FAMILY,
    secretariat("Børne- og Ungesekretariatet"),
    area(
        "Dagtilbud",
        "Dagtilbudschef",
        crews.DAYCARE,
        section(
            "Dagtilbudsområde {district}",
            "Områdeleder",
            crews.DAYCARE,
            site(
                "Børnehuset {nursery}",
                "Daglig pædagogisk leder",
                crews.DAYCARE,
                *_NURSERY_PARTS,
                level="N4",
                staff=2,
                copies=4,
                deputy="Souschef",
            ),
            site(
                "Børnehaven {nursery}",
                "Daglig pædagogisk leder",
                crews.DAYCARE,
                level="N4",
                staff=20,
                copies=2,
            ),
            site("Naturbørnehaven {place}", "Daglig pædagogisk leder", crews.DAYCARE, level="N4", staff=17),
            level="N3",
            staff=1,
            copies=8,
        ),
        section(
            "Dagplejen",
            "Dagplejechef",
            crews.CHILDMINDING,
            led_team("Dagplejen {village}", crews.CHILDMINDING, staff=38, copies=8, leader="Dagplejeleder"),
            level="N3",
            staff=4,
        ),
    ),
    area(
        "Familie og Forebyggelse",
        "Familiechef",
        crews.FAMILY,
        section(
            "Børnemyndighed",
            "Myndighedsleder",
            crews.FAMILY,
            led_team("Børn og familie {district}", crews.FAMILY, staff=18, copies=5),
            level="N3",
            staff=4,
        ),
        site("Familiecentret {place}", "Centerleder", crews.FAMILY, level="N4", staff=24, copies=2),
        section(
            "Sundhedsplejen",
            "Ledende sundhedsplejerske",
            crews.HEALTH_VISITORS,
            team("Sundhedsplejen {district}", crews.HEALTH_VISITORS, staff=15, copies=4),
            staff=1,
        ),
        site(
            "Døgninstitutionen {place}",
            "Forstander",
            crews.RESIDENTIAL,
            section("Døgnafdelingen, {parent}", "Afdelingsleder", crews.RESIDENTIAL, level="N5", staff=20),
            staff=14,
            copies=6,
        ),
    ),
    area(
        "Pædagogik, Psykologi og Tandpleje",
        "Områdechef",
        crews.COUNSELLING,
        section(
            "Pædagogisk Psykologisk Rådgivning",
            "Ledende psykolog",
            crews.COUNSELLING,
            led_team("PPR {district}", crews.COUNSELLING, staff=17, copies=4),
            level="N3",
            staff=3,
        ),
        section(
            "Tandplejen",
            "Overtandlæge",
            crews.DENTISTRY,
            site("Tandklinikken {village}", "Klinikleder", crews.DENTISTRY, level="N5", staff=18, copies=6),
            level="N3",
            staff=3,
        ),
        site("Ungdomsklubben {place}", "Klubleder", crews.CLUBS, level="N4", staff=15, copies=14),
    ),
    near_leaving=34,
)
