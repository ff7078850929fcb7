"""From the first tables to the newest with the data kept; never backwards."""

from pathlib import Path

from tests.web.operated import Make, Own, command, facts_of, own_sites  # noqa: F401 # fixtures

_FIRST = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
first = [('audit', '0001_initial'), ('filing', '0001_initial'), ('jobs', '0001_initial')]  # with all they stand on
MigrationExecutor(connection).migrate(first)
old = MigrationExecutor(connection).loader.project_state(first).apps
Organisation, Account = old.get_model('people', 'Organisation'), old.get_model('people', 'Account')
nation = Organisation.objects.create(kind='nation', name='全国', path='000000001')
county = Organisation.objects.create(kind='county', name='XX区', path='000000001000000002', parent=nation)
account = Account.objects.create(username='wang', name='王', password='x')
old.get_model('people', 'Post').objects.create(account=account, organisation=county, role='leader', since='2024-01-01')
finding = old.get_model('findings', 'Finding').objects.create(
    county=county, standard='quality-2017', year=2024, verdict='met', passed=3, judged=4, folder_name='f', sha256='0' * 64)
job = old.get_model('jobs', 'Job').objects.create(county=county, work='report', finding=finding, asked_by=account)
year = old.get_model('filing', 'CountyYear').objects.create(
    county=county, year=2024, standard='quality-2017', due_on='2024-10-31')
executor = MigrationExecutor(connection)
told = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
"""
_NOW = """
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.findings.models import Finding
from junheng.web.filing.models import CountyYear
from junheng.web.jobs.models import Job
from junheng.web.operation.versions import pending, unknown
finding = Finding.objects.get()
told = [Organisation.objects.get(kind='county').name, Account.objects.get().username, Post.objects.get().role, finding.passed,
        finding.judged, Job.objects.get().finding_id == finding.pk, CountyYear.objects.get().year, pending(), unknown()]
"""


def test_the_first_tables_become_the_newest_with_all_they_held(bare: Make) -> None:
    own = bare("home")
    assert facts_of(own, _FIRST) > 0, "changes that are still to come"
    code, said = command(own, "migrate", "--verbosity", "0")
    assert code == 0, said
    assert facts_of(own, _NOW) == ["XX区", "wang", "leader", 3, 4, True, 2024, [], []]


def _newer(own: Own) -> None:
    own.python(
        "from django.db.migrations.recorder import MigrationRecorder; from django.db import connection\n"
        "MigrationRecorder(connection).record_applied('people', '9999_of_the_future')"
    )


def test_nothing_starts_on_a_database_of_a_newer_software(bare: Make) -> None:
    own = bare("home", full=True)
    _newer(own)
    serve = own.start(
        "-c",
        "from junheng.cli import main; main()",
        "serve",
        "--home",
        str(own.home),
        "--no-demo",
        "--port",
        "1",
    )
    said = "".join(serve.communicate(timeout=120))
    assert serve.returncode == 2
    for word in (
        "数据库是更新的版本建立的",
        "a newer version made this database",
        "people.9999_of_the_future",
    ):
        assert word in said
    code, said = command(own, "upgrade", "--check")
    assert code == 1
    assert "✗ 数据库比软件新" in said


def test_what_must_be_so_before_an_upgrade(bare: Make, tmp_path: Path) -> None:
    own = bare("home", full=True)
    code, said = command(own, "upgrade", "--check")
    assert code == 1
    assert "✗ 还没有备份" in said
    assert command(own, "backup", "--to", str(tmp_path / "a.tar.gz"))[0] == 0
    (own.home / "workers").mkdir(exist_ok=True)
    (own.home / "workers" / "elsewhere:1").touch()
    code, said = command(own, "upgrade")
    assert code == 1
    assert "✗ 任务进程还在运行：elsewhere:1" in said
    (own.home / "workers" / "elsewhere:1").unlink()
    code, said = command(own, "upgrade")
    assert code == 0, said
    assert "数据库已更新" in said
