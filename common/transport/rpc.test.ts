import { describe, expect, it } from 'vitest';
import { commandRequests, type CommandName } from '../contract/commands.ts';
import { portPair } from './port-pair.ts';
import { packSections } from './sections.ts';
import { CommandClient, type CommandHandlers, sendNotice, serveCommands } from './rpc.ts';

/** Handlers that answer every command with its own name. */
function echoHandlers(): CommandHandlers {
  const names = Object.keys(commandRequests) as CommandName[];
  return Object.fromEntries(
    names.map((name) => [name, () => ({ answer: { done: true, name } })]),
  ) as unknown as CommandHandlers;
}

function connected(change: Partial<CommandHandlers> = {}) {
  const [page, core] = portPair();
  const notices: unknown[] = [];
  const bytes: Uint8Array[] = [];
  serveCommands(core, { ...echoHandlers(), ...change });
  const client = new CommandClient(
    page,
    (notice) => notices.push(notice),
    (message) => bytes.push(message),
  );
  return { page, core, client, notices, bytes };
}

describe('commands over a port', () => {
  it('answers each command with its own answer', async () => {
    const { client } = connected();
    const [stop, mark] = await Promise.all([client.call('stop', {}), client.call('mark.add', { text: 'a' })]);
    expect(stop).toEqual({ answer: { done: true, name: 'stop' } });
    expect(mark).toEqual({ answer: { done: true, name: 'mark.add' } });
  });

  it('carries an answer in bytes beside the live stream, without making its arrays text', async () => {
    const answer = { columns: 2, minimum: Int16Array.of(-3, 4), at: Float64Array.of(0.5) };
    const { minimum, at } = answer;
    const { client, core, bytes } = connected({
      'review.traces': () => ({ packed: packSections({ columns: 2 }, { minimum, at }) }),
    });
    const question = client.call('review.traces', {
      folder: '/a',
      ticket: 0,
      fromSample: 0,
      samplesPerColumn: 1,
      columns: 2,
      firstChannel: 0,
      channels: 1,
    });
    const live = packSections({ stream: 'live' }, { traceMin: Int16Array.of(1) });
    core.send(live);
    expect(await question).toEqual({ answer });
    expect(bytes).toEqual([live]);
  });

  it('refuses a request that the contract does not allow before any handler sees it', async () => {
    const seen: unknown[] = [];
    const { client } = connected({ 'run.start': (request) => (seen.push(request), { answer: { folder: '' } }) });
    const outcome = await client.call('run.start', { seconds: -1, operator: 'A' });
    expect(outcome).toMatchObject({ refusal: { code: 'invalid' } });
    expect(seen).toEqual([]);
  });

  it('refuses a command that does not exist, also one that every object has', async () => {
    const { client } = connected();
    for (const name of ['rig.explode', 'toString', '__proto__']) {
      expect(await client.call(name as CommandName, {})).toMatchObject({ refusal: { code: 'invalid' } });
    }
  });

  it('turns a handler that throws into a refusal', async () => {
    const { client } = connected({
      stop: () => {
        throw new Error('broken');
      },
    });
    expect(await client.call('stop', {})).toMatchObject({ refusal: { code: 'failed', what: 'broken' } });
  });

  it('settles what waits when the connection ends', async () => {
    const { client, core } = connected({ stop: () => new Promise(() => {}) });
    const waiting = client.call('stop', {});
    core.dispose();
    expect(await waiting).toMatchObject({ refusal: { code: 'failed' } });
  });

  it('carries notices and bytes beside answers', async () => {
    const { client, core, notices, bytes } = connected();
    sendNotice(core, { notice: 'message', level: 'info', text: 'hello' });
    core.send(Uint8Array.of(1, 2));
    await client.call('stop', {});
    expect(notices).toEqual([{ notice: 'message', level: 'info', text: 'hello' }]);
    expect(bytes.map((message) => [...message])).toEqual([[1, 2]]);
  });
});
