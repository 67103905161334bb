"""The wording: shipped templates and an office's own versions of them, read, checked and rendered.

An office's version has the same file name and wins over the shipped one as long as it can be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lib.bulletin.grammar import problems_of
from lib.bulletin.problems import Problem, WordingError
from lib.bulletin.questions import Questions, TooManyQuestionsError
from lib.settings import data_dir
from lib.store.templates import OwnWording

_HERE = Path(__file__).parent / "templates"
_SHOWN = "·shown"  # no name a template can write
# In the order they are read out; the file name > its title.
TEMPLATES: dict[str, str] = {
    "01-preface.txt": "前言",
    "02-overall.txt": "总体工作情况",
    "03-system.txt": "政务服务体系：全市",
    "04-districts.txt": "政务服务体系：各辖市（区）",
    "05-service.txt": "“一网通办”：服务能级",
    "06-indicators.txt": "“一网通办”：主要指标",
    "07-response.txt": "“一网通办”：网办响应、网站抽检",
    "08-mobile.txt": "“一网通办”：移动端标准应用",
    "09-supervision.txt": "“互联网+监管”",
}


@dataclass(frozen=True)
class Wording:
    """A template as it stands. `changed`: whether it is the office's own version."""

    name: str
    title: str
    text: str
    changed: bool = False


@pass_context
def _shown(context: Context, words: object) -> object:
    """What a question or a loop's own name puts into the text, by whoever answers this time."""
    return context[_SHOWN](words)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Jinja without a loader, filters, tests or globals of its own; an unknown name is an error."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, finalize=_shown
    )
    environment.filters.clear()
    environment.globals.clear()
    return environment


def own_wording() -> OwnWording:
    """The office's versions, under the data folder."""
    return OwnWording(data_dir() / "templates", tuple(TEMPLATES))


def shipped(name: str) -> Wording:
    """A template as it was delivered. Raises KeyError for a name that is none."""
    return Wording(name, TEMPLATES[name], (_HERE / name).read_text(encoding="utf-8"))


def wording(name: str) -> Wording:
    """The template in force: the office's own, else the shipped one. Raises KeyError."""
    own = own_wording().get(name)
    return shipped(name) if own is None else Wording(name, TEMPLATES[name], own, changed=True)


def wordings() -> tuple[Wording, ...]:
    """Every template in force, in the order of the bulletin."""
    return tuple(wording(name) for name in TEMPLATES)


def keep(name: str, text: str) -> None:
    """Make a text the office's own version of a template.

    Raises WordingError where it cannot be used, WordingNotKeptError where it cannot be kept.
    """
    problems = check(name, text)
    if problems:
        raise WordingError(problems)
    own_wording().save(name, text)


@lru_cache(maxsize=64)
def check(name: str, text: str) -> tuple[Problem, ...]:
    """What is wrong with a text as a template of that name; empty where it can be used."""
    problems = problems_of(name, text, _environment())
    if problems:
        return problems
    try:
        _compiled(text)
    except (SyntaxError, RecursionError, MemoryError):
        return (Problem(name, 1, "标签套得太多太深，请拆开写"),)
    return ()


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


def rendered(template: Wording, questions: Questions) -> str:
    """The template with its questions answered. Raises WordingError."""
    problems = check(template.name, template.text)
    if problems:
        raise WordingError(problems)
    vocabulary = questions.vocabulary() | {_SHOWN: questions.shown}
    try:
        return _compiled(template.text).render(vocabulary)
    except TooManyQuestionsError as error:
        problem = Problem(template.name, 1, "问的太多，循环套得过密，请删减")
        raise WordingError((problem,)) from error
