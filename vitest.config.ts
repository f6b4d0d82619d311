// The test projects: unit (with the page's own environment), integration and end to end.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const longMs = 180_000;
/** Seconds of work on a quiet computer. */
const busyMs = 120_000;
/** Real processes and real time: one file after the other, nothing beside it. */
const oneAtATime = { fileParallelism: false, maxWorkers: 1, testTimeout: longMs, hookTimeout: longMs };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            '{common,main,simulation,analysis,native,scripts}/**/*.test.ts',
            'tests/{safety,conformance,faults,model,statistics}/**/*.test.ts',
          ],
          setupFiles: ['tests/leak-check.ts'],
          testTimeout: busyMs,
          hookTimeout: busyMs,
        },
      },
      {
        plugins: [svelte()],
        // The page's code is compiled as for a browser, where `$state` and `$effect` live; there is no DOM.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'unit-page',
          environment: './tests/page-environment.ts',
          include: ['renderer/**/*.test.ts'],
          setupFiles: ['tests/leak-check.ts'],
          testTimeout: busyMs,
          hookTimeout: busyMs,
        },
      },
      {
        test: { name: 'integration', environment: 'node', include: ['tests/integration/**/*.test.ts'], ...oneAtATime },
      },
      { test: { name: 'e2e', environment: 'node', include: ['tests/e2e/**/*.e2e.ts'], ...oneAtATime } },
    ],
  },
});
