import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,suites,reference-server,test}/**/*.test.ts'],
    exclude: ['test/interop/**', 'node_modules/**', '**/dist/**', '.interop/**'],
    // Most tests wait for a server: more workers than cores keep both busy.
    maxWorkers: 3,
    // On a shared CI machine a pause of seconds looks like a lost answer: such a test is run once more, and marked.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
