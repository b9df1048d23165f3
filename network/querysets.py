"""What views and other subjects ask of the network; ``visible()`` is the one door."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hub.models import RecordQuerySet
from hub.models.visibility import visible_page

from .choices import FieldGroup, OrganisationKind


class OrganisationQuerySet(RecordQuerySet):
    def departments(self) -> OrganisationQuerySet:
        """The Magistrat and what belongs to the city around it: all but multipliers."""
        return self.filter(is_multiplier=False)

    def multipliers(self) -> OrganisationQuerySet:
        return self.filter(is_multiplier=True)

    def district_bodies(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.DISTRICT_BODY)

    def for_topic(self, topic) -> OrganisationQuerySet:
        return self.filter(topics=topic)

    def in_district(self, district) -> OrganisationQuerySet:
        """Active in the district by name; whole-city ones are not repeated everywhere."""
        return self.filter(districts=district)

    def current(self) -> OrganisationQuerySet:
        """Without those that were merged into a successor."""
        return self.filter(successor__isnull=True)


class PersonQuerySet(RecordQuerySet):
    def visible(self) -> PersonQuerySet:
        """Live, not hidden by themselves, and with a valid basis for showing name and
        function, today."""
        from .models import Consent

        valid = Consent.objects.valid().filter(
            person=OuterRef("pk"), field_group=FieldGroup.FUNCTION
        )
        return self.filter(Exists(valid), live=True, hidden_since__isnull=True)

    def for_topic(self, topic) -> PersonQuerySet:
        return self.filter(topics=topic)


def _is_visible(model: type[models.Model], column: str) -> Q:
    """Whether everyone may see the record that a row names; asked for each row, so that
    a page that shows five rows does not look at everybody."""
    seen = model._default_manager.visible().filter(pk=OuterRef(column))
    return Q(Exists(seen))


class MembershipQuerySet(models.QuerySet):
    def visible(self) -> MembershipQuerySet:
        """Functions that everyone may see: of visible people in visible organisations.
        One that reveals religion, health or orientation takes explicit consent."""
        from .models import Consent, Organisation, Person

        explicit = Consent.objects.valid().filter(
            person=OuterRef("person"), field_group=FieldGroup.FUNCTION, is_explicit=True
        )
        sensitive = Q(organisation__is_sensitive=True) | Q(
            organisation__kind=OrganisationKind.FAITH
        )
        return self.filter(
            ~sensitive | Exists(explicit),
            _is_visible(Person, "person"),
            _is_visible(Organisation, "organisation"),
        )


class InvolvementQuerySet(RecordQuerySet):
    def visible(self) -> InvolvementQuerySet:
        """Rows whose page and party everyone may see."""
        from .models import Organisation, Person

        return self.filter(
            _is_visible(Organisation, "organisation") | _is_visible(Person, "person"),
            visible_page("page"),
        )

    def participation(self) -> InvolvementQuerySet:
        """Who took part: everything but mere responsibility."""
        return self.exclude(basis="responsibility")

    def responsibilities(self) -> InvolvementQuerySet:
        return self.filter(basis="responsibility")


class ConsentQuerySet(RecordQuerySet):
    def valid(self) -> ConsentQuerySet:
        """Given, not withdrawn, not expired."""
        today = timezone.localdate()
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=today),
            granted_on__lte=today,
            withdrawn_on__isnull=True,
        )
