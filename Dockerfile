# The server as an image: `docker build -t webinar-server .`; compose.yaml runs it with Valkey and Caddy.
# Building needs npm (for lit-html, see hatch_build.py) and pip; neither npm nor a compiler is in the image.

# A tag may be moved. Who wants the very same bytes at every build gives digests of their own looking:
# `docker buildx imagetools inspect python:3.13-slim-bookworm`, then --build-arg PYTHON=python@sha256:…
ARG NODE=node:22-bookworm-slim
ARG PYTHON=python:3.13-slim-bookworm

FROM ${NODE} AS node

FROM ${PYTHON} AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && python -m venv /app
WORKDIR /source
COPY . .
# The dependencies are those of locks/, byte for byte, and come as wheels only: one that had to be compiled is an
# error here, not a compiler there.
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && /app/bin/pip install --no-cache-dir --only-binary=:all: --require-hashes --requirement locks/serving.txt \
    && /app/bin/pip install --no-cache-dir --no-deps /wheels/*.whl \
    && /app/bin/pip uninstall --yes pip

FROM ${PYTHON}
LABEL org.opencontainers.image.title="webinar-server" \
      org.opencontainers.image.description="The live interaction and community server for digital missions" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WEBINAR_DATA=/data
# a fixed number, so that a volume's owner stays who it was
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin webinar \
    && install --directory --owner=webinar --group=webinar --mode=0700 /data
COPY --from=build /app /app
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, sys; site = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); site.request('GET', '/readyz'); sys.exit(site.getresponse().status != 200)"]
ENTRYPOINT ["webinar-server"]
CMD ["serve", "--host", "0.0.0.0"]
