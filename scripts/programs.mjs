// The table of what is built: every program and thread of the application, by the name it has under dist/.

/** Node programs and worker threads: `dist/programs/<name>.js`, started by absolute path. */
export const programs = {
  exocortex: 'main/shells/node/exocortex.ts',
  'rig-thread': 'main/rig/rig-thread.ts',
  'watchdog-thread': 'main/rig/watchdog-thread.ts',
  'recorder-thread': 'main/rig/recorder-thread.ts',
  'stop-input-thread': 'main/rig/stop-input-thread.ts',
  'hid-rig-thread': 'main/rig/hid-rig-thread.ts',
  'serial-port-thread': 'main/rig/serial-port-thread.ts',
  'emulated-hid-thread': 'main/rig/emulated-hid-thread.ts',
  'rhx-reader-thread': 'main/rig/rhx-reader-thread.ts',
  'rhx-bench-thread': 'main/rig/rhx-bench-thread.ts',
  'hid-bench-thread': 'main/rig/hid-bench-thread.ts',
  'open-ephys-reader-thread': 'main/rig/open-ephys-reader-thread.ts',
  'open-ephys-bench-thread': 'main/rig/open-ephys-bench-thread.ts',
  'recorder-bench-thread': 'main/rig/recorder-bench-thread.ts',
  'interlock-bench-thread': 'main/rig/interlock-bench-thread.ts',
  'replay-thread': 'main/rig/replay-thread.ts',
  simulation: 'simulation/simulation.ts',
  'simulation-tick': 'simulation/tick-thread.ts',
  'simulation-bench': 'simulation/bench/simulation-bench.ts',
  'rule-bench': 'simulation/bench/rule-bench.ts',
  'evidence-bench': 'analysis/bench/evidence-bench.ts',
  'simulation-echo': 'simulation/bench/simulation-echo.ts',
  'simulation-loop-bench-thread': 'main/rig/simulation-loop-bench-thread.ts',
  'gpu-self-test': 'simulation/gpu-self-test.ts',
  'virtual-rig': 'main/virtual-rig/virtual-rig.ts',
  'virtual-rhx': 'main/virtual-rig/rhx-program.ts',
  'virtual-open-ephys': 'main/virtual-rig/open-ephys-program.ts',
  'serial-stimulator': 'main/rig/serial-stimulator-program.ts',
  analysis: 'analysis/analysis.ts',
  review: 'analysis/review/review-program.ts',
  'rule-worker': 'analysis/rules/crew/rule-worker.ts',
};

/** Electron's main process: `dist/electron/main.js`. */
export const electronMain = 'main/shells/electron/main.ts';

/** Electron's preload: `dist/electron/preload.cjs`; a sandboxed preload cannot be an ES module. */
export const electronPreload = 'main/shells/electron/preload.ts';

/** The page: `dist/renderer/index.html`. */
export const page = 'renderer/index.html';
