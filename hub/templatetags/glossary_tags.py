"""Marks glossary terms in a text, and lists their explanations below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from hub.glossary import Explanation, explainer
from hub.sorting import collation_key

register = template.Library()


class ExplainNode(template.Node):
    """The text between the tags with its terms marked."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        marked = explainer(_request(context)).mark(html)
        return mark_safe(marked)  # noqa: S308 - rendered, so escaped, just above


def _request(context: template.Context) -> Any:
    return context.get("request") or getattr(context, "request", None)


@register.tag
def explain_terms(parser: Any, token: Any) -> ExplainNode:
    """``{% explain_terms %}…{% endexplain_terms %}`` around prose."""
    nodelist = parser.parse(("endexplain_terms",))
    parser.delete_first_token()
    return ExplainNode(nodelist)


@register.inclusion_tag("components/terms_here.html", takes_context=True)
def explained_terms(
    context: template.Context, more: Iterable[Explanation] = ()
) -> dict[str, Any]:
    """The explanations of all terms marked above, and of ``more``; none, no section."""
    used = explainer(_request(context)).used
    others = [found for found in more if found.key not in used]
    terms = sorted([*used.values(), *others], key=lambda f: collation_key(f.term))
    return {"terms": terms}
