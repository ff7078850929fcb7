"""Public names that tell nothing: a child's pid and the unit id of children bound together."""

from collections.abc import Iterable, Mapping

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes
from junheng.draws.hashes import digest

SALT_BYTES = 16


def person_id(hash_name: str, salt: bytes, identity: Mapping[str, str]) -> str:
    """pid = hex H("junheng/v1/pid\\0" ‖ salt ‖ JCS(identity)); the salt hides who is meant.

    ``salt``: 16 random bytes of this child alone. ``identity``: text only (name, id_number, …).
    """
    if len(salt) != SALT_BYTES:
        raise UserError(
            Text(f"盐必须是 {SALT_BYTES} 字节", f"The salt must have {SALT_BYTES} bytes"),
            why=Text(
                "身份证号可被穷举，短盐不能保密",
                "identity numbers can be tried out; a short salt hides nothing",
            ),
        )
    if not identity or not all(isinstance(part, str) for part in identity.values()):
        raise UserError(
            Text("身份信息应为非空的文本字段", "An identity is made of text fields, at least one"),
            fix=Text("证件号按文本填写", "write identity numbers as text"),
        )
    return digest(hash_name, b"junheng/v1/pid\0" + salt + canonical_bytes(dict(identity))).hex()


def unit_id(hash_name: str, pids: Iterable[str]) -> str:
    """The unit of children admitted together; of a single child its pid.

    Of several: hex H("junheng/v1/unit\\0" ‖ their pids, hex text in ascending order, one after another).
    """
    members = sorted(pids)
    if not members or len(set(members)) != len(members):
        raise UserError(
            Text("一组中应有互不相同的儿童", "A unit is made of different children, at least one")
        )
    if len(members) == 1:
        return members[0]
    return digest(hash_name, b"junheng/v1/unit\0" + "".join(members).encode("ascii")).hex()
