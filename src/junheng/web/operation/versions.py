"""Whether the database fits the software: changes still to make, and changes of a newer software."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from junheng.basics import Text, UserError


def pending() -> list[str]:
    """Changes of this software that the database has not seen yet, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _ in plan]


def unknown() -> list[str]:
    """Changes the database has seen and this software does not know: a newer software made them."""
    executor = MigrationExecutor(connection)
    known, ours = executor.loader.disk_migrations, executor.loader.migrated_apps
    replaced = {key for one in known.values() for key in one.replaces}
    seen = MigrationRecorder(connection).applied_migrations()
    strange = [key for key in seen if key not in known and key not in replaced and key[0] in ours]
    return [".".join(key) for key in sorted(strange)]


def require_not_newer() -> None:
    """Raise UserError where a newer software made the database: this one would damage it."""
    if strange := unknown():
        shown = "、".join(strange[:5])
        raise UserError(
            Text(
                "数据库是更新的版本建立的，本版本不能打开",
                "a newer version made this database: this one cannot open it",
            ),
            where=shown,
            why=Text("没有改动任何数据", "no data was changed"),
            fix=Text(
                "请安装较新的软件，或恢复升级前的备份",
                "install the newer software, or restore the backup made before the upgrade",
            ),
        )
