// The test projects: unit (with the page's own environment), integration and end to end.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { testsWithOwnProcess } from './scripts/own-process.mjs';

const longMs = 180_000;
/** Seconds of work on a quiet computer. */
const busyMs = 120_000;
/** Real processes. */
const whole = { environment: 'node', testTimeout: longMs, hookTimeout: longMs };
/** And real time: one file after the other, nothing beside it. */
const oneAtATime = { fileParallelism: false, maxWorkers: 1 };
/** Tests in which no loop has to be in time. */
const untimedIntegration = [
  'bench-simulation',
  'devices',
  'import',
  'package-layout',
  'review',
  'rules',
  'run-unarmed',
].map((name) => `tests/integration/${name}.test.ts`);

const unit = {
  environment: 'node',
  setupFiles: ['tests/leak-check.ts'],
  testTimeout: busyMs,
  hookTimeout: busyMs,
};
const ofTests = ['safety', 'conformance', 'faults', 'model', 'statistics'].map((name) => `tests/${name}`);
const unitFolders = ['common', 'main', 'simulation', 'analysis', 'native', 'scripts', ...ofTests];
const withOwnProcess = testsWithOwnProcess(unitFolders, import.meta.dirname);

export default defineConfig({
  test: {
    projects: [
      {
        // Starting a process takes longer than most of these files: they share one for each core.
        test: {
          ...unit,
          name: 'unit',
          isolate: false,
          include: unitFolders.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ['**/node_modules/**', ...withOwnProcess],
        },
      },
      { test: { ...unit, name: 'unit-own-process', include: withOwnProcess } },
      {
        plugins: [svelte()],
        // The page's code is compiled as for a browser, where `$state` and `$effect` live; there is no DOM.
        resolve: { conditions: ['browser'] },
        test: {
          ...unit,
          name: 'unit-page',
          isolate: false,
          environment: './tests/page-environment.ts',
          include: ['renderer/**/*.test.ts'],
        },
      },
      { test: { ...whole, name: 'integration-untimed', include: untimedIntegration } },
      {
        test: {
          ...whole,
          ...oneAtATime,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...untimedIntegration],
        },
      },
      { test: { ...whole, ...oneAtATime, name: 'e2e', include: ['tests/e2e/**/*.e2e.ts'] } },
    ],
  },
});
