"""What a template may hold, checked before it is ever run: a few kinds of tags, known names, no numbers.

Jinja is far larger than what wording needs. Whatever is not listed here is refused, so a template can
neither reach into the program nor run without end: it loops over the districts at most twice deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from lib.bulletin.askable import LOOPS, MEASURES, QUESTION_BY_NAME, WRAPS, YES_NO, Argument
from lib.bulletin.names import level_of, metric_of, place_of, roster_of
from lib.bulletin.problems import Problem
from lib.bulletin.rules import RULES
from lib.bulletin.spans import PRIVATE
from lib.catalog.outline import SECTIONS

LONGEST = 20_000
_DEEPEST = 2
_DIGITS = re.compile(r"[0-9０-９]+")
_COUNTS = re.compile(
    r"第[一二三四五六七八九十百]+|[二三四五六七八九十百千万亿两]+[余多]?"
    r"(?:个|项|条|件|家|份|次|级|地|种|类|批|位|名|人|方面|部门|成|倍|层|阶段|街道|区|月)"
)
# Words that count nothing; longer ones than a number and its measure word.
_NO_COUNTS = re.compile("第三方|第一时间|千家万户")
_TAGS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Call)
_LOGIC = (nodes.If, nodes.For, nodes.Not, nodes.And, nodes.Or, nodes.Keyword)
_CHOICES = ("要", "不要")

_KNOWN: dict[str, tuple[Callable[[str], object], str]] = {
    "metric": (metric_of, "没有叫“{}”的指标，名称见“指标口径”页；站点的数请用“站点数”"),
    "roster": (roster_of, "没有叫“{}”的名单，名称见“指标口径”页"),
    "place": (place_of, "没有叫“{}”的地区或部门"),
    "level": (level_of, "没有叫“{}”的层级，只有县级、镇级、村级、便民点"),
    "measure": (MEASURES.get, f"没有叫“{{}}”的项，只有{'、'.join(MEASURES)}"),
    "section": (SECTIONS.get, "没有叫“{}”的章节"),
    "rule": (RULES.get, f"没有叫“{{}}”的规则，只有{'、'.join(RULES)}"),
    "words": (lambda text: not numbers_in(text), "“{}”里有数，数只能从数据来"),
    "wrap": (lambda text: text in WRAPS, f"“{{}}”不能用来外加，只有{'、'.join(WRAPS)}"),
    "choice": (lambda text: text in _CHOICES, "“{}”不认识，请写“要”或“不要”"),
}


def numbers_in(text: str) -> list[str]:
    """The digits and Chinese counts written out in a text."""
    return [word for _, word in _literal_numbers(text)]


def parsed(name: str, text: str, environment: Environment) -> nodes.Template | Problem:
    """A template's tree, or why there is none."""
    if len(text) > LONGEST:
        return Problem(name, 1, f"模板有{len(text)}字，最多{LONGEST}字")
    if found := PRIVATE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return Problem(name, line, "有看不见的专用字符，请删去重写这一行")
    try:
        text.encode()
        return environment.parse(text)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Problem(name, line, "有存不下来的坏字符，请删去重写这一行")
    except TemplateSyntaxError as error:
        return Problem(name, error.lineno, "写法有误，括号、引号或标签没有配对")
    except RecursionError:
        return Problem(name, 1, "括号套得太深")


def problems_of(name: str, text: str, environment: Environment) -> tuple[Problem, ...]:
    """Everything wrong with a template, by line; none where it can be used."""
    tree = parsed(name, text, environment)
    if isinstance(tree, Problem):
        return (tree,)
    found = [Problem(name, line, message) for line, message in (*_walk(tree, {}, 0), *_leads(text))]
    return tuple(sorted(set(found), key=lambda problem: (problem.line, problem.message)))


Found = Iterator[tuple[int, str]]


def _walk(node: nodes.Node, loops: dict[str, str], depth: int) -> Found:
    if not isinstance(node, _TAGS + _LOGIC):
        yield node.lineno, "这里用了模板不支持的写法，只能用 {{ }} 提问、{% if %} 和 {% for %}"
        return
    if isinstance(node, nodes.For):
        yield from _for(node, loops, depth)
        return
    if isinstance(node, nodes.Output):
        yield from _output(node)
    if isinstance(node, nodes.Call):
        yield from _call(node, loops)
        return
    if isinstance(node, nodes.Name) and node.name not in loops:
        yield node.lineno, f"“{node.name}”不是可以用的名称；提问要带括号"
    for child in node.iter_child_nodes():
        yield from _walk(child, loops, depth)


def _leads(text: str) -> Found:
    for line, words in enumerate(text.split("\n"), 1):
        if words.count("**") % 2:
            yield line, "段内标题的两对星号没有配对，要写在同一行"


def _for(node: nodes.For, loops: dict[str, str], depth: int) -> Found:
    over, name = node.iter, node.target
    if not isinstance(over, nodes.Name) or over.name not in LOOPS:
        yield node.lineno, f"循环只能取{'、'.join(LOOPS)}"
    if not isinstance(name, nodes.Name) or node.recursive or node.test or node.else_:
        yield node.lineno, "循环只能写成 {% for 区 in 各区 %}……{% endfor %}"
        return
    if name.name in QUESTION_BY_NAME or name.name in LOOPS:
        yield node.lineno, f"循环里的名称不能叫“{name.name}”"
    if depth == _DEEPEST:
        yield node.lineno, f"循环最多套{_DEEPEST}层"
        return
    for child in node.body:
        yield from _walk(child, {**loops, name.name: "place"}, depth + 1)


def _output(node: nodes.Output) -> Found:
    for child in node.nodes:
        if isinstance(child, nodes.TemplateData):
            for start, word in _literal_numbers(child.data):
                line = node.lineno if child is node.nodes[0] else child.lineno
                line += child.data.count("\n", 0, start)
                yield line, f"写了数“{word}”；数只能从数据来，请改用 {{{{ 数(…) }}}} 等提问"
        elif not isinstance(child, nodes.Call | nodes.Name) or _is_yes_no(child):
            yield child.lineno, '{{ }} 里只能提问，如 {{ 数("不见面办理率") }}'


def _is_yes_no(node: nodes.Expr) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in YES_NO
    )


def _literal_numbers(text: str) -> Iterator[tuple[int, str]]:
    counted = _NO_COUNTS.sub(lambda found: "　" * len(found[0]), text)
    for pattern in (_DIGITS, _COUNTS):
        for found in pattern.finditer(counted):
            yield found.start(), found[0]


def _call(node: nodes.Call, loops: dict[str, str]) -> Found:
    asked = node.node.name if isinstance(node.node, nodes.Name) else ""
    question = QUESTION_BY_NAME.get(asked)
    if question is None or node.dyn_args or node.dyn_kwargs:
        yield node.lineno, f"没有“{asked}”这个提问" if asked else "这里用了模板不支持的写法"
        return
    names = [argument.name for argument in question.arguments]
    given = dict(zip(names, node.args, strict=False))
    extra = [keyword.key for keyword in node.kwargs if keyword.key not in names]
    twice = [keyword.key for keyword in node.kwargs if keyword.key in given]
    given |= {keyword.key: keyword.value for keyword in node.kwargs}
    if len(node.args) > len(names) or extra or twice:
        yield node.lineno, f"“{asked}”最多给：{'、'.join(names) or '什么也不用给'}"
    for argument in question.arguments:
        if argument.name in given:
            yield from _argument(asked, argument, given[argument.name], loops)
        elif argument.required:
            yield node.lineno, f"“{asked}”要写明{argument.name}，如 {question.example}"


def _argument(asked: str, argument: Argument, value: nodes.Expr, loops: dict[str, str]) -> Found:
    if isinstance(value, nodes.Name) and loops.get(value.name) == argument.kind:
        return
    if not isinstance(value, nodes.Const) or not isinstance(value.value, str):
        yield value.lineno, f"“{asked}”的{argument.name}要写成引号里的文字"
        return
    known, sentence = _KNOWN[argument.kind]
    if not known(value.value):
        yield value.lineno, sentence.format(value.value)
