import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    // Three runs of the slowest server, which starts a process per request.
    testTimeout: 600_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
