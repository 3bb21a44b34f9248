"""Care and health, work and social support: the two administrations for adults."""

from typing import Final

from service.demo import occupations as crews
from service.demo.blueprint import administration, area, led_team, secretariat, section, site, team

CARE: Final = administration(
    "Ældre- og Sundhedsforvaltningen",
    "Ældre- og sundhedsdirektør",
    crews.NURSING,
    secretariat("Ældre- og Sundhedssekretariatet"),
    area(
        "Plejehjem",
        "Plejehjemschef",
        crews.NURSING_HOME,
        site(
            "Plejehjemmet {place}",
            "Plejehjemsleder",
            crews.NURSING_HOME,
            section("Afdeling A, {parent}", "Afdelingsleder", crews.NURSING_HOME, level="N5", staff=38),
            section("Afdeling B, {parent}", "Afdelingsleder", crews.NURSING_HOME, level="N5", staff=36),
            team("Køkkenet, {parent}", crews.KITCHEN, staff=5),
            staff=3,
            copies=32,
            deputy="Souschef",
        ),
        site("Aktivitetscentret {place}", "Daglig leder", crews.THERAPY, level="N5", staff=11, copies=8),
    ),
    area(
        "Hjemmepleje",
        "Hjemmeplejechef",
        crews.HOME_CARE,
        section(
            "Hjemmeplejen {district}",
            "Distriktsleder",
            crews.HOME_CARE,
            led_team("Dagteam {number}, {parent}", crews.HOME_CARE, staff=30, copies=4),
            led_team("Aftenteam, {parent}", crews.HOME_CARE, staff=32),
            led_team("Sygeplejeteam, {parent}", crews.NURSING, staff=26),
            level="N3",
            staff=5,
            copies=7,
        ),
        led_team("Natteam", crews.HOME_CARE, staff=38),
        led_team("Akutteam", crews.NURSING, staff=24),
    ),
    area(
        "Sundhed og Træning",
        "Sundhedschef",
        crews.THERAPY,
        site(
            "Træningscentret {place}",
            "Centerleder",
            crews.THERAPY,
            team("Genoptræning, {parent}", crews.THERAPY, staff=24),
            team("Hverdagsrehabilitering, {parent}", crews.THERAPY, staff=18),
            staff=2,
            copies=5,
        ),
        site("Havnsund Sundhedscenter", "Centerleder", crews.PUBLIC_HEALTH, staff=38),
        section("Hjælpemiddelcentret", "Afdelingsleder", crews.AIDS_DEPOT, staff=26),
    ),
    area(
        "Visitation og Mad",
        "Myndighedschef",
        crews.NEEDS_ASSESSMENT,
        led_team("Visitationen {district}", crews.NEEDS_ASSESSMENT, staff=16, copies=3),
        site(
            "Havnsund Madservice",
            "Køkkenchef",
            crews.KITCHEN,
            team("Produktionskøkkenet", crews.KITCHEN, staff=32),
            team("Pakkeri og udbringning", crews.KITCHEN, staff=22),
            staff=4,
        ),
    ),
    near_leaving=38,
)

JOBS: Final = administration(
    "Job- og Socialforvaltningen",
    "Job- og socialdirektør",
    crews.JOB_CENTRE,
    secretariat("Job- og Socialsekretariatet"),
    area(
        "Jobcenter Havnsund",
        "Jobcenterchef",
        crews.JOB_CENTRE,
        *(
            section(
                name,
                "Afdelingsleder",
                crews.JOB_CENTRE,
                led_team("Team {number}, {parent}", crews.JOB_CENTRE, staff=17, copies=2),
                staff=2,
            )
            for name in (
                "Jobservice",
                "Ungeindsatsen",
                "Sygedagpenge",
                "Ressourceforløb",
                "Integration",
                "Virksomhedsservice",
            )
        ),
    ),
    area(
        "Ydelser",
        "Ydelseschef",
        crews.BENEFITS,
        led_team("Kontanthjælp", crews.BENEFITS, staff=20),
        led_team("Sygedagpenge og Fleksydelse", crews.BENEFITS, staff=20),
        led_team("Pension og Tillæg", crews.BENEFITS, staff=15),
    ),
    area(
        "Handicap",
        "Handicapchef",
        crews.RESIDENTIAL,
        site(
            "Bostedet {place}",
            "Bostedsleder",
            crews.RESIDENTIAL,
            section("Hus 1, {parent}", "Afdelingsleder", crews.RESIDENTIAL, level="N5", staff=17),
            section("Hus 2, {parent}", "Afdelingsleder", crews.RESIDENTIAL, level="N5", staff=17),
            staff=4,
            copies=31,
        ),
        site("Værkstedet {place}", "Værkstedsleder", crews.WORKSHOPS, level="N4", staff=20, copies=8),
    ),
    area(
        "Voksen og Socialpsykiatri",
        "Socialchef",
        crews.ADULT_SOCIAL_WORK,
        led_team("Voksenmyndighed {district}", crews.ADULT_SOCIAL_WORK, staff=17, copies=3),
        site(
            "Botilbuddet {place}",
            "Forstander",
            crews.MENTAL_HEALTH,
            team("Døgnteamet, {parent}", crews.MENTAL_HEALTH, staff=16),
            team("Støtteteamet, {parent}", crews.MENTAL_HEALTH, staff=13),
            staff=2,
            copies=9,
            deputy="Souschef",
        ),
        site("Rusmiddelcenter Havnsund", "Centerleder", crews.SUBSTANCE_TREATMENT, staff=34),
    ),
    near_leaving=29,
)
