# One image for portal and worker; ROLE says which it is. Built where there is a registry of images; nothing else is fetched but packages.
ARG NODE_VERSION=22
FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /srv/hongxin
COPY package.json package-lock.json .npmrc ./
COPY patches patches
RUN npm ci
COPY . .
RUN npm run build && npm run sbom

FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /srv/hongxin
COPY package.json package-lock.json .npmrc ./
COPY patches patches
# Of the font only what pictures are drawn with: two weights, once each.
RUN npm ci --omit=dev && find node_modules/@fontsource/noto-sans-sc/files -type f ! -name "*-[47]00-normal.woff" -delete

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FILES_DIR=/var/lib/hongxin/files
WORKDIR /srv/hongxin
COPY --from=packages /srv/hongxin/node_modules node_modules
COPY --from=build /srv/hongxin/build build
COPY package.json tsconfig.json server.ts ./
COPY app app
COPY db db
COPY public public
COPY scripts scripts
COPY docker/entrypoint.sh /usr/local/bin/hongxin
RUN mkdir -p /var/lib/hongxin/files && chown -R node:node /var/lib/hongxin
USER node
VOLUME /var/lib/hongxin/files
EXPOSE 3000
ENTRYPOINT ["/usr/local/bin/hongxin"]
CMD ["start"]
