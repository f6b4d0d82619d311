import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { VirtualRhx } from '../../../virtual-rig/rhx/virtual-rhx.ts';
import { CommandLine } from './command-line.ts';
import { codeOf, host, shortTimes, startRhx } from './rhx.fixture.ts';
import { type RhxProblemCode, rhxProblemCodes, rhxProblemWords } from './rhx-problem.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** For what is not answered. */
const impatient = { ...shortTimes, answer: 200 };

async function connected(times = shortTimes): Promise<{ rhx: VirtualRhx; line: CommandLine; heard: string[] }> {
  const rhx = await startRhx(store);
  const line = store.add(await CommandLine.open(host, rhx.commandPort, times));
  const heard: string[] = [];
  line.onUnsolicited((text) => heard.push(text));
  return { rhx, line, heard };
}

describe('the command connection to RHX', () => {
  it('asks one thing at a time, each command alone in its packet between separators', async () => {
    const { rhx, line } = await connected();
    const answers = await Promise.all([
      line.get('type', 'text'),
      line.getNumber('sampleratehertz'),
      line.getRunMode(),
      line.getBoolean('a-001.enabled'),
      line.getNumber('currenttimestamp'),
      line.get('filename.basefilename', 'text'),
    ]);
    expect(answers).toEqual(['ControllerStimRecord', 30_000, 'Stop', true, -1, '']);
    for (const packet of rhx.packets) expect(packet).toMatch(/^;get [\w.-]+;$/);
    expect(rhx.packets).toHaveLength(6 + 4);
  });

  it('reads answers that come in pieces or late, and takes none for whole that may go on', async () => {
    const { rhx, line } = await connected();
    for (const characters of [1, 2, 7]) {
      rhx.faults.answerPieces = { characters, apart: 0 };
      expect(await line.getNumber('sampleratehertz')).toBe(30_000);
      expect(await line.get('version', 'text')).toBe('3.4.0');
      expect(await line.getRunMode()).toBe('Stop');
      expect(await codeOf(line.get('a-099.enabled', 'text'))).toBe('unknown-parameter');
      expect(await codeOf(line.getBoolean('a-099.enabled'))).toBe('unknown-parameter');
    }
    rhx.faults.answerPieces = { characters: 12, apart: 8 };
    expect(await line.getNumber('sampleratehertz')).toBe(30_000);
  });

  it('keeps apart what nobody asked for, in front of an answer and behind it', async () => {
    const { rhx, line, heard } = await connected();
    const flood = 'Board must be running in order to stop'.repeat(40);
    rhx.say(flood);
    expect(await line.getNumber('sampleratehertz')).toBe(30_000);
    const asking = line.getNumber('currenttimestamp');
    rhx.say(flood);
    expect(await asking).toBe(-1);
    expect(await line.getRunMode()).toBe('Stop');
    expect(heard.join('').length).toBe(2 * flood.length);
    await line.act('execute clearalldataoutputs');
  });

  it('confirms each setting by reading it back, numbers with their six digits', async () => {
    const { rhx, line } = await connected();
    await line.set('a-001.tcpdataoutputenabled', true, ['True', 'False']);
    await line.set('a-001.refractoryperiodmicroseconds', 1_000_000, 'number');
    await line.set('a-001.posttriggerdelaymicroseconds', 123_456.7, 'number');
    await line.set('a-001.firstphasedurationmicroseconds', 33.333_333_3, 'number');
    await line.set('a-001.source', 'keypressf1', 'text');
    expect(rhx.settings.valueOf('a-001.refractoryperiodmicroseconds')).toBe('1e+06');
    expect(rhx.settings.valueOf('a-001.posttriggerdelaymicroseconds')).toBe('123457');
    rhx.faults.keptParameter = 'a-002.tcpdataoutputenabled';
    expect(await codeOf(line.set('a-002.tcpdataoutputenabled', true, ['True', 'False']))).toBe('setting-not-taken');
    await expect(line.set('a-001.firstphaseamplitudemicroamps', 3000, 'number')).rejects.toThrow(
      'it says: Invalid value for FirstPhaseAmplitudeMicroAmps command. Acceptable: [ 0 , 2550 ]',
    );
  });

  it('passes on RHX’s own words when it refuses an action', async () => {
    const { rhx, line } = await connected();
    await expect(line.act('execute nosuch')).rejects.toThrow('Unrecognized action');
    await line.run();
    await expect(line.act('execute rescanports')).rejects.toThrow('RescanPorts cannot be executed while the board');
    await line.act('set runmode stop');
    expect(rhx.runMode).toBe('Stop');
  });

  it('sends `set runmode run` alone: nothing waits behind it', async () => {
    const { rhx, line } = await connected();
    const run = line.run();
    expect(await line.getRunMode()).toBe('Run');
    await run;
    expect(rhx.packets.find((packet) => packet.includes('run;'))).toBe(';set runmode run;');
  });

  it('never sends half a command, or one that changes what currents mean', async () => {
    const { rhx, line } = await connected();
    const never = ['set', 'set runmode', 'get', 'get a b', 'execute', 'set a b;set', 'set a b\nset c d', 'set µ 1'];
    for (const command of [
      ...never,
      `set a ${'x'.repeat(1000)}`,
      'set stimstepsizemicroamps 1',
      'set StimStepSizeMicroAmps 1',
    ])
      expect(await codeOf(line.act(command)), command).toBe('forbidden');
    expect(await codeOf(line.set('uploadinprogress', true, 'text'))).toBe('forbidden');
    expect(rhx.packets).toEqual([]);
    expect(rhx.isCrashed).toBe(false);
  });

  it('says after two silences whether RHX hears at all, and goes on when it does', async () => {
    const { rhx, line } = await connected(impatient);
    rhx.faults.isMute = true;
    await expect(line.getNumber('sampleratehertz')).rejects.toThrow('nor when asked for RunMode');
    rhx.faults.isMute = false;
    rhx.faults.answerDelay = 250;
    const late = line.getBoolean('a-001.enabled');
    setTimeout(() => delete rhx.faults.answerDelay, 210);
    expect(await codeOf(late)).toBe('no-answer');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await line.getNumber('sampleratehertz')).toBe(30_000);
  });

  it('says once that RHX is gone, and sends nothing after it', async () => {
    const { rhx, line } = await connected();
    const gone = new Promise<RhxProblemCode>((resolve) => line.onClosed(({ code }) => resolve(code)));
    const asking = codeOf(line.getNumber('sampleratehertz'));
    rhx.crash();
    expect(await gone).toBe('command-closed');
    expect(await asking).toBe('command-closed');
    expect(await codeOf(line.getRunMode())).toBe('command-closed');
  });

  it('tells which clicks RHX needs when nobody listens, and again after the one client has left', async () => {
    const { rhx, line } = await connected();
    const again = () => codeOf(CommandLine.open(host, rhx.commandPort, shortTimes));
    expect(await again()).toBe('not-listening');
    line.dispose();
    expect(await again()).toBe('not-listening');
    expect(rhxProblemWords['not-listening'].toDo).toContain('Network → Remote TCP Control and click Connect');
    await rhx.clickConnect();
    store.add(await CommandLine.open(host, rhx.commandPort, shortTimes));
  });

  it('takes literal addresses of one computer only', async () => {
    for (const address of ['localhost', '0.0.0.0', 'rig.lab', '', '127.1', '::1', '255.255.255.255'])
      expect(await codeOf(CommandLine.open(address, 5000)), address).toBe('not-a-literal-address');
  });

  it('gives up where something else answers', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));
    store.onDispose(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const line = store.add(await CommandLine.open(host, port, impatient));
    expect(await codeOf(line.get('type', 'text'))).toBe('no-answer');
  });
});

describe('what can be wrong with RHX', () => {
  it('has a title and something to do, each in words', () => {
    for (const code of rhxProblemCodes) {
      expect(rhxProblemWords[code].title, code).toMatch(/^[A-Z].{10,}[^.]$/);
      expect(rhxProblemWords[code].toDo, code).toMatch(/^[A-Z].{15,}\.$/);
    }
  });
});
