import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/field/**/*.test.ts'],
    testTimeout: 60_000,
    // Most of the time is spent waiting for servers to start.
    maxConcurrency: 3,
    retry: process.env.CI ? 1 : 0,
  },
})
