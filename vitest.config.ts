import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,suites,reference-server,test}/**/*.test.ts'],
    exclude: ['test/interop/**', 'node_modules/**', '**/dist/**', '.interop/**'],
    // Most tests wait for a server: more workers than cores keep both busy.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
