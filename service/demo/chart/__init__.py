"""The organisation chart: seven administrations with their areas, institutions, departments and teams.

How near the leaders of each are to leaving follows the guide, which finds the circle thinnest in care, health,
teaching, day care, and technology and environment.
"""

from typing import Final

from service.demo import occupations as crews
from service.demo.blueprint import Blueprint, Post
from service.demo.chart.city import CITY, CULTURE
from service.demo.chart.town_hall import MAYOR
from service.demo.chart.welfare import CARE, JOBS
from service.demo.chart.young import CHILDREN, SCHOOLS
from service.demo.places import MUNICIPALITY

ORGANISATION: Final = Blueprint(
    name=MUNICIPALITY,
    kind="municipality",
    crew=crews.ADMINISTRATION,
    head=Post(level="N1", title="Kommunaldirektør"),
    parts=(MAYOR, CITY, SCHOOLS, CHILDREN, CARE, JOBS, CULTURE),
)
