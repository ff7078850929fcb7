"""Parameters from the library or the bureau's files, laid over one another."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.planning.frozen import number
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.staff.reading.form import FIX

LIBRARY = Path(__file__).parent.parent / "library"
_PARTS = {
    "rules": "unified",
    "curriculum": "curriculum_qingdao",
    "general": "general",
    "retirement": "retirement_2025",
}
_KEYS = {
    "id", "name", "source", "ratios", "rounding", "small", "non_teaching", "subjects", "periods", "loads",
    "subject_rounding", "may_teach_lower_stage", "may_teach_lower_stage_source", "training", "pay", "ages",
    "categories", "also_teaches",
}  # fmt: skip
_WORDS = {"rounding", "subject_rounding", "combine", "from"}  # values that are words, not numbers
_NAMED = {"subjects", "also_teaches", "categories", "source", "name"}
_CHOICES = {
    "rounding": {"ceil", "floor", "half_up"},
    "subject_rounding": {"ceil", "floor", "half_up"},
    "combine": {"larger", "class_only"},
}
Json = dict[str, Any]


def read_parameters(chosen: Mapping[str, Any], folder: Path, name: str) -> Json:
    """The parameters of a problem: the four parts and ``overrides``. Raises UserError for unknown keys or no numbers."""
    found: Json = {}
    sources: list[Json] = []
    for part, default in _PARTS.items():
        content = read_plain_mapping(_file(str(chosen.get(part, default)), folder, part), FIX)
        _collect(content, (part,), sources)
        _lay(found, _frozen(content, part))
    overrides = chosen.get("overrides", {})
    if not isinstance(overrides, dict):
        raise _refused(Text("overrides 应为键和值", "overrides should hold keys and values"), name)
    _collect(overrides, ("overrides",), sources)
    _lay(found, _frozen(overrides, name))
    found["sources"] = sorted(sources, key=lambda one: str(one["part"]))
    for needed in ("ratios", "rounding", "periods", "loads", "subjects", "categories"):
        if needed not in found:
            raise _refused(Text(f"缺少 {needed}", f"{needed} is missing"), name)
    _require_subjects(found, name)
    return found


def _require_subjects(found: Json, name: str) -> None:
    """What a teacher may take besides names subjects of the parameters."""
    for stage, pairs in found.get("also_teaches", {}).items():
        for one, others in pairs.items():
            for subject in (one, *others):
                if subject not in found["subjects"]:
                    near = nearest(subject, found["subjects"]) or "、".join(found["subjects"])
                    raise _refused(
                        Text(f"没有学科“{subject}”", f"there is no subject {subject!r}"),
                        f"{name}: also_teaches.{stage}.{one}",
                        Text(f"请用 {near}", f"use {near}"),
                    )


def _file(word: str, folder: Path, part: str) -> Path:
    """A file of the problem's folder when it ends in .yaml, else one of the library."""
    if word.endswith((".yaml", ".yml")):
        return folder / word
    known = {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}
    if word not in known:
        near = nearest(word, known) or "、".join(known)
        raise UserError(
            Text(f"{part} 没有“{word}”", f"no {part} is called {word!r}"),
            where=part,
            fix=Text(f"请用 {near}，或写本地文件名 .yaml", f"use {near}, or name a .yaml file of yours"),
        )
    return known[word]


def _frozen(content: Mapping[str, Any], name: str) -> Json:
    for key in content:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = Text(f"是否为 {near}？", f"did you mean {near}?") if near else FIX
            raise _refused(Text(f"不认识的键 {key}", f"unknown key {key!r}"), name, hint)
    kept = {
        key: value for key, value in content.items() if key not in ("id", "source") and "_source" not in key
    }
    return {key: _exact(value, key, f"{name}: {key}") for key, value in kept.items()}


def _exact(value: Any, key: str, where: str) -> Any:
    """Numbers in the spelling of frozen problems; words where words are meant; sources left out."""
    if key in _NAMED:
        return value if key != "categories" else {k: _category(v, f"{where}.{k}") for k, v in value.items()}
    if isinstance(value, dict):
        return {k: _exact(v, k, f"{where}.{k}") for k, v in value.items() if k != "source"}
    if isinstance(value, list):
        return [_exact(one, key, where) for one in value]
    if key in _WORDS:
        if value not in _CHOICES.get(key, {value}):
            raise _refused(Text(f"不能是“{value}”", f"it cannot be {value!r}"), where)
        return value
    try:
        amount = Fraction(Decimal(value))
    except ArithmeticError as error:
        raise _refused(Text(f"“{value}”不是数", f"{value!r} is no number"), where) from error
    if amount < 0 or (amount == 0 and ("ratios" in where or "loads" in where)):
        raise _refused(Text("应大于 0", "it should be above 0"), where)
    return number(amount)


def _category(value: Mapping[str, Any], where: str) -> Json:
    names = {key: value[key] for key in ("zh", "en") if key in value}
    return {**names, **{k: _exact(v, k, f"{where}.{k}") for k, v in value.items() if k not in names}}


def _collect(value: Any, path: tuple[str, ...], sources: list[Json]) -> None:
    """Every ``source`` in a file, with the part it speaks of: they are shown beside the plan."""
    if not isinstance(value, Mapping):
        return
    for key, inner in value.items():
        if key == "source" or key.endswith("_source"):
            at = path if key == "source" else (*path, key.removesuffix("_source"))
            sources.append(
                {"part": ".".join(at), **(inner if isinstance(inner, Mapping) else {"document": inner})}
            )
        else:
            _collect(inner, (*path, key), sources)


def _lay(base: Json, above: Mapping[str, Any]) -> None:
    """Lay ``above`` over ``base``: what it states counts, what it is silent on stays."""
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _lay(base[key], value)
        else:
            base[key] = value


def _refused(what: Text, where: str, fix: Text = FIX) -> UserError:
    return UserError(what, where=where, why=Text("参数无法使用", "the parameters cannot be used"), fix=fix)
