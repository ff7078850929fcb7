"""The peer's side of the race: algmatch solves a market read from a file and says how long the solving took.

``python -m benchmarks.admission_algmatch MARKET.npz ANSWER.npy`` prints CPU seconds of ``get_stable_matching``; building
the instance is not counted.
"""

import sys
import time

import numpy as np
from algmatch import HospitalResidentsProblem


def main() -> None:
    """Solve, print the seconds, and write the school of every pupil (-1 none)."""
    given = np.load(sys.argv[1])
    wishes, plan, ranked, bounds = (given[name] for name in ("wishes", "plan", "ranked", "bounds"))
    residents = {pupil + 1: [school + 1 for school in row] for pupil, row in enumerate(wishes.tolist())}
    hospitals = {
        school + 1: {
            "capacity": int(seats),
            "preferences": [pupil + 1 for pupil in ranked[bounds[school] : bounds[school + 1]].tolist()],
        }
        for school, seats in enumerate(plan.tolist())
    }
    problem = HospitalResidentsProblem(dictionary={"residents": residents, "hospitals": hospitals})
    started = time.process_time()
    matching = problem.get_stable_matching()
    print(time.process_time() - started)
    found = np.full(len(residents), -1, dtype=np.int32)
    for resident, hospital in (matching or {"resident_sided": {}})["resident_sided"].items():
        if hospital:
            found[int(resident[1:]) - 1] = int(hospital[1:]) - 1
    np.save(sys.argv[2], found)


if __name__ == "__main__":
    main()
