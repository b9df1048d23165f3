from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class ExchangeItem(models.Model):
    """What the exchange remembers of one row: its stable id and what it last imported.

    ``field_hashes`` hold a hash per field of the value last imported. A field whose
    present value no longer has that hash was changed by an editor and is left alone.
    ``is_demo`` marks what ``load_demo`` brought and can take away again.
    """

    subject = models.CharField(max_length=40)
    stable_id = models.CharField(max_length=200)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    field_hashes = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "stable_id"], name="hub_exchangeitem_unique_id"
            ),
            models.UniqueConstraint(
                fields=["subject", "content_type", "object_id"],
                name="hub_exchangeitem_unique_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.stable_id}"
