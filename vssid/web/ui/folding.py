"""Works out, when a template is compiled, what it asks for with nothing but constants.

A page asks a hundred times for words, icons and addresses that are the same for everybody. In an
environment of one language they become text of the template, as if they stood written there, and
run together with the text around them: asking for them each time took a third of a page.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Function = Callable[..., Any]

# What these return depends on their arguments and the language alone.
_PURE = ("url", "static", "icon", "route_exists")


@cache
def in_language(pages: Environment, language: str) -> Environment:
    """The same templates for one language. Draw with them only while it is active."""
    made = pages.overlay()
    words, meant = _words(), _words_meant()
    made.globals = {**pages.globals, "_": words, "gettext": words, "pgettext": meant}
    made.extend(
        language=language,
        folded={"_": words, "pgettext": meant} | {name: made.globals[name] for name in _PURE},
    )
    made.code_generator_class = _FoldingGenerator
    return made


def _words() -> Function:
    """`_` of the templates, with the meaning of Jinja's newstyle gettext."""

    @lru_cache(maxsize=4096)
    def known(message: str) -> Markup:
        return Markup(translation.gettext(message))  # noqa: S704 - texts of the program itself

    def words(message: str, **values: object) -> Markup:
        return known(message) % values

    return words


def _words_meant() -> Function:
    """`pgettext` of the templates: a word that other languages say apart, and which one it is."""

    @lru_cache(maxsize=512)
    def known(meaning: str, message: str) -> Markup:
        return Markup(translation.pgettext(meaning, message))  # noqa: S704 - as above

    def words(meaning: str, message: str, **values: object) -> Markup:
        return known(meaning, message) % values

    return words


class _FoldingGenerator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - Jinja's
        given: Mapping[str, Function] = self.environment.folded  # type: ignore[attr-defined]
        own = {name.name for name in node.find_all(nodes.Name) if name.ctx != "load"}
        functions = {name: function for name, function in given.items() if name not in own}
        with translation.override(self.environment.language):  # type: ignore[attr-defined]
            folded = _Folder(functions).visit(node)
        super().visit_Template(folded, frame)


class _Folder(NodeTransformer):
    def __init__(self, functions: Mapping[str, Function]) -> None:
        self.functions = functions

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's
        """The call itself, or what it returns."""
        self.generic_visit(node)
        function = self.functions.get(getattr(node.node, "name", ""))
        values = [*node.args, *(pair.value for pair in node.kwargs)]
        if function is None or not all(isinstance(value, nodes.Const) for value in values):
            return node
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        try:
            found = function(
                *(value.value for value in node.args),  # type: ignore[attr-defined]
                **{pair.key: pair.value.value for pair in node.kwargs},  # type: ignore[attr-defined]
            )
        except Exception:
            # Whatever is wrong is told where a page asks for it, which it may well not do.
            return node
        return nodes.Const(found, lineno=node.lineno, environment=node.environment)
