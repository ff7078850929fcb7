"""What every room may lean on: bilingual text, errors, stages, units, codes, years, atomic files."""

from junheng.basics.archives import DAMAGED_ARCHIVE
from junheng.basics.atomic import atomic_file, atomic_folder, clear_left
from junheng.basics.codes import (
    PROVINCES,
    SCHOOL_TYPES,
    URBAN_RURAL,
    identity_check_character,
    is_identity_number,
    is_region_code,
    is_rural,
    is_school_code,
    require_region,
    urban_town_rural,
)
from junheng.basics.doors import lazy_door
from junheng.basics.errors import UserError
from junheng.basics.file_names import file_name
from junheng.basics.hashing import sha256_bytes, sha256_file
from junheng.basics.stages import STAGE_NAMES, STAGES, Stage
from junheng.basics.system_errors import system_words
from junheng.basics.text import Text, heading_key, nearest, normalise, value_key
from junheng.basics.units import UNITS, Unit, convert_exactly, find_unit, is_unit

__all__ = [
    "DAMAGED_ARCHIVE",
    "PROVINCES",
    "SCHOOL_TYPES",
    "STAGES",
    "STAGE_NAMES",
    "UNITS",
    "URBAN_RURAL",
    "Stage",
    "Text",
    "Unit",
    "UserError",
    "atomic_file",
    "atomic_folder",
    "clear_left",
    "file_name",
    "convert_exactly",
    "find_unit",
    "heading_key",
    "identity_check_character",
    "is_identity_number",
    "is_region_code",
    "is_rural",
    "is_school_code",
    "is_unit",
    "lazy_door",
    "nearest",
    "normalise",
    "require_region",
    "sha256_bytes",
    "sha256_file",
    "system_words",
    "urban_town_rural",
    "value_key",
]
