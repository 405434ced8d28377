import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,suites,reference-server,test}/**/*.test.ts'],
    exclude: ['test/interop/**', 'node_modules/**', '**/dist/**', '.interop/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
