"""HTML that is the same for everyone, made once: {% load pagecache %}

{% remembered "article" page.pk %}…{% endremembered %}
"""

from django import template

from kennispunt.pagecache.memory import remembered

register = template.Library()


class RememberedNode(template.Node):
    def __init__(self, key, nodelist):
        self.key, self.nodelist = key, nodelist

    def render(self, context):
        if getattr(context.get("request"), "is_preview", False):
            return self.nodelist.render(context)  # an editor looks at what is not published
        key = ("html", *(part.resolve(context) for part in self.key))
        return remembered(key, lambda: self.nodelist.render(context))


@register.tag("remembered")
def remembered_tag(parser, token):
    """Remember what is inside: it depends on key, database and day, never on the reader."""
    key = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    if not key:
        raise template.TemplateSyntaxError("remembered needs a key")
    nodelist = parser.parse(["endremembered"])
    parser.delete_first_token()
    return RememberedNode(key, nodelist)
