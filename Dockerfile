# Outgraph as an image: `docker build -t outgraph .`; see docs/deploy.md.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --only-binary :all: -r requirements.lock

FROM python:3.13-slim
# pg_dump and pg_restore, for backups of PostgreSQL.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 outgraph \
    && install -d -o outgraph /data
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py pyproject.toml ./
COPY config config
COPY knowledge knowledge
COPY quiz quiz
COPY authoring authoring
COPY templates templates
COPY static static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data HOST=0.0.0.0 PORT=8000
USER outgraph
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["sh", "-c", "python manage.py prepare && exec python -m gunicorn --config config/gunicorn.py config.wsgi:application"]
