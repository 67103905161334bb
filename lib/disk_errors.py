"""What the operating system says is wrong with a file or a disk, in the words of the office."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘故障",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不空",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ELOOP: "链接绕成了圈",
    errno.ESTALE: "共享文件夹断开了",
}


def trouble(error: OSError) -> str:
    """A few words for people, to stand inside a sentence; the system's number where it has no other."""
    number = error.errno or 0
    return _SAID.get(number, f"系统错误 {number}" if number else "原因不明")
