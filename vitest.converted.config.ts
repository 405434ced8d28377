import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{converted,parity}/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: process.env.CI ? 1 : 0,
  },
})
