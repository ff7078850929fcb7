"""The results a report draws on: folders recognised by what lies in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file
from junheng.reports.compose.definition import SourceRule


@dataclass(frozen=True, slots=True)
class Source:
    """A result's folder; ``kind`` is funds, ledger.safety, plan.invest …"""

    kind: str
    folder: Path
    main: str
    _read: dict[str, Any] = field(default_factory=dict)

    def has(self, file: str) -> bool:
        """Whether ``file`` lies in the folder: some are written by a later command."""
        return (self.folder / file).is_file()

    def content(self, file: str = "") -> Any:
        """A JSON file of the folder. Raises UserError when it cannot be read."""
        name = file or self.main
        if name not in self._read:
            self._read[name] = _json(self.folder / name)
        return self._read[name]

    def told(self) -> Mapping[str, object]:
        """For the record: kind, the folder's own name, hashes of the files read."""
        hashes = {name: sha256_file(self.folder / name) for name in sorted(self._read)}
        return {"kind": self.kind, "folder": self.folder.name, "files": hashes}


def open_sources(folders: Sequence[Path], rules: Sequence[SourceRule]) -> dict[str, Source]:
    """The sources by kind. Raises UserError for a folder of no known kind, and for two of one kind."""
    found: dict[str, Source] = {}
    for folder in folders:
        source = _source(folder, rules)
        if source.kind in found:
            raise UserError(
                Text(f"同一种结果（{source.kind}）给了两个", f"two results of one kind ({source.kind})"),
                where=f"{found[source.kind].folder}、{folder}",
                why=Text("不知道该用哪一个", "it cannot be told which to use"),
                fix=Text("每种结果只给一个文件夹", "give one folder of each kind"),
            )
        found[source.kind] = source
    return found


def _source(folder: Path, rules: Sequence[SourceRule]) -> Source:
    for rule in rules:
        if (folder / rule.file).is_file():
            _require_valid(folder, rule)
            source = Source(rule.kind, folder, rule.file)
            if not rule.refine:
                return source
            narrower = source.content()
            for key in rule.refine.split("."):
                narrower = narrower.get(key) if isinstance(narrower, dict) else None
            return Source(f"{rule.kind}.{narrower}", folder, rule.file)
    known = "、".join(f"{rule.name.zh}（{rule.file}）" for rule in rules)
    raise UserError(
        Text("看不出这个文件夹是哪一种结果", "It cannot be told what result this folder is"),
        where=str(folder),
        why=Text("里面没有已知的结果文件", "none of the known files lies in it"),
        fix=Text(
            f"可用的结果：{known}", f"known: {', '.join(f'{rule.name.en} ({rule.file})' for rule in rules)}"
        ),
    )


def _require_valid(folder: Path, rule: SourceRule) -> None:
    """Refuse a result that a later paper in its folder has corrected: its figures are no longer those in force."""
    later = [path for pattern in rule.superseded for path in sorted(folder.glob(pattern))]
    if later:
        raise UserError(
            Text(f"{rule.name.zh}已有更正", f"the {rule.name.en} has been corrected"),
            where=str(later[-1]),
            why=Text("原公布的数不再有效，不能写进报告", "its figures as first published no longer hold"),
            fix=Text(
                "不给这个文件夹，更正后的数写进工作数据",
                "leave this folder out; tell the corrected figures as work data",
            ),
        )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            Text("结果文件不能读取", "A file of a result cannot be read"),
            where=str(path),
            why=Text("报告不能据此写出", "no report can be written from it"),
            fix=Text("请重新运行写出它的命令", "run the command that wrote it again"),
        ) from error
