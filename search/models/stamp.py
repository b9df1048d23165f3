"""Which state of the editors' lists is the current one."""

from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """A name and a value that is another one after every change (``search.held``)."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
