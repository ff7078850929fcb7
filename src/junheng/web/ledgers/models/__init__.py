"""The tables of the ledgers: records, hazards with their story, children with theirs, rows of the sheets."""

from junheng.web.ledgers.models.children import Child, ChildLedger
from junheng.web.ledgers.models.hazards import Hazard, HazardStep
from junheng.web.ledgers.models.records import Record
from junheng.web.ledgers.models.sheets import Sheet, SheetRow

__all__ = ["Child", "ChildLedger", "Hazard", "HazardStep", "Record", "Sheet", "SheetRow"]
