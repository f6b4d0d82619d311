// `exocortex bench <name>`: which benches there are, and the options of each. Main process of the plain-Node shell.
import { numberOption } from '../number-option.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { benchExport } from './bench-export.ts';
import { benchHid } from './bench-hid.ts';
import { hidPartsOf } from './bench-hid/parts.ts';
import { benchInterlock } from './bench-interlock.ts';
import { benchOpenEphys } from './bench-open-ephys.ts';
import { benchRecorder } from './bench-recorder.ts';
import { benchReview } from './bench-review.ts';
import { benchRhx } from './bench-rhx.ts';
import { benchRules } from './bench-rules.ts';
import { rulePartsOf } from './bench-rules/rule-parts.ts';
import { benchSimulation } from './bench-simulation.ts';
import { partsOf } from './bench-simulation/parts.ts';

/** Options as they stand on the command line; undefined where each bench has a default of its own. */
export interface BenchValues {
  readonly sessionsFolder: string;
  readonly json: boolean;
  readonly seed: string;
  readonly trips: string;
  readonly frames: string;
  readonly blocks: string;
  readonly gigabytes: string;
  readonly only?: string | undefined;
  readonly board?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly channels?: string | undefined;
  readonly seconds?: string | undefined;
  readonly repeats?: string | undefined;
}

type Bench = (shell: ShellSetting, values: BenchValues) => Promise<number>;

const secondsOf = ({ seconds }: BenchValues, usual: string) => numberOption('seconds', seconds ?? usual, 1, 86_400);
const channelsOf = ({ channels }: BenchValues, usual: string, most: number) =>
  numberOption('channels', channels ?? usual, 1, most);
const repeatsOf = ({ repeats }: BenchValues, usual: string) => numberOption('repeats', repeats ?? usual, 1, 1000);
const seedOf = ({ seed }: BenchValues) => numberOption('seed', seed, 1, 0xffff_ffff);
const damagesOf = ({ frames }: BenchValues) => numberOption('frames', frames, 1, 1e9);
const portOf = ({ port }: BenchValues, usual: string, most: number) => numberOption('port', port ?? usual, 1, most);

const measurementOf = (values: BenchValues) => ({
  repeats: repeatsOf(values, '5'),
  seconds: values.seconds === undefined ? undefined : numberOption('seconds', values.seconds, 0.001, 86_400),
  isJson: values.json,
});

const benches: Readonly<Record<string, Bench>> = {
  interlock: (shell, values) =>
    benchInterlock(shell, {
      trips: numberOption('trips', values.trips, 1, 1_000_000),
      seed: seedOf(values),
      isJson: values.json,
    }),
  simulation: (shell, values) => benchSimulation(shell, { parts: partsOf(values.only), ...measurementOf(values) }),
  rules: (shell, values) => benchRules(shell, { parts: rulePartsOf(values.only), ...measurementOf(values) }),
  rhx: (shell, values) =>
    benchRhx(shell, {
      host: values.host,
      port: portOf(values, '5000', 65_535),
      seconds: secondsOf(values, '20'),
      channels: channelsOf(values, '32', 128),
      blocksPerWrite: numberOption('blocks', values.blocks, 1, 100),
      damages: damagesOf(values),
      seed: seedOf(values),
      isJson: values.json,
    }),
  'open-ephys': (shell, values) =>
    benchOpenEphys(shell, {
      host: values.host,
      dataPort: portOf(values, '5556', 65_534),
      httpPort: 37_497,
      seconds: secondsOf(values, '20'),
      channels: channelsOf(values, '32', 1024),
      blockMilliseconds: 10,
      damages: damagesOf(values),
      seed: seedOf(values),
      isJson: values.json,
    }),
  hid: (shell, values) =>
    benchHid(shell, {
      parts: hidPartsOf(values.only),
      board: values.board,
      seconds: secondsOf(values, '20'),
      damages: damagesOf(values),
      seed: seedOf(values),
      isJson: values.json,
    }),
  recorder: (shell, values) =>
    benchRecorder(shell, {
      on: values.sessionsFolder,
      channels: channelsOf(values, '1024', 4096),
      sampleRateHz: 30_000,
      seconds: secondsOf(values, '10'),
      rounds: repeatsOf(values, '3'),
      isJson: values.json,
    }),
  export: (shell, values) =>
    benchExport(shell, {
      gigabytes: numberOption('gigabytes', values.gigabytes, 0.01, 1000),
      channels: channelsOf(values, '384', 4096),
      isJson: values.json,
    }),
  review: (shell, values) =>
    benchReview(shell, {
      gigabytes: numberOption('gigabytes', values.gigabytes, 0.01, 1000),
      windows: repeatsOf(values, '5'),
      isJson: values.json,
    }),
};

/** @returns an exit code. @throws RangeError for a name or a number that cannot be understood; its message says why */
export async function bench(shell: ShellSetting, name: string | undefined, values: BenchValues): Promise<number> {
  const chosen = Object.hasOwn(benches, name ?? '') ? benches[name ?? ''] : undefined;
  if (chosen !== undefined) return chosen(shell, values);
  const names = Object.keys(benches).map((known) => `'bench ${known}'`);
  throw new RangeError(`There are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, not 'bench ${name ?? ''}'.`);
}
