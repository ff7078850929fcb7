"""School codes in addresses: abroad a code may be a name with a stroke in it, which ends a part."""

from urllib.parse import quote

from django.urls import reverse

from junheng.web.findings.models import Finding

_STROKE, _WAVE = "~s", "~w"


class SchoolCode:
    """A school's code as one part of a path: "~s" stands for "/", "~w" for "~"."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The code in an address. Raises ValueError, which is "not found", for a "~" that stands for nothing."""
        rest = value.replace(_STROKE, "").replace(_WAVE, "")
        if "~" in rest:
            raise ValueError(value)
        return value.replace(_STROKE, "/").replace(_WAVE, "~")

    def to_url(self, value: str) -> str:
        """The code for an address; Django quotes the rest."""
        return value.replace("~", _WAVE).replace("/", _STROKE)


def school_address(finding: Finding) -> str:
    """The address of a finding's schools, to which a quoted school code is added."""
    return reverse("finding_school", args=[finding.pk, "x"])[:-1]


def quoted(school_id: str) -> str:
    """A school's code as a part of an address."""
    return quote(SchoolCode().to_url(school_id), safe="")
