"""Organisations, accounts, posts and invitations."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from junheng.web.front.words import pair
from junheng.web.people.roles import Kind, Role, Section

_STEP = 9  # digits of one step of a path


class Organisation(models.Model):
    """A place in the tree. ``path`` are the ids from the root down, so that a subtree is a range of one index."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=100, unique=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=Kind.NATION) | Q(parent__isnull=False), name="only_the_nation_stands_alone"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def path_below(self, parent: "Organisation | None") -> str:
        """The path this organisation has below ``parent``."""
        return f"{parent.path if parent else ''}{self.pk:0{_STEP}d}/"


class OrganisationCode(models.Model):
    """The code an organisation had in the school years ``first_year`` to ``last_year``: codes are reused."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=20, db_index=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["first_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "first_year"], name="a_code_begins_once_a_year"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="a_code_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class OrganisationChange(models.Model):
    """What an organisation was called, or stood under, before a day: the past of its name and place."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="changes")
    until = models.DateField()
    name = models.CharField(max_length=100)
    parent = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} …{self.until}"


class Account(AbstractUser):
    """A person who signs in. What they may do follows from their posts alone."""

    first_name = None  # type: ignore[assignment] # a Chinese name is one field
    last_name = None  # type: ignore[assignment] # and no second one
    name = models.CharField(pair("姓名", "name"), max_length=100)
    is_demo = models.BooleanField(default=False)  # made with the made-up county: no second factor is asked

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name as it is written."""
        return self.name


class Post(models.Model):
    """What a person is in an organisation, from a day to a day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=15, choices=Role.choices)
    section = models.CharField(max_length=15, choices=Section.choices, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "organisation", "role", "section"],
                condition=Q(until__isnull=True),
                name="one_open_post_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_role_display()}"


class Invitation(models.Model):
    """A way in for one person: the token itself is shown once and never kept."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    role = models.CharField(max_length=15, choices=Role.choices)
    section = models.CharField(max_length=15, choices=Section.choices, blank=True)
    invited_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.name} → {self.organisation}"


class Import(models.Model):
    """A workbook of organisations or people: looked at first, carried out once. Its bytes lie below the site's folder."""

    class What(models.TextChoices):
        """What its rows are."""

        ORGANISATIONS = "organisations", pair("机构", "organisations")
        PEOPLE = "people", pair("人员", "people")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="imports")
    what = models.CharField(max_length=15, choices=What.choices)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    given_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.HOME) / "imports" / f"{self.sha256}.xlsx"
