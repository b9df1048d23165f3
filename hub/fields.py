"""Model fields that more than one subject uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """Several codes of one ``TextChoices``, kept as a JSON list in declared order.

    Logic depends on these codes, so they are no editable vocabulary. The choices stay
    out of migrations: a new code is no schema change.
    """

    def __init__(
        self, choices_class: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        self.choices_class = choices_class
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def codes(self) -> list[str]:
        return list(self.choices_class.values) if self.choices_class else []

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value is not None else []

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        unknown = [code for code in value if code not in self.codes()]
        if unknown:
            raise ValidationError(
                _("Unbekannte Werte: %(values)s"),
                params={"values": ", ".join(map(str, unknown))},
            )

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return forms.MultipleChoiceField(
            choices=self.choices_class.choices if self.choices_class else [],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )

    def labels(self, value: list[str]) -> list[str]:
        """Translated labels of ``value``, unknown codes left out."""
        known = dict(self.choices_class.choices) if self.choices_class else {}
        return [str(known[code]) for code in value if code in known]
