"""{% load devices %}{{ session.user_agent|device }}"""

from django import template

from kennispunt.accounts.devices import in_words

register = template.Library()
register.filter("device", in_words)
