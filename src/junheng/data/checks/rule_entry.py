"""An entry of a rule file held against what a rule must be, before it becomes one."""

from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as Limited

from junheng.data.checks.definition import CheckRule

_NARROWER = {
    "id": Annotated[str, Limited(pattern=r"^[a-z_]+\.[a-z_0-9]+$")],
    "source": Annotated[str, Limited(min_length=1)],
}


def rule_of(entry: object) -> CheckRule:
    """The rule that ``entry`` (plain data) is. Raises pydantic's ValidationError when it is none."""
    model = _model().model_validate(entry)
    return CheckRule(**{name: getattr(model, name) for name in type(model).model_fields})


@cache
def _model() -> type[BaseModel]:
    """The fields of a rule as pydantic checks them."""
    types = get_type_hints(CheckRule) | _NARROWER
    asked: dict[str, Any] = {field.name: (types[field.name], _default(field)) for field in fields(CheckRule)}
    return create_model("RuleEntry", __config__=ConfigDict(extra="forbid"), **asked)


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return Limited(default_factory=field.default_factory)
    return ... if field.default is MISSING else field.default
