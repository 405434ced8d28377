import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/k6/**/*.test.ts'],
    testTimeout: 90_000,
    // Most of the time is that of the loads; k6 itself needs cores.
    maxConcurrency: 4,
    retry: process.env.CI ? 1 : 0,
  },
})
