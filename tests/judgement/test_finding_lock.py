"""One run at a time into one output: the second is refused, a dead holder's lock file is taken over."""

import subprocess
import sys
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.judgement import hold_output

_HOLD = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from junheng.judgement import hold_output\n"
    "with hold_output(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_second_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with hold_output(tmp_path / "f"):
        assert _names(tmp_path) == {".f.lock"}
        with pytest.raises(UserError) as refused, hold_output(tmp_path / "f"):
            pass
    assert "另一个运行正在写" in refused.value.what.zh
    assert "Another run" in refused.value.what.en
    assert refused.value.why is not None
    assert "进程" in refused.value.why.zh
    assert _names(tmp_path) == set()


def test_another_name_for_the_same_folder_is_the_same_output(tmp_path: Path) -> None:
    with hold_output(tmp_path / "f"), pytest.raises(UserError), hold_output(tmp_path / "x" / ".." / "f"):
        pass


def test_different_outputs_do_not_meet(tmp_path: Path) -> None:
    with hold_output(tmp_path / "f"), hold_output(tmp_path / "g"):
        assert _names(tmp_path) == {".f.lock", ".g.lock"}


def test_it_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), hold_output(tmp_path / "f"):
        raise KeyError
    with hold_output(tmp_path / "f"):
        pass


def test_folders_made_for_the_lock_go_when_nothing_was_written(tmp_path: Path) -> None:
    with hold_output(tmp_path / "a" / "b" / "f"):
        pass
    assert _names(tmp_path) == set()
    with hold_output(tmp_path / "a" / "b" / "f"):
        (tmp_path / "a" / "b" / "f").mkdir()
    assert (tmp_path / "a" / "b" / "f").is_dir()


def test_the_lock_of_a_killed_process_is_stale(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _HOLD, str(tmp_path / "f")]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UserError, match="另一个运行") as refused, hold_output(tmp_path / "f"):
            pass
        assert refused.value.why is not None
        assert str(holder.pid) in refused.value.why.zh
        holder.kill()
    assert _names(tmp_path) == {".f.lock"}
    with hold_output(tmp_path / "f"):
        assert _names(tmp_path) == {".f.lock"}
    assert _names(tmp_path) == set()
