import { defineConfig } from 'vitest/config'

const elsewhere = [
  'test/interop/**',
  'test/field/**',
  'test/k6/**',
  'test/converted/**',
  'test/parity/**',
  'test/browser/**',
  'test/containers/**',
  'test/packed/**',
  'node_modules/**',
  '**/dist/**',
  '.interop/**',
]

export default defineConfig({
  test: {
    // Most tests wait for a server: more workers than cores keep both busy.
    maxWorkers: 3,
    // The tests share nothing but what they import, and loading that anew for each file takes longer than most of them.
    isolate: false,
    // On a shared CI machine a pause of seconds looks like a lost answer: such a test is run once more, and marked.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{src,suites,reference-server,test}/**/*.test.ts'],
          exclude: [...elsewhere, 'test/proof/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          include: ['test/proof/**/*.test.ts'],
          exclude: elsewhere,
          maxConcurrency: 4,
        },
      },
    ],
  },
})
