// `exocortex replay`: does a session again from its journal and says whether everything came out the same. Main process of the plain-Node shell.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import {
  comparedKinds,
  type ComparedKind,
  type ReplayMessage,
  type ReplayRefusal,
  type ReplayReport,
  type ReplayRequest,
} from '../../../../common/journal/replay-report.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { timeLeft } from './follow-analysis.ts';
import { ProgressBar } from './progress-bar.ts';

/** By the names that the simulation has for them: the reference is written in TypeScript. */
const backends = { reference: 'typescript', native: 'native', webgpu: 'webgpu' } as const;
type Backend = keyof typeof backends;

type Outcome = { report: ReplayReport } | { refusal: ReplayRefusal };

/**
 * @param args what stands behind `replay` on the command line.
 * @returns 0 when everything is equal, 1 when something is not, 2 when the session could not be replayed to its end.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood.
 */
export async function replay(shell: ShellSetting, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, backend: { type: 'string', default: 'reference' } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new RangeError("'replay' takes one session folder.");
  const names = Object.keys(backends) as Backend[];
  const backend = names.find((name) => name === values.backend);
  if (backend === undefined) throw new RangeError(`--backend is one of ${names.join(', ')}, not '${values.backend}'.`);
  const outcome = await follow(shell, resolve(folder), backend, values.json);
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}.`);
    if (values.json) shell.print(JSON.stringify(outcome));
    return 2;
  }
  const { report } = outcome;
  if (values.json) shell.print(JSON.stringify(report));
  else for (const line of replayLines(report)) shell.print(line);
  if (!report.isEqual) return 1;
  return report.end === 'damaged' ? 2 : 0;
}

/** For the word of a thread whose simulation has ended. */
const wordWithinMilliseconds = 2000;

/** Runs the replay in its own thread, behind a progress bar; Ctrl+C gives it up. */
async function follow(
  { platform, untilInterrupted }: ShellSetting,
  folder: string,
  backend: Backend,
  isSilent: boolean,
): Promise<Outcome> {
  const owned = new DisposableStore();
  const bar = new ProgressBar(process.stderr, isSilent);
  const startedMs = performance.now();
  let firstFraction: number | undefined;
  const thread = new Worker(join(platform.programsFolder, 'replay-thread.js'), {
    workerData: { folder, backend: backends[backend] } satisfies ReplayRequest,
  });
  owned.onDispose(() => void thread.terminate());
  try {
    return await new Promise<Outcome>((settle, reject) => {
      const refuse = (what: string) => settle({ refusal: { what, cure: 'Replay the session again' } });
      void untilInterrupted().then(() => refuse('the replay was given up'));
      thread.on('message', (message: ReplayMessage) => {
        switch (message.kind) {
          case 'listening': {
            const environment = { ...message.environment, EXOCORTEX_BACKEND: backends[backend] };
            const program = owned.add(platform.startProgram('simulation', [], environment));
            program.onExit(({ code, signal }) => {
              const end = () => refuse(`the simulation ended with ${signal ?? `code ${code}`}`);
              // It ends with the replay: whether that is complete, the thread's own word tells, which may come behind.
              if (code !== 0) return end();
              const late = setTimeout(end, wordWithinMilliseconds);
              owned.onDispose(() => clearTimeout(late));
            });
            return;
          }
          case 'progress': {
            const { fraction, seconds } = message;
            firstFraction ??= fraction;
            const elapsed = (performance.now() - startedMs) / 1000;
            const left = timeLeft(elapsed, firstFraction, fraction);
            const words = `Replaying, ${seconds.toFixed(1)} s of the session`;
            bar.showWork(fraction, elapsed, left === undefined ? words : `${words}, ${left} left`);
            return;
          }
          case 'done':
            return settle({ report: message.report });
          case 'refused':
            return settle({ refusal: message.refusal });
        }
      });
      thread.on('error', reject);
    });
  } finally {
    bar.end();
    owned.dispose();
  }
}

const words: Record<ComparedKind, string> = {
  spikes: 'spikes',
  results: 'answers of the population',
  populationSpikes: 'spikes of the population',
  requests: 'requests',
  permits: 'permits',
  refusals: 'refusals',
  ticks: 'ticks',
  transitions: 'transitions of the interlock',
  faults: 'faults',
  gaps: 'gaps',
  limits: 'limits',
};

/** What stands on the terminal. */
export function replayLines(report: ReplayReport): string[] {
  const { backend, kernel, ticks, seconds, end, damage, compared, difference } = report;
  const rows = comparedKinds
    .map((kind) => ({ kind, ...compared[kind] }))
    .filter(({ recorded, computed }) => recorded + computed > 0)
    .map(
      ({ kind, recorded, computed, equal }) =>
        `  ${words[kind].padEnd(28)} ${String(recorded).padStart(10)} recorded ${String(computed).padStart(10)} computed ${String(equal).padStart(10)} equal`,
    );
  const ends = {
    closed: '',
    'cut off': ' The session was cut off or is still being recorded: what is whole was replayed.',
    damaged: ` The journal is damaged (${damage ?? ''}): what lies behind was not replayed.`,
  };
  return [
    `${report.session}, recorded ${report.startedAt} by Exocortex ${report.exocortexVersion}: ${seconds.toFixed(3)} s, ${ticks} ticks.${ends[end]}`,
    `Back end ${backend.replayed} (recorded: ${backend.recorded}), spike kernel ${kernel.replayed} (recorded: ${kernel.recorded}).`,
    ...rows,
    ...(difference === null
      ? ['Everything is equal, bit for bit.']
      : [
          `The first difference is in tick ${difference.tick}, sample ${difference.sample} (${difference.seconds.toFixed(4)} s), in the ${words[difference.kind]}:`,
          `  recorded: ${difference.recorded === null ? 'nothing' : JSON.stringify(difference.recorded)}`,
          `  computed: ${difference.computed === null ? 'nothing' : JSON.stringify(difference.computed)}`,
        ]),
  ];
}
