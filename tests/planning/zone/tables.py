"""Small tables of a place that can be worked by hand: six blocks in a row, two or three schools.

Blocks A–F lie on the equator, 1,000 m apart or so (0.009°): the great circle is 1,000.75 m a step.
"""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.zone.problem import read_problem

HEAD = 'kind: zone\ncounty: {code: "999901", name: XX区}\nstage: primary\nfrom: 2025-09-01\n'
TABLES = {
    "片块": "片块编号,片块名称,经度,纬度,小学生,现属小学,街道,门牌号段,居委会\n"
    "A,甲,110.000,0,40,S1,一路,1-99单,一居\n"
    "B,乙,110.009,0,30,S1,一路,2-100双,一居\n"
    "C,丙,110.018,0,20,S1,一路,101-200,一居\n"
    "D,丁,110.027,0,10,S2,二路,全部,二居\n"
    "E,戊,110.036,0,50,S2,三路,1-9,二居\n"
    "F,己,110.045,0,0,S2,三路,13-20,二居\n",
    "学校": "学校标识码,学校名称,学段,经度,纬度,学位\nS1,东校,小学,110.000,0,80\nS2,西校,小学,110.045,0,100\n",
    "相邻": "甲片块,乙片块\nA,B\nB,C\nC,D\nD,E\nE,F\n",
}


def written(folder: Path, head: str = HEAD, **sheets: str) -> Path:
    """A problem file in ``folder`` with the small tables, some of them replaced ("" leaves one out)."""
    every = {name: text for name, text in {**TABLES, **sheets}.items() if text}
    for name, text in every.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    path = folder / "problem.yaml"
    path.write_text(f"{head}tables: [{', '.join(f'{name}.csv' for name in every)}]\n", "utf-8")
    return path


def said(path: Path) -> str:
    """Everything the refusal of a problem says."""
    with pytest.raises(UserError) as caught:
        read_problem(path)
    return " ".join(str(line) for line in caught.value.lines())
