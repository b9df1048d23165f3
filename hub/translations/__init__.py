"""The rule of two languages: numbers travel, texts wait.

``texts``       which fields are texts and which are neutral; a digest of the texts
``progress``    what of a translation is missing, or not yet read by a reviewer
``neutral``     copies what is the same in every language
``building``    makes a draft of a translation, without touching the live page
``publishing``  the one door: refuses what is incomplete, follows the German page
``following``   placeholders, unpublishing, moving, deleting, restricting
``admin``       what of it editors see in Wagtail

See ``hub/docs/decisions/0008-translation-rule.md`` and ``hub/docs/editing.md``.
"""
