// Gradients through time in our analysis and in snnTorch, taking turns. Main process of the plain-Node shell.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from '../../../../../common/base/percentile.ts';
import { type EvidenceRunRequest, evidenceRunAnswerSchema } from '../../../../../common/bench/evidence-run.ts';
import { type BenchContext, Skipped } from '../bench-simulation/bench-context.ts';
import { PythonPeer } from '../bench-simulation/python-peer.ts';

/** Medians of the seconds of an iteration: the same task, batch and size of network, on one thread each. */
export interface SnnTorchComparison {
  /** Of either. */
  threads: number;
  /** What is not the same work. */
  differences: readonly string[];
  batch: number;
  iterations: number;
  bpttSeconds: number;
  ePropSeconds: number;
  snnTorchBpttSeconds: number;
  /** Of the neurons, medians: our sums skip what does not fire, snnTorch's do not. */
  ratesHz: { bptt: number; ePropSymmetric: number; snnTorch: number };
  /** snnTorch against our backpropagation through time, above 1 where ours is faster. */
  bpttSpeedup: number;
  /** snnTorch's backpropagation through time against our e-prop. */
  ePropSpeedup: number;
}

const batch = 64;
const threads = 1;
const differences = [
  'snnTorch computes in single precision, ours in double',
  'snnTorch’s neurons have no refractory time, ours 5 ms',
  'snnTorch’s neurons have synapses with themselves, ours have none',
];

export interface TimedIteration {
  readonly seconds: number;
  readonly rateHz: number;
}

/** @param named the Python that EXOCORTEX_SNNTORCH_PYTHON names; none is made, because PyTorch fills several gigabytes */
export async function compareWithSnnTorch(
  context: BenchContext & { readonly onVersion: (version: string) => void },
  named: string | undefined,
): Promise<SnnTorchComparison> {
  if (named === undefined)
    throw new Skipped(
      'EXOCORTEX_SNNTORCH_PYTHON names no Python with snntorch and torch (several GB; none is installed by itself)',
    );
  if (spawnSync(named, ['-c', 'import snntorch, torch']).status !== 0)
    throw new Skipped(`${named} cannot import snntorch and torch`);
  const { platform, repeats, note } = context;
  note('snnTorch: first iteration …');
  const peer = await PythonPeer.start({
    name: 'snnTorch',
    python: named,
    script: join(platform.applicationFolder, 'resources', 'bench', 'snntorch_peer.py'),
    args: [batch, threads],
    folder: platform.applicationFolder,
  });
  try {
    context.onVersion(peer.version);
    const [bptt, eProp, theirs]: TimedIteration[][] = [[], [], []];
    for (let turn = 0; turn < repeats; turn++) {
      note(`snnTorch: iteration ${turn + 1} of ${repeats}`);
      bptt!.push(await timeIteration(context, 'bptt'));
      eProp!.push(await timeIteration(context, 'e-prop-symmetric'));
      theirs!.push(await peer.run());
    }
    return snnTorchComparison(bptt!, eProp!, theirs!);
  } finally {
    peer.dispose();
  }
}

/** @param bptt at least one iteration, and as many of the others */
export function snnTorchComparison(
  bptt: readonly TimedIteration[],
  eProp: readonly TimedIteration[],
  snnTorch: readonly TimedIteration[],
): SnnTorchComparison {
  const secondsOf = (all: readonly TimedIteration[]) => median(all.map(({ seconds }) => seconds))!;
  const rateOf = (all: readonly TimedIteration[]) => median(all.map(({ rateHz }) => rateHz))!;
  const [bpttSeconds, ePropSeconds, snnTorchBpttSeconds] = [secondsOf(bptt), secondsOf(eProp), secondsOf(snnTorch)];
  return {
    threads,
    differences,
    batch,
    iterations: bptt.length,
    bpttSeconds,
    ePropSeconds,
    snnTorchBpttSeconds,
    ratesHz: { bptt: rateOf(bptt), ePropSymmetric: rateOf(eProp), snnTorch: rateOf(snnTorch) },
    bpttSpeedup: snnTorchBpttSeconds / bpttSeconds,
    ePropSpeedup: snnTorchBpttSeconds / ePropSeconds,
  };
}

async function timeIteration(
  { platform }: BenchContext,
  credit: EvidenceRunRequest['credit'],
): Promise<TimedIteration> {
  const program = platform.startProgram('evidence-bench', []);
  try {
    return await new Promise<TimedIteration>((resolve, reject) => {
      program.onMessage((message) => {
        const { seconds, rateHz } = evidenceRunAnswerSchema.parse(message);
        resolve({ seconds: seconds[0]!, rateHz });
      });
      program.onExit(({ code, signal }) =>
        reject(new Skipped(`the bench program ended with ${signal ?? `code ${code}`}`)),
      );
      program.send({ credit, batch, iterations: 1 } satisfies EvidenceRunRequest);
    });
  } finally {
    program.dispose();
  }
}
