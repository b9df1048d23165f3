# syntax=docker/dockerfile:1
# Drehscheibe for production: gunicorn for the web, the same image for the worker.
FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt constraints.txt ./
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt -c constraints.txt

FROM python:3.12-slim
RUN useradd --system --create-home --uid 10001 hub \
    && install -d -o hub /var/lib/drehscheibe /srv/static
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=hub.settings.production \
    HUB_VAR_DIR=/var/lib/drehscheibe \
    HUB_STATIC_DIR=/srv/static
# Static files belong to the image: every version has its own, with hashed names.
RUN HUB_SECRET_KEY=only-for-this-step HUB_ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R hub /srv/static
USER hub
VOLUME /var/lib/drehscheibe
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['HUB_ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
# No access log: it would keep addresses and what people searched for.
CMD ["gunicorn", "hub.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=2", \
     "--limit-request-line=0", \
     "--timeout=60", "--max-requests=2000", "--max-requests-jitter=200", \
     "--worker-tmp-dir=/dev/shm"]
