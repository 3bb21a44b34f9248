"""The administration of the mayor: staff for the others, and the counter citizens meet."""

from typing import Final

from service.demo import occupations as crews
from service.demo.blueprint import administration, area, led_team, secretariat

MAYOR: Final = administration(
    "Borgmesterforvaltningen",
    "Stabsdirektør",
    crews.ADMINISTRATION,
    secretariat("Byråds- og Direktionssekretariatet"),
    area(
        "Økonomi",
        "Økonomichef",
        crews.ECONOMY,
        led_team("Budget og Analyse", crews.ECONOMY, staff=16),
        led_team("Regnskab", crews.ECONOMY, staff=18),
        led_team("Indkøb og Udbud", crews.ECONOMY, staff=11),
    ),
    area(
        "HR og Organisation",
        "HR-chef",
        crews.HUMAN_RESOURCES,
        led_team("Løn og Personale", crews.HUMAN_RESOURCES, staff=30),
        led_team("Ledelse og Udvikling", crews.HUMAN_RESOURCES, staff=12),
        led_team("Arbejdsmiljø", crews.HUMAN_RESOURCES, staff=9),
    ),
    area(
        "It og Digitalisering",
        "It-chef",
        crews.IT,
        led_team("It-drift", crews.IT, staff=22),
        led_team("Servicedesk", crews.IT, staff=16),
        led_team("Digitale Løsninger", crews.IT, staff=18),
    ),
    area(
        "Borgerservice",
        "Borgerservicechef",
        crews.CITIZEN_SERVICE,
        led_team("Kontaktcenter", crews.CITIZEN_SERVICE, staff=20),
        led_team("Pas, Kørekort og Folkeregister", crews.CITIZEN_SERVICE, staff=18),
        led_team("Opkrævning", crews.CITIZEN_SERVICE, staff=17),
    ),
    area("Kommunikation", "Kommunikationschef", crews.ADMINISTRATION, staff=14),
    area("Jura", "Juridisk chef", crews.ADMINISTRATION, staff=12),
    near_leaving=24,
)
