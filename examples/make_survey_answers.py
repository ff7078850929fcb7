"""Made-up answers to a survey plan: every code but some answers once. Nobody real has answered.

Run: python examples/make_survey_answers.py PLAN_FOLDER ANSWERS.csv
"""

import csv
import hashlib
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

QUESTIONS = 7
VALUES = (5, 4, 4, 4, 5, 4, 3, 4, 2, 5, 4)
_CODE_LENGTH = 19  # sixteen signs and three dashes


def codes_of(plan: Path) -> list[str]:
    """The codes printed in 作答码.xlsx of a plan."""
    rows = CalamineWorkbook.from_path(plan / "作答码.xlsx").get_sheet_by_index(0).to_python()
    return [str(row[2]) for row in rows if len(row) > 2 and len(str(row[2])) == _CODE_LENGTH]


def answers_of(codes: list[str], questions: int = QUESTIONS) -> list[list[str]]:
    """One row a code, in the order of the codes' hashes; every eighth code stays unanswered."""
    kept = sorted(codes, key=lambda code: hashlib.sha256(code.encode()).hexdigest())
    rows = []
    for place, code in enumerate(kept):
        if place % 8:
            values = [VALUES[(place + 3 * number) % len(VALUES)] for number in range(questions)]
            rows.append([code, *map(str, values)])
    return rows


def main(plan: Path, target: Path) -> None:
    """Write the answers as a CSV that ``junheng survey read`` takes."""
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["作答码", *(f"Q{number + 1}" for number in range(QUESTIONS))])
        writer.writerows(answers_of(codes_of(plan)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
