"""Write the made-up applications, schools, zones and exceptions of XX区 into examples/admission/."""

from pathlib import Path

from junheng.admissions import (
    IntakeRule,
    Problem,
    check_applications,
    load_rule_set,
    made_up_zones,
    make_applications,
    problem_of,
    read_applications,
    read_intake_rule,
    write_application_form,
    write_school_list,
    write_zone_table,
)

FOLDER = Path(__file__).parent / "admission"
APPLICANTS = 1_200
_EXCEPTIONS = """\
# 已核实的例外：谁、为什么、谁核实、哪天 | Confirmed exceptions: who, why, by whom, when. 由脚本写出 | written by the script
format: junheng/exceptions/1
exceptions:
  - cause: twins_apart
    children: ['{}', '{}']
    reason: 同住的堂亲，不是双胞胎 | cousins under one roof, no twins
    confirmed_by: 基教科二人核对户口簿原件 | two officers, against the registers
    confirmed_on: 2027-06-18
"""


def main(folder: Path = FOLDER) -> None:
    """Write applications.xlsx, schools.xlsx, zones.xlsx and exceptions.yaml; the YAML rules are read from the example."""
    rule = read_intake_rule(FOLDER / "intake.yaml")
    problem, zones = problem_of(load_rule_set(FOLDER / "rules.yaml")), made_up_zones()
    content = problem.as_json()
    children = make_applications(rule, problem, zones, APPLICANTS)
    write_application_form(folder / "applications.xlsx", rule, problem, children=children)
    write_school_list(folder / "schools.xlsx", content["schools"], content["stages"])
    write_zone_table(folder / "zones.xlsx", zones)
    (folder / "exceptions.yaml").write_text(_exceptions(folder, rule, problem), encoding="utf-8")


def _exceptions(folder: Path, rule: IntakeRule, problem: Problem) -> str:
    """The list of exceptions: the cousins that the checks take for twins."""
    review = check_applications(read_applications(folder / "applications.xlsx"), rule, problem)
    pair = next(fault.children for fault in review.faults if fault.cause == "twins_apart")
    return _EXCEPTIONS.format(*pair)


if __name__ == "__main__":
    main()
