"""What is not installed and which extra brings it: told as the user's to mend, not as our fault."""

from collections.abc import Mapping

from junheng.basics import Text, UserError

_EXTRAS: Mapping[str, tuple[str, ...]] = {
    "plan": ("highspy", "scipy"),
    "geo": ("shapely", "pyproj", "pyogrio", "osmium"),
    "spark": ("pyspark", "pandas"),
    "site": ("django", "allauth", "granian", "whitenoise", "psycopg"),
    "draw": ("cryptography", "drand_verify"),
    "numba": ("numba",),
}


def missing_extra(error: ModuleNotFoundError) -> UserError | None:
    """The user's error where an extra would bring the module; None where the fault is ours."""
    root = (error.name or "").partition(".")[0]
    for extra, modules in _EXTRAS.items():
        if root in modules:
            return UserError(
                Text(
                    f"没有安装附加包 {extra}（缺 {root}）",
                    f"the extra {extra} is not installed ({root} is absent)",
                ),
                why=Text("没有写出任何结果", "nothing was written"),
                fix=Text(f"pip install 'junheng[{extra}]'", f"pip install 'junheng[{extra}]'"),
            )
    return None
