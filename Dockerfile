# The server and the built app. `compose.yaml` shows both ways to run it; docs/self-hosting.md explains.
FROM node:24-bookworm-slim AS build
WORKDIR /larder
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx svelte-kit sync && npx vite build --logLevel warn && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4747 LARDER_DATA=/data LARDER_BEHIND_PROXY=1 LARDER_NO_DEMO=1
WORKDIR /larder
COPY --from=build /larder/package.json ./
COPY --from=build /larder/node_modules ./node_modules
COPY --from=build /larder/build ./build
COPY --from=build /larder/core ./core
COPY --from=build /larder/sync-server ./sync-server
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4747
# SIGTERM drains: everything is stored, every socket is told to come back, within ten seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4747/health').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=16", "sync-server/main.ts"]
