"""Clauses and quantities of a rule's expression in words, read off its syntax tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlglot import exp

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.judgement.monitoring.fact_names import BEFORE, FACTS, fact_name
from junheng.judgement.monitoring.number_words import constant
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.wording import placeholders
from junheng.judgement.verdict import VERDICT_NAMES

_HOLDS: Mapping[str, Text] = {  # facts that are yes or no, as clauses
    "is_judged": Text("计入评价", "the school is judged"),
    "has_line": Text("标准设有标准值", "the standard sets a line"),
}
COMPARED: Mapping[type[exp.Expression], Text] = {
    exp.GT: Text("大于", "more than"),
    exp.GTE: Text("不小于", "at least"),
    exp.LT: Text("小于", "less than"),
    exp.LTE: Text("不大于", "at most"),
    exp.EQ: Text("为", "is"),
    exp.NEQ: Text("不为", "is not"),
}
_BETTER: Mapping[type[exp.Expression], Text] = {  # sense * (a - b) beside nought
    exp.GT: Text("优于", "is better than"),
    exp.GTE: Text("不差于", "is no worse than"),
    exp.LT: Text("差于", "is worse than"),
    exp.LTE: Text("不优于", "is no better than"),
}
_SIGNS: Mapping[type[exp.Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "×", exp.Div: "÷"}
_REACHED: Mapping[tuple[str, str], Text] = {  # a verdict and a value of it, as the comparison it stands for
    ("verdict", "met"): Text("{value}达到{threshold}", "{value} reaches {threshold}"),
    ("verdict", "not_met"): Text("{value}未达到{threshold}", "{value} does not reach {threshold}"),
    ("floor_verdict", "met"): Text("{value}达到{floor}", "{value} reaches {floor}"),
    ("floor_verdict", "not_met"): Text("{value}未达到{floor}", "{value} does not reach {floor}"),
    ("cv_verdict", "met"): Text("{cv}不超过{cv_limit}", "{cv} does not exceed {cv_limit}"),
    ("cv_verdict", "not_met"): Text("{cv}超过{cv_limit}", "{cv} exceeds {cv_limit}"),
}
_MOST_LEAST: Mapping[type[exp.Expression], Text] = {
    exp.Greatest: Text("中较大者", "the larger of"),
    exp.Least: Text("中较小者", "the smaller of"),
}


@cache
def _value_names(fact: str) -> Mapping[str, Text]:
    """What the values of a fact are called: verdicts, and the values the data dictionary lists."""
    if fact.endswith("verdict"):
        return {str(key): text for key, text in VERDICT_NAMES.items()}
    spec = load_dictionary().tables["school"].columns.get(fact)
    return spec.values if spec else {}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says pieces of one expression. ``dated``: facts that also stand in it as last year's."""

    rule: Rule
    stage: str
    names: Mapping[str, Text]
    dated: set[str]

    def clause(self, node: exp.Expression) -> Text:
        """A condition."""
        if isinstance(node, exp.Paren):
            inner = self.clause(node.this)
            return Text(f"（{inner.zh}）", f"({inner.en})")
        if isinstance(node, exp.And | exp.Or):
            return self._joined(node)
        if isinstance(node, exp.Not):
            return self._denied(node.this)
        if isinstance(node, exp.Is):
            told = self.thing(node.this)
            return Text(f"没有{told.zh}", f"there is no {told.en}")
        if isinstance(node, exp.In):
            return self._among(node, Text("属于", "is one of"))
        if isinstance(node, exp.Boolean):
            return Text("总是", "always") if node.this else Text("从不", "never")
        if type(node) in COMPARED:
            return self._compared(node)
        return _HOLDS.get(node.name) or self.thing(node)

    def _joined(self, node: exp.Expression) -> Text:
        left, right = self.clause(node.this), self.clause(node.expression)
        is_or = isinstance(node, exp.Or)
        zh, en = ("，或", ", or ") if is_or else ("，且", ", and ")
        if not is_or and isinstance(node.parent, exp.Or):
            zh, en = "且", " and "  # binds closer than the "or" around it
        return Text(f"{left.zh}{zh}{right.zh}", f"{left.en}{en}{right.en}")

    def _denied(self, node: exp.Expression) -> Text:
        if isinstance(node, exp.Is):
            told = self.thing(node.this)
            return Text(f"有{told.zh}", f"there is a {told.en}")
        if isinstance(node, exp.In):
            return self._among(node, Text("不属于", "is none of"))
        told = self.clause(node)
        return Text(f"并非“{told.zh}”", f"it is not so that {told.en}")

    def _among(self, node: exp.Expression, word: Text) -> Text:
        told = self.thing(node.this)
        listed = [self._other(one, node.this) for one in node.expressions]
        zh, en = "、".join(one.zh for one in listed), ", ".join(one.en for one in listed)
        return Text(f"{told.zh}{word.zh}{zh}", f"{told.en} {word.en} {en}")

    def _compared(self, node: exp.Expression) -> Text:
        told = self._reached(node)
        if told is not None:
            return told
        word, pair = COMPARED[type(node)], _sensed(node.this)
        left = self.thing(node.this)
        right = self._other(node.expression, node.this)
        if pair is None:
            return Text(f"{left.zh}{word.zh}{right.zh}", f"{left.en} {word.en} {right.en}")
        one, other = (self.thing(part) for part in pair)
        if isinstance(node.expression, exp.Literal) and node.expression.name == "0" and type(node) in _BETTER:
            word = _BETTER[type(node)]
            return Text(f"{one.zh}{word.zh}{other.zh}", f"{one.en} {word.en} {other.en}")
        zh = f"{one.zh}优于{other.zh}的幅度{word.zh}{right.zh}"
        return Text(zh, f"{one.en} is better than {other.en} by {word.en} {right.en}")

    def _reached(self, node: exp.Expression) -> Text | None:
        """A verdict that is compared, as what was compared to come to it; None for what is no such verdict."""
        if not isinstance(node, exp.EQ) or not isinstance(node.expression, exp.Literal):
            return None
        left, default = node.this, isinstance(node.this, exp.Coalesce)
        if isinstance(left, exp.Coalesce):
            if left.expressions[0].name != node.expression.name:
                return None
            left = left.this
        prefix = next((one for one in BEFORE if left.name.startswith(one)), "")
        own = left.name.removeprefix(prefix)
        words = _REACHED.get((own, node.expression.name))
        used = [] if words is None else list(placeholders(words.zh))
        if words is None or not set(used) <= set(FACTS[self.rule.over]):
            return None
        facts = {name: self._fact(prefix + name) for name in used}
        zh = words.zh.format(**{name: told.zh for name, told in facts.items()})
        en = words.en.format(**{name: told.en for name, told in facts.items()})
        return Text(f"{zh}（没有的也算）", f"{en} (or there is none)") if default else Text(zh, en)

    def _other(self, node: exp.Expression, beside: exp.Expression) -> Text:
        """The other side of a comparison: a word is told by what the fact beside it calls it."""
        if not (isinstance(node, exp.Literal) and node.is_string):
            return self.thing(node)
        fact = next((one.name for one in (beside, *beside.find_all(exp.Column)) if one.name), "")
        for prefix in BEFORE:
            fact = fact.removeprefix(prefix)
        return _value_names(fact).get(node.name, Text(node.name, node.name))

    def thing(self, node: exp.Expression) -> Text:
        """A quantity."""
        known = constant(self.rule, self.stage, node)
        if known is not None:
            return known
        if isinstance(node, exp.Paren):
            inner = self.thing(node.this)
            return Text(f"（{inner.zh}）", f"({inner.en})")
        if isinstance(node, exp.Coalesce):
            told, other = self.thing(node.this), self._other(node.expressions[0], node.this)
            return Text(f"{told.zh}（没有则视为{other.zh}）", f"{told.en} ({other.en} where there is none)")
        if type(node) in _MOST_LEAST:
            word, parts = _MOST_LEAST[type(node)], [self.thing(one) for one in (node.this, *node.expressions)]
            zh, en = "、".join(one.zh for one in parts), " and ".join(one.en for one in parts)
            return Text(f"{zh}{word.zh}", f"{word.en} {en}")
        if type(node) in _SIGNS:
            return self._reckoned(node)
        return self._fact(node.name)

    def _fact(self, name: str) -> Text:
        told = self.names.get(name) or fact_name(self.rule.over, name)
        return Text(f"今年的{told.zh}", f"this year's {told.en}") if name in self.dated else told

    def _reckoned(self, node: exp.Expression) -> Text:
        if isinstance(node, exp.Mul):
            for share, whole in ((node.this, node.expression), (node.expression, node.this)):
                told = constant(self.rule, self.stage, share, as_share=True)
                if told is not None and "%" in told.zh:
                    of = self.thing(whole)
                    return Text(f"{of.zh}的{told.zh}", f"{told.en} of {of.en}")
        left, right, sign = self.thing(node.this), self.thing(node.expression), _SIGNS[type(node)]
        return Text(f"{left.zh} {sign} {right.zh}", f"{left.en} {sign} {right.en}")


def _sensed(node: exp.Expression) -> tuple[exp.Expression, exp.Expression] | None:
    """Of ``sense * (a - b)``, by how much a is better than b: a and b; None for anything else."""
    if not (
        isinstance(node, exp.Mul) and node.this.name == "sense" and isinstance(node.expression, exp.Paren)
    ):
        return None
    inner = node.expression.this
    return (inner.this, inner.expression) if isinstance(inner, exp.Sub) else None
