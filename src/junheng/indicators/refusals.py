"""Inputs that cannot be evaluated at all."""

from junheng.basics import Text, UserError


def unknown_school(year: int, school_id: str) -> UserError:
    """A stage row whose school is not in the table of schools."""
    return UserError(
        Text(
            f"学段表中的学校 {school_id}（{year}）不在学校表中",
            f"School {school_id} ({year}) has a stage row but is not in the table of schools",
        ),
        why=Text("不知道它属于哪个县", "nobody can tell which county it belongs to"),
        fix=Text("请在学校表补上该校", "add it to the table of schools"),
    )


def no_schools() -> UserError:
    """Neither schools nor stages were given."""
    return UserError(
        Text("缺少学校表或学段表", "The table of schools or of stages is absent"),
        why=Text("没有它们就没有可评估的行", "without them there is nothing to evaluate"),
        fix=Text("请提供 school 与 stage 表", "provide the tables school and stage"),
    )
