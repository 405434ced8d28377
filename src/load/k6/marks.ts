/** How lines begin that a report reads from what k6 printed: pieces of a runner's figures, and failures. Runs in Node and in k6. */
export const figuresMark = 'MCP_GAUNTLET_K6'
export const exampleMark = 'MCP_GAUNTLET_FAILURE'
