"""Blocks that more than one subject uses."""

from .callouts import CalloutBlock, QuoteBlock
from .links import SourceBlock
from .media import ImageBlock
from .story import StoryBlock
from .text import HeadingBlock, ParagraphBlock, StepBlock, TextItemBlock

__all__ = [
    "CalloutBlock",
    "HeadingBlock",
    "ImageBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "SourceBlock",
    "StepBlock",
    "StoryBlock",
    "TextItemBlock",
]
