"""Admin views ask whether this entry may be seen or changed, not just some entry.

Wagtail's generic views ask the policy of a model once for all of its rows. With a
policy that differs from row to row that is too little: every view of one row, every
list and every chooser goes through here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser

View = Callable[..., HttpResponse]

#: Any of these means that somebody has to do with an entry.
ANY = ("add", "change", "delete", "view")
#: Actions that a view may ask for, and that are asked for each entry.
SINGLE = ("change", "delete", "publish")


def permitted(model: type[Model], user: Any) -> QuerySet:
    """The rows of a model a user has to do with."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ANY)


def choosable(model: type[Model], user: Any) -> QuerySet | None:
    """Rows a user may choose: those they work with, and those everyone sees anyway.
    ``None``: all of them, since the model says nothing of who may see it."""
    manager = model._default_manager
    if not hasattr(manager, "visible"):
        return None
    return manager.filter(pk__in=permitted(model, user).values("pk")) | manager.filter(
        pk__in=manager.all().visible().values("pk")
    )


def guarded(view: View, model: type[Model], required: Any) -> View:
    """A view of one row that is refused for rows of others."""
    actions = (required,) if required in SINGLE else ANY

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = kwargs.get("pk")
        if key is not None:
            row = get_object_or_404(model._base_manager, pk=unquote(str(key)))
            policy = policy_registry.get_by_type(model)
            if not policy.user_has_any_permission_for_instance(
                request.user, actions, row
            ):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


class GuardedViews:
    """For viewsets: all their views are guarded, their list shows what is permitted."""

    model: type[Model]

    def construct_view(self, view_class: Any, **kwargs: Any) -> View:
        view = super().construct_view(view_class, **kwargs)  # type: ignore[misc]
        required = getattr(view_class, "permission_required", None)
        return guarded(view, self.model, required)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return permitted(self.model, request.user)


class _Choosing:
    """Lists what may be chosen."""

    def filter_object_list(self, objects: QuerySet) -> QuerySet:
        found = super().filter_object_list(objects)  # type: ignore[misc]
        allowed = choosable(self.model_class, self.request.user)  # type: ignore[attr-defined]
        return found if allowed is None else found.filter(pk__in=allowed.values("pk"))


class _Chosen:
    """Names what may be chosen, and nothing else."""

    def _allowed(self) -> QuerySet:
        model = self.model_class  # type: ignore[attr-defined]
        allowed = choosable(model, self.request.user)  # type: ignore[attr-defined]
        return model._default_manager.all() if allowed is None else allowed

    def get_object(self, pk: Any) -> Model:
        return self._allowed().get(pk=pk)

    def get_objects(self, pks: Any) -> QuerySet:
        return self._allowed().filter(pk__in=pks)


class ChooseView(_Choosing, chooser.ChooseView):
    pass


class ChooseResultsView(_Choosing, chooser.ChooseResultsView):
    pass


class ChosenView(_Chosen, chooser.SnippetChosenView):
    pass


class ChosenMultipleView(_Chosen, chooser.SnippetChosenMultipleView):
    pass


class GuardedChooser(chooser.SnippetChooserViewSet):
    """A chooser that offers and names only what a user may see."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
