from .guide import GuidePage, GuidesPage
from .link import MethodLink
from .method import MethodIndexPage, MethodPage, MethodPageTag

__all__ = [
    "GuidePage",
    "GuidesPage",
    "MethodIndexPage",
    "MethodLink",
    "MethodPage",
    "MethodPageTag",
]
