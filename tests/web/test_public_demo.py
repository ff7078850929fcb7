"""The made-up county's public pages: a parent finds a school by door number, notices, and open data."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site

from junheng.web.findings.models import Finding
from junheng.web.public.demo_pages import open_demo_pages
from junheng.web.public.models import Notice, OpenData

pytestmark = pytest.mark.django_db


def test_a_parent_finds_something(site: Site, finding: Finding) -> None:
    since = date(finding.year, 9, 1)
    assert list(open_demo_pages(site.county, ["甲小学", "乙小学"], finding.year, since))
    asked = {"street": "示例2路", "door": "12号", "stage": "primary", "on": f"{finding.year}-09-02"}
    page = Client().get(reverse("public_zones", args=[site.county.pk]), asked).content.decode()
    assert "乙小学" in page
    assert "甲小学" not in page
    assert Notice.objects.count() == 3
    package = OpenData.objects.get()
    assert Client().get(reverse("public_data", args=[package.pk])).status_code == 200
