import { afterEach, expect, test } from 'vitest';
import { Emitter } from '../../common/base/event.ts';
import type { CommandName, CoreNotice, ExperimentEntry } from '../../common/contract/commands.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { studyTaskName } from '../../common/contract/studies.ts';
import { contractVersion } from '../../common/contract/version.ts';
import { portPair } from '../../common/transport/port-pair.ts';
import type { Port } from '../../common/transport/port.ts';
import { packSections } from '../../common/transport/sections.ts';
import { armingSummary } from '../dev/fake-arming.ts';
import type { Transport } from '../connection/transport.ts';
import { experiments } from '../dev/fake-library.ts';
import { rigStatus } from '../dev/scenes.ts';
import { InventedStream } from '../plots/demo/invented-stream.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { PageState } from './page-state.svelte.ts';

const pages: PageState[] = [];
afterEach(() => pages.splice(0).forEach((page) => page.dispose()));

const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
const storage = () => {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
};

/** A page on a core that answers everything and writes down what it was asked. */
async function begin(
  answers: Partial<Record<CommandName, unknown>> = {},
  unanswered: ReadonlySet<CommandName> = new Set(),
  onDroppedPaths?: Transport['onDroppedPaths'],
) {
  const asked: { command: CommandName; request: unknown }[] = [];
  const usual: Partial<Record<CommandName, unknown>> = {
    'application.describe': { answer: { contract: contractVersion } },
    'experiments.list': { answer: { experiments } },
    'arm.request': { answer: armingSummary },
    'run.start': { answer: { folder: '/s' } },
  };
  let core: Port | undefined;
  const transport = {
    cure: 'Look.',
    ...(onDroppedPaths === undefined ? {} : { onDroppedPaths }),
    open(onPort: (port: Port) => void) {
      const [ours, theirs] = portPair();
      core = theirs;
      theirs.receive((message) => {
        const { id, command, request } = JSON.parse(String(message)) as {
          id: number;
          command: CommandName;
          request: unknown;
        };
        asked.push({ command, request });
        if (unanswered.has(command)) return;
        theirs.send(
          JSON.stringify({ id, ...((answers[command] ?? usual[command] ?? { answer: { done: true } }) as object) }),
        );
      });
      onPort(ours);
      return { dispose: () => undefined };
    },
  };
  const time = new FakePageTime();
  let clears = 0;
  const samples = { push: () => undefined, clear: () => void clears++ };
  const page = new PageState({ transport, time, samples, localStorage: storage(), sessionStorage: storage() });
  pages.push(page);
  page.open();
  await settle();
  const stream = new InventedStream(4, 10);
  let moment = 0;
  /** The rig speaks. */
  const say = async (status: RigStatus) => {
    status.hostNs = ++moment;
    const { header, arrays } = stream.next(33);
    core?.send(packSections({ ...header, frame: moment, status }, arrays));
    await settle();
  };
  const commands = () => asked.map(({ command }) => command);
  /** The core tells something unasked. */
  const notify = async (notice: CoreNotice) => {
    core?.send(JSON.stringify(notice));
    await settle();
  };
  return { page, time, asked, commands, say, notify, clears: () => clears, close: () => core?.dispose() };
}

test('a page that has a connection asks for the stream, who answers and what can be run', async () => {
  const { page, asked } = await begin();
  expect(asked).toContainEqual({ command: 'live.subscribe', request: { signal: 'band' } });
  expect(page.application?.contract).toBe(contractVersion);
  expect(page.library.experiments).toEqual(experiments);
  expect(page.library.chosenFile).toBe(experiments[0]?.file);
});

test('H44: the truth is there with the first message, and gone a second after the last', async () => {
  const { page, time, say } = await begin();
  await say(rigStatus('recording', 'stimulating'));
  expect(page.status?.interlock.state).toBe('stimulating');
  time.advance(1100);
  expect(page.status).toBeUndefined();
  expect(page.reasons.arm).not.toBe('');
});

test('two controls and a held one lead to a run that records and stimulates', async () => {
  const { page, time, asked, say } = await begin();
  await page.connect(experiments[0]!.file);
  await say(rigStatus('live', 'safe'));
  await page.arming.request('Ana');
  await say(rigStatus('live', 'prearmed'));
  page.arming.hold.press();
  time.advance(1100);
  await settle();
  const wanted = asked.filter(({ command }) => /^(rig|arm|run)\./.test(command));
  expect(wanted.map(({ command }) => command)).toEqual(['rig.connect', 'arm.request', 'arm.confirm', 'run.start']);
  expect(wanted[3]?.request).toEqual({ operator: 'Operator' });
  expect(page.view).toBe('run');
});

test('an experiment is connected where nothing is, gone to where it is connected, and refused where its file has errors', async () => {
  const { page, commands, say } = await begin();
  const [virtual, replay, own] = experiments as [ExperimentEntry, ExperimentEntry, ExperimentEntry];
  await say(rigStatus('idle', 'safe'));
  expect(page.reasonAgainst(virtual)).toBe('');
  expect(page.reasonAgainst(own)).toBe('Its file has errors.');
  const live = rigStatus('live', 'safe');
  live.session.experiment = { file: virtual.file, name: virtual.name, title: virtual.title };
  await say(live);
  expect(page.reasonAgainst(virtual)).toBe('');
  expect(page.reasonAgainst(replay)).not.toBe('');
  page.view = 'design';
  await page.goTo(virtual.file);
  expect(page.view).toBe('run');
  expect(commands()).not.toContain('rig.connect');
  await page.goTo(replay.file);
  expect(commands()).toContain('rig.connect');
});

test('a stop while the second control is held lets go of it', async () => {
  const { page, time, commands, say } = await begin();
  await say(rigStatus('live', 'safe'));
  await page.arming.request('Ana');
  page.arming.hold.press();
  time.advance(900);
  page.pressStop();
  time.advance(500);
  await settle();
  expect(commands()).toContain('stop');
  expect(commands()).not.toContain('arm.confirm');
});

test('no run starts by itself when somebody has just pressed stop', async () => {
  const { page, time, commands, say } = await begin();
  await say(rigStatus('live', 'safe'));
  await page.arming.request('Ana');
  page.arming.hold.press();
  time.advance(1010);
  page.pressStop();
  await settle();
  expect(commands()).toContain('arm.confirm');
  expect(commands()).not.toContain('run.start');
});

test('H45: stop is sent at once while other commands wait for their answers, and again until the output is off', async () => {
  const { page, time, commands, say } = await begin({}, new Set(['run.start', 'mark.add', 'arm.request']));
  await say(rigStatus('recording', 'stimulating'));
  for (let waiting = 0; waiting < 200; waiting++) void page.give('mark.add', { text: '' });
  void page.give('run.start', { operator: 'Ana' });
  void page.arming.request('Ana');
  page.pressStop();
  await settle();
  expect(commands().at(-1)).toBe('stop');
  time.advance(400);
  await settle();
  expect(commands().filter((command) => command === 'stop').length).toBeGreaterThanOrEqual(4);
  await say(rigStatus('recording', 'safe'));
  expect(page.stop.progress.kind).toBe('confirmed');
});

test('H43: stop works on a page that has heard nothing yet', async () => {
  const { page, commands } = await begin();
  page.pressStop();
  await settle();
  expect(commands().at(-1)).toBe('stop');
});

test('H62: living tissue is armed only after the probe was named, a bench without', async () => {
  const { page, time, asked, say } = await begin();
  const status = rigStatus('live', 'safe');
  status.interlock.preparation = 'animal-macro';
  await say(status);
  page.beginArming();
  await settle();
  expect(page.arming.current.step).toBe('identify');
  expect(asked.map(({ command }) => command)).not.toContain('arm.request');
  page.arming.close();
  time.advance(100);
  await say(rigStatus('live', 'safe'));
  page.beginArming();
  await settle();
  expect(page.arming.current.step).toBe('summary');
});

test('H65: a stop, and an experiment that needs no holding any more, let go of the presence control', async () => {
  const { page, say } = await begin();
  const status = rigStatus('recording', 'stimulating');
  status.interlock.presence.mustHold = true;
  await say(status);
  page.presence.hold();
  await say(structuredClone(status));
  expect(page.presence.isHolding).toBe(true);
  page.pressStop();
  expect(page.presence.isHolding).toBe(false);
  page.presence.hold();
  await say(rigStatus('live', 'safe'));
  expect(page.presence.isHolding).toBe(false);
});

test('H63: a cause that was left by an earlier start can be acknowledged without a connection, and resets nothing', async () => {
  const { page, asked, say } = await begin();
  const status = rigStatus('idle', 'tripped');
  status.interlock.firstCause = { code: 'unclean-exit', message: 'The program ended.', atSeconds: 0 };
  status.interlock.resetBlockedBy = 'no stimulator confirms that its output is off: connect an experiment';
  await say(status);
  expect(page.tripAnswer.chosen).toBeUndefined();
  expect(page.reasons.connect).toBe('');
  page.tripAnswer.choose('unclean-exit');
  await page.tripAnswer.acknowledge();
  expect(asked.at(-1)).toEqual({ command: 'trip.acknowledge', request: { cause: 'unclean-exit' } });
  expect(page.status?.interlock.canReset).toBe(false);
});

test('a refused command is shown in its words', async () => {
  const refusal = { code: 'not-now', what: 'no recording is running', cure: 'Start one first.' };
  const { page, say } = await begin({ 'run.end': { refusal } });
  await say(rigStatus('live', 'safe'));
  await page.give('run.end', {});
  expect(page.bulletin.messages).toMatchObject([{ text: refusal.what, cure: refusal.cure }]);
  expect(page.pending.size).toBe(0);
});

test('samples of another experiment are forgotten', async () => {
  const { clears, say } = await begin();
  await say(rigStatus('live', 'safe'));
  const before = clears();
  await say(rigStatus('live', 'safe'));
  expect(clears()).toBe(before);
  const other = rigStatus('live', 'safe');
  other.session.experiment = { file: '/other.yaml', name: 'other', title: 'Other' };
  await say(other);
  expect(clears()).toBe(before + 1);
});

test('after a loss the page connects again and asks for everything anew', async () => {
  const { page, time, commands, close } = await begin();
  close();
  expect(page.link.state).toBe('lost');
  time.advance(150);
  await settle();
  expect(page.link.state).toBe('open');
  expect(commands().filter((command) => command === 'live.subscribe')).toHaveLength(2);
});

test('marks belong to a recording', async () => {
  const { page, commands, say } = await begin();
  await say(rigStatus('live', 'safe'));
  await page.mark('');
  expect(commands()).not.toContain('mark.add');
  await say(rigStatus('recording', 'safe'));
  await page.mark('drug added');
  expect(commands()).toContain('mark.add');
});

test('a page of another version than the program says so', async () => {
  const { page } = await begin({ 'application.describe': { answer: { contract: contractVersion + 1 } } });
  expect(page.bulletin.messages).toMatchObject([{ cure: expect.stringContaining('Reload') }]);
});

test('studies are read when they are looked at, and their progress is in the corner only while they are not', async () => {
  const { page, commands, notify } = await begin({ 'studies.list': { answer: { folder: '/r', studies: [] } } });
  const task = { notice: 'task', title: 'Study', state: 'running', fraction: 0.5 } as const;
  await notify({ ...task, task: studyTaskName('/r/parity') });
  await notify({ ...task, task: 'export:/s' });
  page.networkPart = 'studies';
  expect(commands()).not.toContain('studies.list');
  expect(page.tasksElsewhere).toHaveLength(2);
  page.view = 'network';
  await settle();
  expect(commands()).toContain('studies.list');
  expect(page.tasksElsewhere.map(({ task }) => task)).toEqual(['export:/s']);
  page.networkPart = 'learning';
  expect(page.tasksElsewhere).toHaveLength(2);
  expect(page.studies.tasks.size).toBe(1);
});

const found = { sessions: [], found: 0, all: 0, choices: { subjects: [], experiments: [], rules: [], tags: [] } };

test('the library is shown as it is known, then as the folders are; filters that are cleared are not asked for', async () => {
  const { page, asked } = await begin({ 'sessions.list': { answer: found } });
  page.view = 'review';
  await settle();
  page.library.lookFor({ text: 'burst', tags: ['figure 3'] });
  page.library.lookFor({ text: '', trips: 'with' });
  await settle();
  page.library.showMore();
  await settle();
  const requests = asked.filter(({ command }) => command === 'sessions.list').map(({ request }) => request);
  const narrowed = { tags: ['figure 3'], trips: 'with' };
  expect(requests.slice(0, 3)).toEqual([{}, { looksAgain: true }, { text: 'burst', tags: ['figure 3'] }]);
  expect(requests.slice(3)).toEqual([narrowed, { ...narrowed, most: 400 }]);
});

test('what is dropped in Review is imported where its place is known, elsewhere nothing is', async () => {
  const drops = new Emitter<readonly string[]>();
  const recording = { answer: { kind: 'recording', path: '/recordings/r.json' } };
  const { page, asked } = await begin({ 'sessions.import': recording }, new Set(), drops.event);
  drops.fire(['/data/early']);
  page.view = 'review';
  page.noteDrop(['one']);
  drops.fire(['/data/one', '/data/two']);
  await settle();
  const paths = asked.filter(({ command }) => command === 'sessions.import').map(({ request }) => request);
  expect(paths).toEqual([{ path: '/data/one' }, { path: '/data/two' }]);
  expect(page.bulletin.messages.map(({ text }) => text)).toEqual([expect.stringContaining('/recordings/r.json')]);
});

test('a browser that knows no places says what to do', async () => {
  const { page } = await begin({ 'sessions.list': { answer: found } });
  page.noteDrop(['one']);
  expect(page.bulletin.messages).toEqual([]);
  page.view = 'review';
  page.noteDrop(['one', 'two']);
  expect(page.bulletin.messages).toMatchObject([{ cure: expect.stringContaining('exocortex import <path>') }]);
});
