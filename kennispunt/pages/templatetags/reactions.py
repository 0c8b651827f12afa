"""Did this help? {% load reactions %}{% helped %}"""

from django import template

register = template.Library()


@register.inclusion_tag("pages/helped.html", takes_context=True)
def helped(context):
    """Two buttons below the text of this page. It may stand on a cached page: it has no token."""
    return {"path": context["request"].path}
