"""After publication: the layout is locked, and every exception is a line in a chain that only grows."""

from junheng.class_formation.after.lock import Locked, lock_layout, read_lock
from junheng.class_formation.after.moves import Move, current_classes, read_moves, record_move
from junheng.class_formation.after.rule import MoveRule, load_move_rule

__all__ = [
    "Locked",
    "Move",
    "MoveRule",
    "current_classes",
    "load_move_rule",
    "lock_layout",
    "read_lock",
    "read_moves",
    "record_move",
]
