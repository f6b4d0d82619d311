// Gradients through time in our analysis and in snnTorch, taking turns. Main process of the plain-Node shell.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from '../../../../../common/base/percentile.ts';
import { type EvidenceRunRequest, evidenceRunAnswerSchema } from '../../../../../common/bench/evidence-run.ts';
import { type BenchContext, Skipped } from '../bench-simulation/bench-context.ts';
import { PythonPeer } from '../bench-simulation/python-peer.ts';

/** Seconds of an iteration on one thread, medians: the same network, task and batch. */
export interface SnnTorchComparison {
  batch: number;
  iterations: number;
  bpttSeconds: number;
  ePropSeconds: number;
  snnTorchBpttSeconds: number;
  /** snnTorch against our backpropagation through time, above 1 where ours is faster. */
  bpttSpeedup: number;
  /** snnTorch's backpropagation through time against our e-prop. */
  ePropSpeedup: number;
}

const batch = 64;

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
    args: [batch, 1],
    folder: platform.applicationFolder,
  });
  try {
    context.onVersion(peer.version);
    const [bptt, eProp, theirs]: number[][] = [[], [], []];
    for (let turn = 0; turn < repeats; turn++) {
      note(`snnTorch: iteration ${turn + 1} of ${repeats}`);
      bptt!.push(await iterationSeconds(context, 'bptt'));
      eProp!.push(await iterationSeconds(context, 'e-prop-symmetric'));
      theirs!.push((await peer.run()).seconds);
    }
    return snnTorchComparison(bptt!, eProp!, theirs!);
  } finally {
    peer.dispose();
  }
}

/** @param bptt seconds of iterations, at least one, and as many of the others */
export function snnTorchComparison(
  bptt: readonly number[],
  eProp: readonly number[],
  snnTorch: readonly number[],
): SnnTorchComparison {
  const [bpttSeconds, ePropSeconds, snnTorchBpttSeconds] = [median(bptt)!, median(eProp)!, median(snnTorch)!];
  return {
    batch,
    iterations: bptt.length,
    bpttSeconds,
    ePropSeconds,
    snnTorchBpttSeconds,
    bpttSpeedup: snnTorchBpttSeconds / bpttSeconds,
    ePropSpeedup: snnTorchBpttSeconds / ePropSeconds,
  };
}

async function iterationSeconds({ platform }: BenchContext, credit: EvidenceRunRequest['credit']): Promise<number> {
  const program = platform.startProgram('evidence-bench', []);
  try {
    return await new Promise<number>((resolve, reject) => {
      program.onMessage((message) => resolve(evidenceRunAnswerSchema.parse(message).seconds[0]!));
      program.onExit(({ code, signal }) =>
        reject(new Skipped(`the bench program ended with ${signal ?? `code ${code}`}`)),
      );
      program.send({ credit, batch, iterations: 1 } satisfies EvidenceRunRequest);
    });
  } finally {
    program.dispose();
  }
}
