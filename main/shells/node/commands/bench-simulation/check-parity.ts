// Whether all back ends compute the same spikes and weights, bit by bit. Main process of the plain-Node shell.
import { type BenchContext, type BenchNetwork, configurationFor, measured, orSkip } from './bench-context.ts';

export interface ParityPair {
  network: BenchNetwork;
  backEnds: readonly [string, string];
  isEqual: boolean;
  steps: number;
  spikes: number;
  /** SHA-256 of the first back end's spikes and weights. */
  hash: string;
}

/** CUBA over 10,000 steps, and a run in which all weights change. */
const runs = [
  { network: 'cuba', ticks: 1000 },
  { network: 'plastic', ticks: 300 },
] as const;

const backEnds = [
  { name: 'typescript', backend: 'typescript', threads: 1 },
  { name: 'native', backend: 'native', threads: 1 },
  { name: 'native, 2 threads', backend: 'native', threads: 2 },
  { name: 'webgpu', backend: 'webgpu', threads: 1 },
] as const;

/** Every further back end against the first. */
export async function checkParity(context: BenchContext): Promise<ParityPair[]> {
  const pairs: ParityPair[] = [];
  for (const { network, ticks } of runs) {
    context.note(`parity: ${network}, ${ticks} ticks on each back end`);
    const configuration = await configurationFor(context, network);
    const [first, ...others] = backEnds;
    const run = ({ backend, threads }: (typeof backEnds)[number]) =>
      measured(context, { configuration, backend, threads, warmUpTicks: 0, ticks, runs: 1, doesHash: true });
    const reference = await run(first);
    for (const other of others) {
      await orSkip(context, `parity.${network}, ${other.name}`, async () => {
        const compared = await run(other);
        pairs.push({
          network,
          backEnds: [first.name, other.name],
          isEqual: reference.hash !== undefined && reference.hash === compared.hash,
          steps: reference.steps,
          spikes: reference.spikes,
          hash: reference.hash ?? '',
        });
      });
    }
  }
  return pairs;
}
