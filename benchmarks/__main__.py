"""``python -m benchmarks [row …] [--scale 0.01] [--dry]``: measure, print, append to RESULTS.md."""

import argparse
import importlib
import sys

from benchmarks.result import Result, append

ROWS = {
    "help": "benchmarks.row_help",
    "county": "benchmarks.row_county",
    "command": "benchmarks.row_command",
    "nation": "benchmarks.row_nation",
    "spark": "benchmarks.row_spark",
    "spreadsheet": "benchmarks.row_spreadsheet",
    "reading": "benchmarks.row_reading",
    "admission": "benchmarks.row_admission",
    "classes": "benchmarks.row_classes",
    "enrolment": "benchmarks.row_enrolment",
    "verifier": "benchmarks.row_verifier",
    "rotation": "benchmarks.row_rotation",
    "itinerant": "benchmarks.row_itinerant",
    "plan": "benchmarks.row_plan",
    "plan-peers": "benchmarks.row_plan_peers",
    "plan-counties": "benchmarks.row_plan_counties",
    "travel": "benchmarks.row_travel",
    "forecast": "benchmarks.row_forecast",
    "pmedian": "benchmarks.row_pmedian",
    "facility": "benchmarks.row_facility",
    "site": "benchmarks.row_site",
    "zone": "benchmarks.row_zone",
    "web": "benchmarks.row_web",
}


def main() -> int:
    """Run the rows asked for (default: all); exit 1 when a target is missed at full scale."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="row", help=f"of: {', '.join(ROWS)}")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size (default 1)")
    parser.add_argument("--dry", action="store_true", help="print only; leave RESULTS.md as it is")
    arguments = parser.parse_args()
    if unknown := set(arguments.rows) - set(ROWS):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    missed = False
    for row in arguments.rows or ROWS:
        result: Result = importlib.import_module(ROWS[row]).measure(arguments.scale)
        print(result.text(), flush=True)
        if not arguments.dry:
            append(result)
        missed = missed or (arguments.scale == 1 and not all(check.reached for check in result.checks))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
