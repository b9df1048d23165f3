from wagtail.snippets.models import register_snippet

from .viewsets import CasesGroup

register_snippet(CasesGroup)
