"""Finds what an address names: a finding, a school of it, a figure; with the name of a file beside."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.shortcuts import get_object_or_404

from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation

Found = TypeVar("Found")


def finding_of(finding: int) -> Finding:
    """A finding with its county."""
    return get_object_or_404(Finding.objects.select_related("county"), pk=finding)


def school_of(finding: int, school: str) -> tuple[Finding, str]:
    """A school's part of a finding."""
    return finding_of(finding), school


def figure_of(finding: int, school: str, indicator: str) -> tuple[Finding, str, str]:
    """One indicator of a school."""
    return finding_of(finding), school, indicator


def clause_of(finding: int, clause: str) -> tuple[Finding, str]:
    """A declared item of a finding."""
    return finding_of(finding), clause


def organisation_of(organisation: int) -> Organisation:
    """A place of the tree."""
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


def with_name(load: Callable[..., Found]) -> Callable[..., tuple[Found, str]]:
    """The same, with the name of the file asked for."""

    def found(name: str, **route: Any) -> tuple[Found, str]:
        return load(**route), name

    return found


def named_organisation(organisation: int, name: str) -> tuple[Organisation, str]:
    """A place and the name of the file asked for."""
    return organisation_of(organisation), name
