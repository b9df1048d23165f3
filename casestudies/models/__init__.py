from .case import CaseIndexPage, CaseStudyPage
from .method_use import MethodUse
from .process import ProcessElement
from .round import Round, RoundDistrict

__all__ = [
    "CaseIndexPage",
    "CaseStudyPage",
    "MethodUse",
    "ProcessElement",
    "Round",
    "RoundDistrict",
]
