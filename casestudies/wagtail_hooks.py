from wagtail import hooks
from wagtail.snippets.models import register_snippet

from casestudies.models import CaseStudyPage
from hub.alike import warn_of_the_same

from .viewsets import CasesGroup

register_snippet(CasesGroup)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_the_same_case(request, page):
    """The same project is easily told twice, by two people or in two years."""
    page = page.specific
    if isinstance(page, CaseStudyPage):
        warn_of_the_same(request, page, "case")
