from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from casestudies.choices import CommitmentStatus, LessonKind
from methods.choices import Level, Phase


class LessonBlock(blocks.StructBlock):
    """What was learnt; internal lessons never leave the admin."""

    kind = blocks.ChoiceBlock(
        label=_("Art"), choices=LessonKind.choices, default=LessonKind.ADVICE
    )
    text = blocks.TextBlock(label=_("Was gelernt wurde"), rows=3)
    is_public = blocks.BooleanBlock(label=_("öffentlich"), required=False, default=True)

    class Meta:
        icon = "help"
        label = _("Erfahrung")


class CommitmentBlock(blocks.StructBlock):
    """A promise. Shown only with source, promiser and date."""

    what = blocks.TextBlock(label=_("Was zugesagt wurde"), rows=2)
    by_whom = blocks.CharBlock(label=_("Von wem"), required=False)
    promised_on = blocks.DateBlock(label=_("Wann zugesagt"), required=False)
    source = blocks.URLBlock(label=_("Quelle"), required=False)
    status = blocks.ChoiceBlock(
        label=_("Stand"),
        choices=CommitmentStatus.choices,
        default=CommitmentStatus.OPEN,
    )
    due = blocks.DateBlock(label=_("Fällig am"), required=False)

    class Meta:
        icon = "tick"
        label = _("Zusage")


class PhaseLevelBlock(blocks.StructBlock):
    """How far people could decide in one phase."""

    phase = blocks.ChoiceBlock(label=_("Phase"), choices=Phase.choices)
    level = blocks.ChoiceBlock(label=_("Stufe"), choices=Level.choices)

    class Meta:
        icon = "list-ol"
        label = _("Stufe je Phase")


def is_complete_commitment(value) -> bool:
    """Whether a commitment names source, promiser and date and so may be public."""
    return bool(value["by_whom"] and value["promised_on"] and value["source"])
