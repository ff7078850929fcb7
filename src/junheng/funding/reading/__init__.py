"""Reading the workbooks of funds and aid into frozen problems; every value keeps its cell."""
