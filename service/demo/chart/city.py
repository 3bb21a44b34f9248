"""Streets, parks, buildings, libraries and halls: technology and environment, culture and leisure."""

from typing import Final

from service.demo import occupations as crews
from service.demo.blueprint import administration, area, led_team, secretariat, section, site

CITY: Final = administration(
    "By- og Miljøforvaltningen",
    "Teknisk direktør",
    crews.BUILDING,
    secretariat("By- og Miljøsekretariatet"),
    area(
        "Plan og Byg",
        "Plan- og byggechef",
        crews.BUILDING,
        led_team("Byggesager", crews.BUILDING, staff=24),
        led_team("Byplan", crews.BUILDING, staff=18),
        led_team("Geodata", crews.BUILDING, staff=11),
    ),
    area(
        "Vej og Trafik",
        "Vejchef",
        crews.BUILDING,
        led_team("Trafikplan", crews.BUILDING, staff=14),
        site("Vejpladsen {village}", "Driftsleder", crews.ROADS, level="N4", staff=22, copies=5),
    ),
    area(
        "Park og Natur",
        "Park- og naturchef",
        crews.ENVIRONMENT,
        led_team("Naturforvaltning", crews.ENVIRONMENT, staff=14),
        site("Materielgården {place}", "Driftsleder", crews.PARKS, level="N4", staff=22, copies=5),
    ),
    area(
        "Miljø og Klima",
        "Miljøchef",
        crews.ENVIRONMENT,
        led_team("Virksomheder og Landbrug", crews.ENVIRONMENT, staff=18),
        led_team("Vand og Jord", crews.ENVIRONMENT, staff=18),
        led_team("Klima og Energi", crews.ENVIRONMENT, staff=11),
        site("Genbrugspladsen {village}", "Pladsleder", crews.RECYCLING, level="N5", staff=10, copies=7),
    ),
    area(
        "Ejendomme",
        "Ejendomschef",
        crews.BUILDING,
        led_team("Byggeri og Anlæg", crews.BUILDING, staff=18),
        section(
            "Rengøring",
            "Rengøringschef",
            crews.CLEANING,
            led_team("Rengøringsteam {village}", crews.CLEANING, staff=27, copies=14),
            level="N3",
            staff=4,
        ),
        section(
            "Teknisk Service",
            "Teknisk servicechef",
            crews.CARETAKING,
            led_team("Teknisk service {village}", crews.CARETAKING, staff=15, copies=8),
            level="N3",
            staff=4,
        ),
    ),
    area(
        "Beredskab",
        "Beredskabschef",
        crews.EMERGENCY,
        site("Brandstationen {village}", "Stationsleder", crews.EMERGENCY, level="N4", staff=36, copies=3),
    ),
    near_leaving=39,
)

CULTURE: Final = administration(
    "Kultur- og Fritidsforvaltningen",
    "Kulturdirektør",
    crews.CULTURE,
    secretariat("Kultur- og Fritidssekretariatet"),
    area(
        "Biblioteker",
        "Bibliotekschef",
        crews.LIBRARIES,
        site(
            "Hovedbiblioteket",
            "Biblioteksleder",
            crews.LIBRARIES,
            led_team("Formidling", crews.LIBRARIES, staff=16),
            led_team("Børn og Unge", crews.LIBRARIES, staff=13),
            led_team("Materialer og Logistik", crews.LIBRARIES, staff=14),
            staff=4,
        ),
        site("{village} Bibliotek", "Afdelingsbibliotekar", crews.LIBRARIES, level="N5", staff=8, copies=11),
    ),
    area(
        "Kultur og Musik",
        "Kulturchef",
        crews.CULTURE,
        site("Havnsund Museum", "Museumsleder", crews.MUSEUMS, staff=20),
        site("Søfartsmuseet", "Museumsleder", crews.MUSEUMS, staff=12),
        site("Havnsund Musikskole", "Musikskoleleder", crews.MUSIC_SCHOOL, staff=48, deputy="Souschef"),
        site("Kulturhuset {place}", "Kulturhusleder", crews.CULTURE, level="N4", staff=12, copies=4),
    ),
    area(
        "Idræt og Fritid",
        "Idræts- og fritidschef",
        crews.CULTURE,
        site("{village}hallen", "Halinspektør", crews.SPORTS, level="N5", staff=8, copies=12),
        site("{village} Svømmehal", "Svømmehalsleder", crews.SPORTS, level="N4", staff=18, copies=4),
    ),
    near_leaving=31,
)
