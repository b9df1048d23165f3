from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Editors, reviewers and network managers. Readers need no account."""
