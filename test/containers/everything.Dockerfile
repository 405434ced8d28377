FROM gauntlet-base:test
WORKDIR /app
COPY node_modules node_modules
ENV PORT=3001
EXPOSE 3001
USER node
CMD ["node", "node_modules/@modelcontextprotocol/server-everything/dist/index.js", "streamableHttp"]
