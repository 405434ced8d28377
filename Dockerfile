# mcp-gauntlet in a container: docker build -t mcp-gauntlet . && docker run --rm mcp-gauntlet check https://example.com/mcp
# BASE is any image with Node 20.19 or newer, npm and a user "node".
ARG BASE=node:20-slim

FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
# Of the sources only data is read at run time: schemas, and what the HTML report holds.
RUN npm run build && node -e "fs.readdirSync('src', {recursive: true}).filter((f) => f.endsWith('.ts')).forEach((f) => fs.rmSync('src/' + f))"

FROM ${BASE}
ENV NODE_ENV=production
COPY --from=dependencies /app /app
COPY --from=build /app/src /app/src
COPY --from=build /app/dist /app/dist
# Where reports go: mount a folder here that user 1000 may write to.
WORKDIR /work
USER node
ENTRYPOINT ["node", "/app/dist/src/cli.js"]
