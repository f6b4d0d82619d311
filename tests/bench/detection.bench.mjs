// Times spike detection per 1 ms block and the wake-up error of the tick timer, each against a peer in the same run:
// `node tests/bench/detection.bench.mjs [--json] [--seconds N]`. EXOCORTEX_PYTHON names a Python that has scipy.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' } },
});
const blockCount = Number(options.seconds) * 1000;
const warmUpBlocks = 2000;

/** @param {string} path */
const load = async (path) =>
  (await runnerImport(join(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createSpikeDetector } = await load('main/rig/signal/create-spike-detector.ts');
const { DetectedSpikes } = await load('main/rig/signal/detected-spikes.ts');
const { designButterworthBandPass } = await load('main/rig/signal/butterworth-band-pass.ts');
const { loadNative } = await load('native/load-native.ts');
const { createTickTimer } = await load('native/tick-timer.ts');

const { platform, arch, env } = process;
const loaded = loadNative({ applicationRoot: root, environment: env, platform, arch });
const detection = {
  lowCutoffHz: 300,
  highCutoffHz: 6000,
  filterOrder: 2,
  thresholdSigmas: 4.5,
  refractoryMilliseconds: 1,
};
const recordedChannels = 16;
const recording = new Int16Array(
  new Uint8Array(readFileSync(join(root, 'resources/recordings/barrel-cortex-16ch/recording.int16le.dat'))).buffer,
);

/** @param {number} channels @param {number} sampleRateHz */
function benchDetection(channels, sampleRateHz) {
  const blockSamples = sampleRateHz / 1000;
  const samples = widen(channels);
  const blocks = Math.floor(samples.length / channels / blockSamples);
  const geometry = { channels, sampleRateHz, microvoltsPerBit: 0.05, maxBlockSamples: blockSamples };
  const found = new DetectedSpikes(channels * blockSamples);
  const contenders = ['native', 'typescript'].flatMap((kernel) =>
    kernel === 'native' && !loaded.native
      ? []
      : ['running', 'fixed'].map((noise) => ({
          contender: kernel,
          noise,
          times: new Float64Array(blockCount),
          detector: createSpikeDetector(
            { ...detection, noise: noise === 'running' ? 'running' : Array(channels).fill(10) },
            geometry,
            kernel === 'native' ? loaded.native : undefined,
          ),
        })),
  );
  for (let block = -warmUpBlocks; block < blockCount; block++) {
    const from = ((block + warmUpBlocks) % blocks) * blockSamples * channels;
    const view = samples.subarray(from, from + blockSamples * channels);
    // In turn, so that whatever else the machine does falls on all alike.
    for (const { detector, times } of contenders) {
      const startMs = performance.now();
      detector.detect(view, blockSamples, found);
      if (block >= 0) times[block] = (performance.now() - startMs) * 1000;
    }
  }
  const rows = contenders.map(({ contender, noise, times }) => ({ contender, noise, ...percentiles(times) }));
  const peer = benchScipy(samples, channels, sampleRateHz, blockSamples);
  if (peer) rows.push({ contender: peer.version, noise: 'fixed', ...percentiles(Float64Array.from(peer.times)) });
  return rows.map((row) => ({ channels, sampleRateHz, blocks: blockCount, ...row }));
}

/** @param {number} channels a multiple of 16 @returns the recording, its channels repeated side by side */
function widen(channels) {
  const copies = channels / recordedChannels;
  if (copies === 1) return recording;
  return Int16Array.from(
    { length: recording.length * copies },
    (_, index) => recording[Math.floor(index / channels) * recordedChannels + (index % recordedChannels)] ?? 0,
  );
}

/** The same filter and threshold in scipy, block by block. @returns undefined where there is no scipy */
function benchScipy(samples, channels, sampleRateHz, blockSamples) {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
  try {
    writeFileSync(join(folder, 'samples'), samples);
    const sections = [...designButterworthBandPass(2, 300, 6000, sampleRateHz)];
    const program = `
import json, time, numpy, scipy
from scipy.signal import sosfilt
x = numpy.fromfile(${JSON.stringify(join(folder, 'samples'))}, '<i2').reshape(-1, ${channels})
s = numpy.array(${JSON.stringify(sections)}).reshape(-1, 5)
sos = numpy.insert(s, 3, 1.0, axis=1)
zi = numpy.zeros((len(sos), 2, ${channels}))
below = numpy.zeros((1, ${channels}), bool)
times = []
for block in range(-${warmUpBlocks}, ${blockCount}):
    at = (block + ${warmUpBlocks}) % (len(x) // ${blockSamples}) * ${blockSamples}
    start = time.perf_counter_ns()
    y, zi = sosfilt(sos, x[at:at + ${blockSamples}] * 0.05, axis=0, zi=zi)
    now = numpy.concatenate((below, y < -45.0))
    spikes = numpy.argwhere(now[1:] & ~now[:-1])
    below = now[-1:]
    if block >= 0: times.append((time.perf_counter_ns() - start) / 1000)
print(json.dumps({'version': 'scipy ' + scipy.__version__, 'times': times}))
`;
    const { status, stdout } = spawnSync(env['EXOCORTEX_PYTHON'] ?? 'python3', ['-c', program], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return status === 0 ? JSON.parse(stdout) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const periodNs = 1_000_000;
const nowNs = () => Number(process.hrtime.bigint());

/** The native timer as the threads of the loop run it, where the system grants the priority. Comes last: it cannot be taken back. */
async function benchRaised() {
  if (loaded.native === undefined || !loaded.native.raiseThreadPriority().applied) return [];
  return [await benchTimer('native, raised', (onTick) => createTickTimer(loaded.native, periodNs, onTick))];
}

/** A timer made of setTimeout alone, with the same rule for late ticks. */
function createTimeoutTimer(onTick) {
  const startedNs = nowNs();
  let lastTick = -1;
  let timeout;
  const wait = () => {
    timeout = setTimeout(turn, (startedNs + (lastTick + 2) * periodNs - nowNs()) / 1e6);
  };
  const turn = () => {
    const actualNs = nowNs();
    const tick = Math.floor((actualNs - startedNs) / periodNs) - 1;
    if (tick > lastTick) {
      const missedTicks = tick - lastTick - 1;
      lastTick = tick;
      onTick(tick, startedNs + (tick + 1) * periodNs, actualNs, missedTicks);
    }
    wait();
  };
  wait();
  return { dispose: () => clearTimeout(timeout) };
}

/** @param {string} contender @param {(onTick: (...numbers: number[]) => void) => { dispose(): void }} create */
function benchTimer(contender, create) {
  return new Promise((resolve) => {
    const errors = [];
    let missed = 0;
    const timer = create((tick, scheduledNs, actualNs, missedTicks) => {
      errors.push((actualNs - scheduledNs) / 1000);
      missed += missedTicks;
      if (tick < blockCount) return;
      // Not from within the peer's own turn, which would arm it again.
      setImmediate(() => {
        timer.dispose();
        resolve({
          contender,
          periodNs,
          ticks: errors.length,
          missedTicks: missed,
          ...percentiles(Float64Array.from(errors)),
        });
      });
    });
  });
}

/** @param {Float64Array} microseconds */
function percentiles(microseconds) {
  const sorted = microseconds.toSorted();
  const at = (share) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN) * 10) / 10;
  return { p50Microseconds: at(0.5), p99Microseconds: at(0.99), maxMicroseconds: at(1) };
}

const report = {
  machine: { processor: cpus()[0]?.model, processors: cpus().length, node: process.version, platform, arch },
  native: loaded.native ? 'loaded' : loaded.reason,
  detection: [...benchDetection(16, 40_000), ...benchDetection(64, 30_000)],
  tickTimer: [
    ...(loaded.native
      ? [await benchTimer('native', (onTick) => createTickTimer(loaded.native, periodNs, onTick))]
      : []),
    await benchTimer('typescript', (onTick) => createTickTimer(undefined, periodNs, onTick)),
    await benchTimer('setTimeout', createTimeoutTimer),
    ...(await benchRaised()),
  ],
};
const hasPeer = report.detection.some(({ contender }) => contender.startsWith('scipy'));
if (options.json) console.log(JSON.stringify({ ...report, peer: hasPeer ? 'scipy' : 'none: no Python with scipy' }));
else {
  console.log(
    `${report.machine.processor}, ${report.machine.processors} processors, Node ${report.machine.node}; native addon: ${report.native}`,
  );
  console.log('\nDetection, µs per block of 1 ms');
  console.table(report.detection);
  if (!hasPeer) console.log('No peer: scipy was not found; EXOCORTEX_PYTHON may name a Python that has it.');
  console.log('\nTick timer, µs after the deadline');
  console.table(report.tickTimer);
}
