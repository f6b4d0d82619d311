// The core gets its programs and its wakefulness from Electron.
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fromEnvironment } from '../../../common/simulation-protocol/gpu-self-test.ts';
import { createElectronPlatform } from './electron-platform.ts';
import { type FakeUtilityProcess, written } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const programsFolder = join('/opt', 'exocortex', 'dist', 'programs');
const gpu = { works: 'none', reason: 'No driver.' } as const;
const platform = createElectronPlatform(
  { programsFolder, applicationFolder: '/opt/exocortex', stationFolder: '/var/lib/exocortex' },
  () => gpu,
);

function startSimulation() {
  const program = platform.startProgram('simulation', ['--socket', 'a'], { EXOCORTEX_SEED: '7' });
  const process = written.processes.at(-1) as FakeUtilityProcess;
  return { program, process };
}

test('a program is a utility process of the built file with its arguments and additional environment', () => {
  const { program, process } = startSimulation();
  expect(process.modulePath).toBe(join(programsFolder, 'simulation.js'));
  expect(process.args).toEqual(['--socket', 'a']);
  expect(process.options.env).toMatchObject({ EXOCORTEX_SEED: '7', PATH: globalThis.process.env['PATH'] });
  expect(program.pid).toBe(process.pid);
  expect(fromEnvironment(process.options.env as Record<string, string>)).toEqual(gpu);
});

test('messages go both ways', () => {
  const { program, process } = startSimulation();
  const heard: unknown[] = [];
  program.onMessage((message) => heard.push(message));
  process.emit('message', { kind: 'ready' });
  program.send({ kind: 'begin' });
  expect(heard).toEqual([{ kind: 'ready' }]);
  expect(process.received).toEqual([{ kind: 'begin' }]);
});

test('the end of a program is told once with its exit code', () => {
  const { program, process } = startSimulation();
  const exits: unknown[] = [];
  program.onExit((exit) => exits.push(exit));
  process.emit('exit', 9);
  process.emit('exit', 9);
  expect(exits).toEqual([{ code: 9, signal: null }]);
});

test('disposing of a program ends it', () => {
  const { program, process } = startSimulation();
  program.dispose();
  expect(process.isKilled).toBe(true);
});

test('the computer is kept awake until the hold is given up', () => {
  const hold = platform.preventSleep();
  expect(written.heldAwake.size).toBe(1);
  if ('dispose' in hold) hold.dispose();
  expect(written.heldAwake.size).toBe(0);
});
