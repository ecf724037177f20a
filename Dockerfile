# syntax=docker/dockerfile:1
# Build: docker build -t creditcurve .   Run: see compose.yaml

FROM node:22-slim AS page
WORKDIR /opt/bun
COPY requirements/bun ./
RUN npm ci --no-audit --no-fund
ENV PATH=/opt/bun/node_modules/.bin:$PATH
WORKDIR /src/web
COPY web/package.json web/bun.lock ./
RUN bun install --frozen-lockfile
COPY web ./
COPY src ../src
RUN bun run build

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements/environment.txt requirements/run.txt requirements/
RUN python -m venv /opt/creditcurve \
    && /opt/creditcurve/bin/pip install --require-hashes -r requirements/environment.txt \
    && /opt/creditcurve/bin/pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
COPY scripts/components.py scripts/legal.py scripts/licences.py ./scripts/
COPY scripts/licence_texts ./scripts/licence_texts
COPY --from=page /src/src/creditcurve/static ./src/creditcurve/static
COPY --from=page /src/web/package.json ./web/
COPY --from=page /src/web/node_modules ./web/node_modules
RUN PYTHONPATH=src /opt/creditcurve/bin/python scripts/legal.py \
    && /opt/creditcurve/bin/pip install --no-deps --no-build-isolation . \
    && /opt/creditcurve/bin/pip uninstall --yes hatchling editables setuptools pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="CreditCurve" \
      org.opencontainers.image.description="The live curve of your Claude Code credits on AICodeMirror" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/creditcurve /opt/creditcurve
RUN mkdir --mode=0700 /data && chown 10001:10001 /data
ENV PATH=/opt/creditcurve/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    CREDITCURVE_HOST=0.0.0.0 \
    CREDITCURVE_PORT=8080 \
    CREDITCURVE_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s --retries=3 \
    CMD ["creditcurve", "health"]
ENTRYPOINT ["creditcurve"]
CMD ["serve", "--no-open"]
