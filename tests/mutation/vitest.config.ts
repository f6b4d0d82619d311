// The tests that must notice a mutant: those of the decision, the reducers and the frame codec.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'main/rig/interlock/*.test.ts',
      'main/rig/supervision/watchdog*.test.ts',
      'common/transport/*.test.ts',
      'common/device-protocol/*.test.ts',
    ],
    testTimeout: 60_000,
  },
});
