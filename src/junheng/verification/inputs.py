"""Whether the input at hand is the one a finding names, by its bytes; and where it was changed since."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.basics import Text
from junheng.data import InputFile, Snapshot
from junheng.verification.found import MANIFEST, Found
from junheng.verification.telling import Told

SHOWN = 5
_BLANK = Text("空", "blank")
_NOWHERE = Text("没有这一行", "no such row")


def tell_inputs(snapshot: Snapshot, stated: object) -> tuple[list[Told], tuple[Text, ...]]:
    """What a manifest's ``inputs`` should say, in its own order and with its own names; and who was renamed.

    Files are matched by SHA-256: the same bytes under another name are the same input.
    """
    at_hand: dict[str, list[InputFile]] = defaultdict(list)
    for file in snapshot.inputs:
        at_hand[file.sha256].append(file)
    listed = stated if isinstance(stated, list) else []
    matched = [_taken(entry, at_hand) for entry in listed]
    left = [file for files in at_hand.values() for file in files]
    if left or None in matched:
        return [_told(file, file.name) for file in snapshot.inputs], ()
    pairs = [(str(entry.get("name")), file) for entry, file in zip(listed, matched, strict=True) if file]
    notes = [_renamed(name, file.name) for name, file in pairs if name != file.name]
    return [_told(file, name) for name, file in pairs], tuple(notes)


def same_bytes(snapshot: Snapshot, stated: object) -> bool:
    """Whether the files at hand are those of a manifest's ``inputs``, whatever their names."""
    listed = stated if isinstance(stated, list) else []
    known = Counter(str(entry.get("sha256")) for entry in listed if isinstance(entry, Mapping))
    return known == Counter(file.sha256 for file in snapshot.inputs)


def _taken(entry: object, at_hand: dict[str, list[InputFile]]) -> InputFile | None:
    """The file at hand with the bytes of ``entry``, of the same name if there is one; it is used up."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        return None
    files = at_hand.get(str(entry.get("sha256")), [])
    chosen = next((file for file in files if file.name == entry["name"]), files[0] if files else None)
    if chosen is not None:
        files.remove(chosen)
    return chosen


def _told(file: InputFile, name: str) -> Told:
    return {"name": name, "sha256": file.sha256, "size_bytes": file.size_bytes, "rows": dict(file.rows)}


def _renamed(old: str, new: str) -> Text:
    return Text(
        f"输入文件已改名：{old} → {new}，内容未变",
        f"the input was renamed: {old} → {new}; its bytes are the same",
    )


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """An input that is not the one a finding was made from: which file, and the cells that differ."""

    where: str
    cells: tuple[Text, ...]
    more: int

    def text(self) -> Text:
        """The change in words: the first cells, and how many there are beyond them."""
        zh, en = (
            f"{self.where}：输入在评估之后改动过",
            f"{self.where}: the input was changed since the finding",
        )
        if not self.cells:
            return Text(
                f"{zh}；结论所依据的单元格都没有变（可能是重新保存，或改动了别处）",
                f"{en}; no cell the finding rests on differs (saved anew, or changed elsewhere)",
            )
        rest = Text(f"；另有 {self.more} 处", f"; and {self.more} more") if self.more else Text("", "")
        return Text(
            f"{zh}；{'；'.join(cell.zh for cell in self.cells)}{rest.zh}",
            f"{en}; {'; '.join(cell.en for cell in self.cells)}{rest.en}",
        )


def changed_input(first: Found, found: Sequence[Found], snapshot: Snapshot) -> ChangedInput:
    """What ``snapshot`` has that ``first`` was not made from, and the cells that now read otherwise.

    The cells are those of the evidence of all of ``found``, in the order of the sheets.
    """
    where = _place(first, first.manifest.get("inputs"), snapshot)
    now = _Now(snapshot)
    rows = [row for finding in found for row in finding.rows("cells.parquet")]
    rows.sort(key=lambda row: (str(row.get("file")), str(row.get("sheet")), row.get("row") or 0))
    changes = list(dict.fromkeys(change for row in rows if (change := now.change(row)) is not None))
    return ChangedInput(where, tuple(changes[:SHOWN]), max(0, len(changes) - SHOWN))


def _place(found: Found, stated: object, snapshot: Snapshot) -> str:
    """The files that are not those of the manifest, by name."""
    listed = stated if isinstance(stated, list) else []
    known = {str(entry.get("sha256")) for entry in listed if isinstance(entry, Mapping)}
    other = [file.name for file in snapshot.inputs if file.sha256 not in known]
    return f"{found.label} / {MANIFEST} / inputs" + (f" / {'、'.join(other)}" if other else "")


class _Now:
    """The words of the input at hand, by table, year, school and stage."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows: dict[tuple[str, bool], dict[tuple[object, ...], dict[str, object]]] = {}

    def change(self, row: Mapping[str, object]) -> Text | None:
        """What ``row`` of the evidence reads now, if it reads otherwise. Register sums stand in no cell.

        What has no words as typed (Parquet) is compared by value; a value that was blanked is left out.
        """
        if row.get("from_register"):
            return None
        table, column = str(row.get("table")), str(row.get("column"))
        is_typed = row.get("cell") is None
        here = self._table(table, is_typed).get(
            (row.get("year"), row.get("school_id"), row.get("stage") or "")
        )
        held = _value(row) if is_typed else row.get("raw")
        if is_typed and held is None:
            return None
        was, now = _words(held), _NOWHERE if here is None else _words(here.get(column))
        if was == now:
            return None
        place = " ".join(str(row[part]) for part in ("file", "sheet", "cell") if row.get(part))
        whose = " ".join(str(row[part]) for part in ("school_id", "stage") if row.get(part))
        return Text(
            f"{place}（{whose} {column}）：{was.zh} → {now.zh}",
            f"{place} ({whose} {column}): {was.en} → {now.en}",
        )

    def _table(self, name: str, is_typed: bool) -> dict[tuple[object, ...], dict[str, object]]:
        if (name, is_typed) not in self._rows:
            self._rows[name, is_typed] = dict(self._load(name, is_typed))
        return self._rows[name, is_typed]

    def _load(self, name: str, is_typed: bool) -> Iterator[tuple[tuple[object, ...], dict[str, object]]]:
        typed = self._snapshot.tables.get(name)
        raw = typed if is_typed else self._snapshot.raw.get(name)
        if typed is None or raw is None:
            return
        keys = [part for part in ("year", "school_id", "stage") if part in typed.column_names]
        for key, words in zip(typed.select(keys).to_pylist(), raw.to_pylist(), strict=False):
            yield (key.get("year"), key.get("school_id"), key.get("stage") or ""), words


def _words(raw: object) -> Text:
    if raw is None or raw == "":
        return _BLANK
    words = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    words = words.lower() if isinstance(raw, bool) else words
    return Text(words, words)


def _value(row: Mapping[str, object]) -> object:
    return row.get("text") if row.get("value") is None else row.get("value")
