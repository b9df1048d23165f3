"""WSGI entry for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.production")
application = get_wsgi_application()

from search.meaning.embedder import get_embedder  # noqa: E402 (needs the settings)

# The model is loaded before the first question, and its file is mapped once for all.
get_embedder()

# What is loaded now stays: the garbage collector need not look through it again and
# again. What it brought: hub/docs/benchmarks.md.
gc.collect()
gc.freeze()
# A page makes tens of thousands of small things and drops them all. Looking for cycles
# among them after every 700 of them, as usual, made slow pages a tenth slower.
gc.set_threshold(20_000, 20, 20)
