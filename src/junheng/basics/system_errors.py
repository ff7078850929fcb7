"""What the operating system refused, in words an officer knows."""

import errno

from junheng.basics.text import Text

_WORDS = {
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "not permitted"),
    errno.EROFS: Text("磁盘或文件夹只能读", "it is read-only"),
    errno.ENOSPC: Text("磁盘已满", "no space left on the disk"),
    errno.EDQUOT: Text("超出磁盘配额", "the disk quota is used up"),
    errno.EEXIST: Text("同名的文件已存在", "a file of that name exists"),
    errno.ENOTEMPTY: Text("文件夹不是空的", "the folder is not empty"),
    errno.ENOTDIR: Text("路径中有一段是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOENT: Text("不存在", "it does not exist"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.EBUSY: Text("正被别的程序占用", "another program is using it"),
    errno.ETXTBSY: Text("正被别的程序占用", "another program is using it"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
    errno.EIO: Text("磁盘读写出错", "the disk failed"),
}


def system_words(error: OSError) -> Text:
    """Why the system refused, in both languages; its own words where it is none of the usual reasons.

    >>> system_words(OSError(errno.ENOSPC, "No space left on device")).zh
    '磁盘已满'
    """
    own = error.strerror or type(error).__name__
    return _WORDS.get(error.errno or 0, Text(own, own))
