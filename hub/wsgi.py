"""WSGI entry for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.production")
application = get_wsgi_application()

# What is loaded now stays: the garbage collector need not look through it again and
# again. What it brought: hub/docs/benchmarks.md.
gc.collect()
gc.freeze()
