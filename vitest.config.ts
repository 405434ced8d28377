import { defineConfig } from 'vitest/config'

<<<<<<< HEAD
const elsewhere = [
  'test/interop/**',
  'test/converted/**',
  'test/parity/**',
  'test/browser/**',
  'node_modules/**',
  '**/dist/**',
  '.interop/**',
]
=======
const elsewhere = ['test/interop/**', 'test/containers/**', 'node_modules/**', '**/dist/**', '.interop/**']
>>>>>>> d5260ce (Servers in containers are tested on a real engine; an image of the tool itself; where the server comes from is told in docs/targets.md)

export default defineConfig({
  test: {
    // Most tests wait for a server: more workers than cores keep both busy.
    maxWorkers: 3,
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
          // The proofs share nothing but the checks, and loading those anew for each file takes longer than many a proof.
          isolate: false,
          maxConcurrency: 4,
        },
      },
    ],
  },
})
