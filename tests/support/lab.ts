// The application in the test's own process, on the built programs and threads, with a hand on every part of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Application, type FinishedSession, startApplication } from '../../main/application/application.ts';
import type { ChildProgram, Platform, ProgramName, ThreadName } from '../../main/rig/platform.ts';
import { HeadlessOperator } from '../../main/shells/node/commands/headless-operator.ts';
import { nodePlatform } from '../../main/shells/node/node-platform.ts';
import { programsFolder, root } from './run-exocortex.ts';

/** How a thread is made to fail when its flag file appears. */
const failures = {
  ends: 'process.exit(3)',
  hangs: 'for (;;);',
} as const;

export interface Lab {
  application: Application;
  operator: HeadlessOperator;
  messages: string[];
  /** Programs by name, the newest of each. */
  programs: Map<ProgramName, ChildProgram>;
  /** Makes the thread that was named at the start fail now. */
  failThread(): void;
  /** Folder of the station's own files. */
  station: string;
  finished: Promise<FinishedSession>;
  /** Connects, arms and records; resolves when the first deliveries were made. */
  stimulate(): Promise<void>;
}

export const virtualExperiment = join(root, 'experiments', 'closed-loop-virtual', 'experiment.yaml');

/** Programs as built, but one thread watches for a flag and then fails. */
function programsWithFailingThread(
  folder: string,
  thread: ThreadName,
  how: keyof typeof failures,
  flag: string,
): string {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const names: (ProgramName | ThreadName | 'simulation-tick')[] = [
    'simulation',
    'simulation-tick',
    'virtual-rig',
    'analysis',
    'rig-thread',
    'watchdog-thread',
    'recorder-thread',
    'stop-input-thread',
  ];
  for (const name of names) {
    const real = JSON.stringify(pathToFileURL(join(programsFolder, `${name}.js`)).href);
    const trap = `import { existsSync } from 'node:fs';\nsetInterval(() => { if (existsSync(${JSON.stringify(flag)})) ${failures[how]} }, 10).unref();\n`;
    writeFileSync(join(programs, `${name}.js`), `${name === thread ? trap : ''}import ${real};\n`);
  }
  return programs;
}

/** Runs `body` in a lab of its own and takes everything down afterwards. */
export async function withLab(
  body: (lab: Lab) => Promise<void>,
  failing?: { thread: ThreadName; how: keyof typeof failures },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-lab-'));
  const station = join(folder, 'station');
  const flag = join(folder, 'fail-now');
  const platform = nodePlatform(
    failing === undefined ? programsFolder : programsWithFailingThread(folder, failing.thread, failing.how, flag),
    root,
    station,
  );
  const programs = new Map<ProgramName, ChildProgram>();
  const watched: Platform = {
    ...platform,
    startProgram(name, args, environment) {
      const program = platform.startProgram(name, args, environment);
      programs.set(name, program);
      return program;
    },
  };
  const messages: string[] = [];
  const application = startApplication({
    platform: watched,
    version: '0.0.0',
    sessionsFolder: join(folder, 'sessions'),
  });
  const operator = new HeadlessOperator(application, (text) => messages.push(text));
  const finished = new Promise<FinishedSession>((resolve) => application.onSessionFinished(resolve));
  try {
    await body({
      application,
      operator,
      messages,
      programs,
      station,
      finished,
      failThread: () => writeFileSync(flag, ''),
      async stimulate() {
        await operator.connect(virtualExperiment, 'real-time');
        await operator.arm('test');
        await operator.give('run.start', { operator: 'test' });
        await operator.until(({ counters }) => counters.deliveries >= 3, 40, 'a delivery');
      },
    });
  } finally {
    await application.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
