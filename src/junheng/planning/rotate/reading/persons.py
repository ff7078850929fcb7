"""The list of teachers: pseudonyms and what the rule asks for; names are never read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, is_identity_number
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.rotate.reading.faults import shown
from junheng.planning.rotate.reading.schools import Schools
from junheng.planning.rotate.reading.sheets import Column, read_table, words_of
from junheng.planning.sheet_records import Record

_LIST_SIGNS = str.maketrans(dict.fromkeys(",，;；/ ", "、"))
_STAGE_WORDS = {
    "小学": "primary", "primary": "primary", "初中": "junior", "初级中学": "junior", "junior": "junior",
    "高中": "senior", "高级中学": "senior", "senior": "senior",
}  # fmt: skip
_NONE, _NEVER = {"无", "none", "没有"}, {"从未", "never", "无", "没有"}
Json = dict[str, Any]


def read_persons(
    path: Path, schools: Schools, attributes: Sequence[Json], columns: Sequence[Column], faults: Gathered
) -> tuple[list[Json], list[Json]]:
    """Persons by id, and those left out with the reason (senior stage, schools not in the exchange)."""
    names = {school.name: school.id for school in schools.found.values() if school.name}
    persons: dict[str, Json] = {}
    left_out = []
    listed = words_of("teachers") | {column["name"]: column["values"] for column in columns}
    for record in read_table(path, "teachers", faults, columns):
        values = {name: record.word(name, words, faults) for name, words in listed.items()}
        person = _Person(record, values, schools, names, faults)
        if (reason := person.left_out()) is not None:
            left_out.append({"person": record["id"], "zh": reason.zh, "en": reason.en})
        elif (found := person.read([attribute["id"] for attribute in attributes])) is not None:
            if found["id"] in persons:
                faults.add(
                    record.at("id"), f"教师编号 {found['id']} 重复", f"teacher {found['id']} stands twice"
                )
            persons[found["id"]] = found
    if not persons:
        faults.add(
            path.name, "名册中没有义务教育阶段的教师", "the list holds no teacher of compulsory education"
        )
    return [persons[key] for key in sorted(persons)], sorted(left_out, key=lambda row: row["person"])


class _Person:
    """One row on its way to a frozen person; what is absent stays absent."""

    def __init__(
        self, record: Record, values: Mapping[str, str], schools: Schools, names: Mapping[str, str],
        faults: Gathered,
    ) -> None:  # fmt: skip
        self.record, self.schools, self.names, self.faults = record, schools, names, faults
        self.values = values  # of the columns that have a list of values; "" where blank or told as a fault

    def left_out(self) -> Text | None:
        """Why the row is no part of the plan; None: it is."""
        if self.values["stage"] == "senior":
            return Text("高中段教师", "teacher of the senior stage")
        return self.schools.left_out.get(self.record["school"])

    def read(self, attributes: Sequence[str]) -> Json | None:
        """The frozen person; None (and a fault) where id, school, stage or subject fail."""
        school, role = self._school("school"), self.values["role"] or "teacher"
        for column, zh, en in (
            ("id", "教师编号", "the id"),
            ("stage", "学段", "the stage"),
            ("subject", "学科", "the subject"),
        ):
            if not self.record[column]:
                self.faults.add(self.record.at(column), f"{zh}没有填", f"{en} is blank")
                return None
        if is_identity_number(self.record["id"].upper()):
            self.faults.add(
                self.record.at("id"),
                "教师编号是身份证号，请换成只有贵局知道对应关系的编号",
                "the id is an identity number; use pseudonyms whose key stays with you",
            )
            return None
        if school is None or not self.values["stage"]:
            return None
        found: Json = {"id": self.record["id"], "school": school, "stage": self.values["stage"]}
        found |= {"subject": self.record["subject"], "role": role}
        found |= self._numbers() | self._attributes(attributes) | self._words()
        return found

    def _numbers(self) -> Json:
        found: Json = {}
        for column in ("years", "age", "terms"):
            if (value := self.record.number(column, self.faults)) is not None:
                found[column] = number(value)
        text = self.record["last_rotation"]
        if text in _NEVER:
            found["last_rotation"] = "never"
        elif (year := self.record.count("last_rotation", self.faults)) is not None:
            found["last_rotation"] = year
        return found

    def _attributes(self, attributes: Sequence[str]) -> Json:
        cells = {name: self.values[name] for name in attributes}
        found: Json = {"has": [name for name, value in cells.items() if value == "1"]}
        unknown = [name for name, value in cells.items() if not value]
        return found | ({"unknown": unknown} if unknown else {})

    def _words(self) -> Json:
        found: Json = {name: text for name in ("exempt", "home") if (text := self.record[name])}
        if text := self.record["certificate"]:
            found["certificate"] = self._certificate(text)
        if text := self.values["graduating"]:
            found["graduating"] = int(text)
        if text := self.record["allowed"]:
            listed = (
                self._school("allowed", part) for part in text.translate(_LIST_SIGNS).split("、") if part
            )
            found["reach"] = sorted({part for part in listed if part is not None})
        for column in ("paid_at", "timetabled_at"):
            if self.record[column] and (school := self._school(column)) is not None:
                found[column] = school
        return found

    def _certificate(self, text: str) -> list[str]:
        if text in _NONE:
            return []
        parts = [part.removesuffix("教师资格") for part in text.translate(_LIST_SIGNS).split("、") if part]
        for part in parts:
            if part not in _STAGE_WORDS:
                zh, en = f"不认识的资格证学段“{shown(part)}”", f"“{shown(part)}” is no stage of a certificate"
                self.faults.add(self.record.at("certificate"), zh, en)
        return sorted({_STAGE_WORDS[part] for part in parts if part in _STAGE_WORDS})

    def _school(self, column: str, part: str | None = None) -> str | None:
        text = self.record[column] if part is None else part
        school_id = self.schools.alias.get(text, self.names.get(text, text))
        if school_id in self.schools.found:
            return school_id
        if school_id in self.schools.left_out and column != "school":
            return None if column == "allowed" else school_id
        zh = f"学校“{shown(text)}”不在学校名单中" if text else "没有填学校"
        self.faults.add(
            self.record.at(column), zh, f"“{shown(text)}” is no school of the list" if text else "no school"
        )
        return None
