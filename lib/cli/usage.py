"""What the command-line library says of a call it does not understand, in Chinese.

Its own sentences are English. They are known by their form, as it keeps the kinds of its errors to itself;
one that is not known here is shown as it is.
"""

from __future__ import annotations

import re
from typing import Any

from typer import TyperException, rich_utils

# How the library's sentence begins or ends, and what is said instead; the first that fits.
_SENTENCES = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有选项“\1”，是不是 \2"),
        (r"No such option: (\S+)", r"没有选项“\1”"),
        (r"No such command '(.+?)'\. Did you mean '(.+)'\?", r"没有命令“\1”，是不是 \2"),
        (r"No such command '(.+?)'\.", r"没有命令“\1”"),
        (r"Missing command\.", "没有写命令"),
        (r"Missing (?:option|argument) '(.+?)'\.", r"没有写“\1”"),
        (r"Option '(.+?)' requires .+", r"选项“\1”后面没有写值"),
        (r"Option '(.+?)' does not take a value\.", r"选项“\1”后面不能写值"),
        (r"Got unexpected extra argument\(s\) \((.+)\)", r"多写了“\1”"),
        (r"Invalid value for '(.+?)': .+ valid integer.*", r"“\1”的值不是整数"),
        (r"Invalid value for '(.+?)': .+ greater than or equal to (\S+)", r"“\1”的值小于 \2"),
        (r"Invalid value for '(.+?)': .+ less than or equal to (\S+)", r"“\1”的值大于 \2"),
        (r"Invalid value for '(.+?)': .* one of (.+)\.", r"“\1”的值只能是 \2"),
    )
)


def misunderstood(error: TyperException) -> str:
    """What is wrong with the call and where its use is told; one sentence without a full stop."""
    said = error.format_message()
    for pattern, sentence in _SENTENCES:
        if found := pattern.fullmatch(said):
            said = found.expand(sentence).replace("'", "")
            break
    context = getattr(error, "ctx", None)  # the command, where it came that far
    return f"{said}；用法见 {context.command_path if context else 'python -m lib'} --help"


def speak_chinese(command: Any) -> None:
    """Headings and remarks of `--help`, of a command and those under it; but for names of kinds of values."""
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    command.get_help_option(command.context_class(command)).help = "显示这段说明。"
    for below in getattr(command, "commands", {}).values():
        speak_chinese(below)
