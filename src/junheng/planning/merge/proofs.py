"""Evidence of duties: each file by its hash; what is absent or has changed is no evidence."""

from collections.abc import Mapping
from pathlib import Path

from junheng.basics import sha256_file
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.merge.library_files import duty_words, words
from junheng.planning.sheet_records import Record


def read_evidence(
    records: list[Record], merges: Mapping[str, Json], folder: Path, faults: Gathered
) -> list[Json]:
    """Rows {"merge", "duty", "file", "held": held|absent|changed, "sha256"?, "on"?, "until"?, "asked"?, …}.

    The file lies beside the problem; a stated hash that is not the file's makes it ``changed``.
    """
    found = []
    for record in records:
        duty = record.word("duty", duty_words(), faults)
        if record["merge"] not in merges:
            faults.add(record.at("merge"), f"没有撤并 {record['merge']}", f"no merger {record['merge']}")
        if not duty or record["merge"] not in merges:
            continue
        row: Json = {"merge": record["merge"], "duty": duty, "file": record["file"]}
        row |= _held(record, folder, faults)
        for key in ("on", "until"):
            if day := record.day(key, faults):
                row[key] = day
        if row.get("on", "") > row.get("until", "9999"):
            faults.add(record.at("until"), "截止日期早于日期", "it ends before it begins")
        for key in ("asked", "agreed"):
            if (value := record.count(key, faults)) is not None:
                row[key] = value
        if row.get("agreed", 0) > row.get("asked", row.get("agreed", 0)):
            faults.add(record.at("agreed"), "同意人数多于征求人数", "more agreed than were asked")
        if record["outcome"]:
            row["outcome"] = record.word("outcome", words("outcome"), faults)
        found.append(row)
    return sorted(found, key=lambda row: (row["merge"], row["duty"], row["file"], row.get("on", "")))


def _held(record: Record, folder: Path, faults: Gathered) -> Json:
    path = folder / record["file"]
    stated = record["sha256"].lower()
    if Path(record["file"]).is_absolute() or ".." in Path(record["file"]).parts:
        faults.add(
            record.at("file"), "材料应放在问题文件旁边的文件夹里", "evidence lies beside the problem file"
        )
        return {"held": "absent"}
    if not path.is_file():
        return {"held": "absent"}
    found = sha256_file(path)
    return {"held": "changed" if stated and stated != found else "held", "sha256": found}
