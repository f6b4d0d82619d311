// The result of `exocortex run`: as one JSON object, and in words for a terminal. Main process of the plain-Node shell.
import type { Percentiles, SessionSummary } from '../../../../common/journal/session-summary.ts';

/** What `--json` prints. */
export interface RunResult extends Omit<SessionSummary, 'latencyMs' | 'session' | 'format'> {
  /** Whether the session was complete, safe and exported; decides the exit code. */
  complete: boolean;
  latencyMs: Percentiles;
  /** Folder of the session. */
  session: string;
  /** UUID of the session. */
  sessionId: string;
  nwb: string | undefined;
}

/** Complete and safe: everything asked for was recorded and exported, nothing tripped, no sample is missing. */
export function runResult(summary: SessionSummary, folder: string, nwb: string | undefined): RunResult {
  const { format: _format, session, ...rest } = summary;
  const complete =
    summary.complete &&
    summary.reason === 'completed' &&
    summary.trips === 0 &&
    summary.samplesLost === 0 &&
    summary.samplesUnreadable === 0 &&
    nwb !== undefined;
  return { ...rest, complete, session: folder, sessionId: session, nwb };
}

const milliseconds = (value: number) => `${value.toPrecision(3)} ms`;

function counts(table: Partial<Record<string, number>>): string {
  const entries = Object.entries(table);
  return entries.length === 0 ? 'none' : entries.map(([name, count]) => `${count} ${name}`).join(', ');
}

/** The same for people. */
export function runWords(result: RunResult): string {
  const { latencyMs, evoked, evokedControl } = result;
  const around = evoked.stimuli > 0 ? evoked : evokedControl;
  const rows: [string, string][] = [
    [
      'session',
      `${result.complete ? 'complete and safe' : 'NOT complete or not safe'} (${result.reason}), ${result.seconds.toFixed(2)} s`,
    ],
    [
      'source',
      `${result.device}, ${result.channels} electrodes at ${result.sampleRateHz} Hz, ${result.samplesLost} samples lost`,
    ],
    ['kernels', result.native ? 'native' : `TypeScript: ${result.nativeReason ?? 'no native addon'}`],
    ['simulation', `${result.backend}, ${result.simulatedSpikes} spikes`],
    ['ticks', `${result.ticks}, late ${result.lateTicks} (${counts(result.lateHandling)})`],
    [
      'loop latency',
      `p50 ${milliseconds(latencyMs.p50)}, p99 ${milliseconds(latencyMs.p99)}, p99.9 ${milliseconds(latencyMs.p999)}, max ${milliseconds(latencyMs.max)}`,
    ],
    ['spikes', String(result.spikes)],
    ['requests', `${result.requests}, permits ${result.permits}, refusals ${counts(result.refusals)}`],
    ['deliveries', String(result.deliveries)],
    [
      'around a stimulus',
      `${around.evokedSpikesPerDelivery.toFixed(2)} spikes after, ${around.baselineSpikesPerDelivery.toFixed(2)} before, per ${evoked.stimuli > 0 ? 'delivery' : 'refused request'} (${around.stimuli})`,
    ],
    [
      'trips',
      result.trips === 0
        ? 'none'
        : result.faults
            .filter(({ isFirst }) => isFirst)
            .map(({ message }) => message)
            .join(' '),
    ],
    ['session folder', result.session],
    ['NWB', result.nwb ?? 'not written'],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)}${value}`).join('\n');
}
