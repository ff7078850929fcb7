import errno
from pathlib import Path

import pytest

from junheng.basics import UserError, atomic_file, system_words


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EEXIST, errno.ENOTDIR, errno.EROFS])
def test_the_usual_reasons_are_told_in_chinese(number: int) -> None:
    words = system_words(OSError(number, "English only"))
    assert "English" not in words.zh
    assert words.en


@pytest.mark.parametrize("error", [OSError("odd"), OSError(errno.ELOOP, "Too many levels")])
def test_any_other_reason_keeps_its_own_words(error: OSError) -> None:
    assert system_words(error).en


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"同名|不是文件夹"), atomic_file(tmp_path / "a" / "b"):
        pass
