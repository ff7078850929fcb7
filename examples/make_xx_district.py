"""Write the workbooks of the made-up district XX区, one per school year, into examples/xx_district/."""

from pathlib import Path

import pyarrow.compute as pc

from junheng.data import make_district, write_template

FOLDER = Path(__file__).parent / "xx_district"


def main() -> None:
    """Write 2022.xlsx, 2023.xlsx and 2024.xlsx."""
    tables = make_district()
    for year in tables["school"]["year"].unique().to_pylist():
        of_year = {name: table.filter(pc.equal(table["year"], year)) for name, table in tables.items()}
        write_template(FOLDER / f"{year}.xlsx", tables=of_year)


if __name__ == "__main__":
    main()
