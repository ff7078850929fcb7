"""Made-up applications: a city of document 0's size, and a district whose forms can be filled in."""

from junheng.admissions.synthetic.city import City, make_city, make_junior_draw
from junheng.admissions.synthetic.district import made_up_zones, make_applications
from junheng.admissions.synthetic.people import Person, make_people

__all__ = [
    "City",
    "Person",
    "made_up_zones",
    "make_applications",
    "make_city",
    "make_junior_draw",
    "make_people",
]
