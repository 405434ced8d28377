import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // Real servers have races of their own; a verdict that differs twice is a change.
    retry: process.env.CI ? 1 : 0,
    fileParallelism: false,
  },
})
