from wagtail.snippets.models import register_snippet

from .viewsets import MethodLinkViewSet

register_snippet(MethodLinkViewSet)
