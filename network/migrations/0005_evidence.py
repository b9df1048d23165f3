import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GROUPS = [
    ("function", "Name, Funktion und Organisation"),
    ("profile", "Kurzprofil und Schwerpunkte"),
    ("photo", "Foto"),
    ("languages", "Sprachen"),
    ("contact", "Kontakt über das Formular"),
    ("website", "eigene Website"),
    ("together", "mit wem die Person oft zusammenarbeitet"),
]
TEXTS = {
    "cooperation": lambda: models.TextField(
        blank=True,
        help_text="Zum Beispiel Vorlauf, Ort, Sprache, wer zuerst angesprochen wird.",
        null=True,
        verbose_name="So arbeitet man gut zusammen",
    ),
    "head_function": lambda: models.CharField(
        blank=True,
        help_text="Steht dort, wo kein Name gezeigt werden darf. Kein Name.",
        max_length=160,
        null=True,
        verbose_name="Funktion der Leitung",
    ),
    "contact_function": lambda: models.CharField(
        blank=True,
        help_text="Zum Beispiel „Referat Beteiligung“. Kein Name.",
        max_length=160,
        null=True,
        verbose_name="Funktion für Anfragen",
    ),
}


class Migration(migrations.Migration):
    """Existing rows: the new texts stay empty, nothing is decided yet."""

    dependencies = [
        ("network", "0004_contact_relay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField("organisation", f"{name}{suffix}", field())
            for name, field in TEXTS.items()
            for suffix in ("", "_de", "_en")
        ),
        migrations.AlterField(
            "consent",
            "field_group",
            models.CharField(choices=GROUPS, max_length=20, verbose_name="wofür"),
        ),
        migrations.CreateModel(
            name="LinkDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("gap", models.CharField(max_length=40, verbose_name="Lücke")),
                ("subject_id", models.PositiveBigIntegerField(verbose_name="Eintrag")),
                ("target", models.CharField(max_length=60, verbose_name="Vorschlag")),
                ("is_accepted", models.BooleanField(verbose_name="angenommen")),
                (
                    "made",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="angelegte Zeile"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="entschieden am"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Entscheidung über einen Vorschlag",
                "verbose_name_plural": "Entscheidungen über Vorschläge",
                "ordering": ["-decided_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gap", "subject_id", "target"),
                        name="network_linkdecision_once",
                    )
                ],
            },
        ),
    ]
