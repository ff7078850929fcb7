"""Codes of the statistics: schools, regions (GB/T 2260), urban-rural classes, identity numbers.

A check says only whether a code is well formed; whether it exists is a matter of the registers.
"""

import re
from collections.abc import Mapping

from junheng.basics.errors import UserError
from junheng.basics.text import Text

SCHOOL_TYPES: Mapping[str, Text] = {
    "11": Text("幼儿园", "kindergarten"),
    "21": Text("小学", "primary school"),
    "31": Text("普通初中", "junior school"),
    "34": Text("普通高中（含完全中学）", "senior school (incl. complete secondary)"),
    "36": Text("中等职业学校", "vocational school"),
    "37": Text("工读学校", "reform school"),
    "41": Text("高等学校", "university"),
    "51": Text("特殊教育学校", "special school"),
}

PROVINCES: Mapping[str, str] = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
    "71": "台湾",
    "81": "香港",
    "82": "澳门",
}

URBAN_RURAL: Mapping[str, Text] = {
    "111": Text("主城区", "main urban area"),
    "112": Text("城乡结合区", "urban fringe"),
    "121": Text("镇中心区", "town centre"),
    "122": Text("镇乡结合区", "town fringe"),
    "123": Text("特殊区域", "special area"),
    "210": Text("乡中心区", "township centre"),
    "220": Text("村庄", "village"),
}

_DIGITS = {length: re.compile(rf"[0-9]{{{length}}}") for length in (6, 9, 10, 12)}
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_CHECK_CHARACTERS = "10X98765432"


def is_school_code(code: str) -> bool:
    """Whether ``code`` is a 学校标识码: 10 digits, a known type, a known province."""
    return bool(_DIGITS[10].fullmatch(code)) and code[:2] in SCHOOL_TYPES and code[2:4] in PROVINCES


def is_region_code(code: str) -> bool:
    """Whether ``code`` is a region code of 6 (county), 9 (town) or 12 (village) digits of a known province."""
    pattern = _DIGITS.get(len(code)) if len(code) != 10 else None
    return bool(pattern and pattern.fullmatch(code)) and code[:2] in PROVINCES


def require_region(code: str) -> str:
    """``code`` if it can be a region: 2 digits of a province, 4 of a city, 6 of a county.

    Raises UserError for anything else, so that a slip does not silently mean "the whole nation".
    """
    if code.isascii() and code.isdigit() and len(code) in (2, 4, 6) and code[:2] in PROVINCES:
        return code
    raise UserError(
        Text(f"“{code}”不是地区代码", f"“{code}” is not a region code"),
        why=Text(
            "地方口径按地区代码选取，写错会悄悄变成全国口径",
            "local values are chosen by it: a slip would mean national ones",
        ),
        fix=Text(
            "请写 2、4 或 6 位数字，如 21（辽宁）、2101（沈阳）、210102",
            "write 2, 4 or 6 digits, such as 21 (Liaoning), 2101 (Shenyang), 210102",
        ),
    )


def is_rural(urban_rural_code: str) -> bool | None:
    """Whether the urban-rural class is 乡村 (2xx); None when the class is unknown."""
    return urban_rural_code.startswith("2") if urban_rural_code in URBAN_RURAL else None


def urban_town_rural(urban_rural_code: str) -> Text | None:
    """城区 (111, 112), 镇区 (121–123) or 乡村 (210, 220); None when the class is unknown."""
    if urban_rural_code not in URBAN_RURAL:
        return None
    if urban_rural_code.startswith("2"):
        return Text("乡村", "rural")
    return Text("城区", "city") if urban_rural_code.startswith("11") else Text("镇区", "town")


def identity_check_character(first_17: str) -> str:
    """The 18th character of an identity number: ISO 7064 MOD 11-2, as GB 11643 prescribes.

    >>> identity_check_character("11010519491231002")
    'X'
    """
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first_17))
    return _CHECK_CHARACTERS[total % 11]


def is_identity_number(number: str) -> bool:
    """Whether ``number`` is an 18-character identity number with the right check character (GB 11643)."""
    return bool(_IDENTITY.fullmatch(number)) and identity_check_character(number[:17]) == number[17]
