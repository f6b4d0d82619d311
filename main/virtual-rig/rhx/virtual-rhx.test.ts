import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../common/base/disposable.ts';
import { encodeBlock } from './stream-source.ts';
import { VirtualRhx, type VirtualRhxOptions } from './virtual-rhx.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const options: VirtualRhxOptions = { isStimulator: false, sampleRateHz: 30_000, amplifiers: [32], stepMicroamps: 1 };

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come about in 5 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    store.onDispose(() => socket.destroy());
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
    socket.on('error', () => {});
  });
}

async function started(change: Partial<VirtualRhxOptions> = {}) {
  const rhx = store.add(await VirtualRhx.start({ ...options, ...change }));
  const socket = await dial(rhx.commandPort);
  let text = '';
  socket.setEncoding('latin1').on('data', (part) => (text += String(part)));
  const send = async (packet: string) => {
    const before = rhx.packets.length;
    socket.write(packet);
    await until(() => rhx.packets.length > before);
  };
  const ask = async (packet: string) => {
    text = '';
    await send(packet);
    await until(() => text !== '');
    return text;
  };
  const openWaveforms = async () => {
    await send('execute connecttcpwaveformdataoutput');
    await until(() => rhx.settings.valueOf('tcpwaveformdataoutputconnectionstatus') === 'Pending');
    const data = await dial(Number(rhx.settings.valueOf('tcpwaveformdataoutputport')));
    await until(() => rhx.settings.valueOf('tcpwaveformdataoutputconnectionstatus') === 'Connected');
    return data;
  };
  return { rhx, socket, send, ask, openWaveforms, heard: () => text };
}

describe('the emulated RHX', () => {
  it('ends, with all its connections, at a bare set', async () => {
    const { rhx, socket } = await started();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('set');
    await closed;
    expect(rhx.isCrashed).toBe(true);
  });

  it('takes one command client, and after it nobody until somebody clicks Connect', async () => {
    const { rhx, socket } = await started();
    await expect(dial(rhx.commandPort)).rejects.toThrow('ECONNREFUSED');
    socket.destroy();
    await expect(dial(rhx.commandPort)).rejects.toThrow('ECONNREFUSED');
    await rhx.clickConnect();
    await dial(rhx.commandPort);
  });

  it('goes on where it was when a run comes too soon after a stop', async () => {
    const { rhx, send } = await started();
    await send('set runmode run');
    await until(() => rhx.currentTimestamp > 3000);
    await send('set runmode stop;set runmode run');
    expect(rhx.currentTimestamp).toBeGreaterThan(3000);
    await send('set runmode stop');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await send('set runmode run');
    expect(rhx.currentTimestamp).toBeLessThan(3000);
  });

  it('says Pending, Connected and Disconnected of a data port, takes one client and sends whole writes', async () => {
    const { rhx, send, ask, openWaveforms } = await started();
    await send('set a-000.tcpdataoutputenabled true;set tcpnumberdatablocksperwrite 5');
    const data = await openWaveforms();
    await expect(dial(Number(rhx.settings.valueOf('tcpwaveformdataoutputport')))).rejects.toThrow('ECONNREFUSED');
    let bytes = Buffer.alloc(0);
    data.on('data', (part: Buffer) => (bytes = Buffer.concat([bytes, part])));
    await send('set runmode run');
    await until(() => bytes.length >= 10 * 772);
    expect(bytes.length % (5 * 772)).toBe(0);
    expect(new Uint8Array(bytes.subarray(772, 2 * 772))).toEqual(encodeBlock(1, (sample) => 128 + sample));
    expect(await ask('set tcpnumberdatablocksperwrite 1')).toBe(
      'TCPNumberDataBlocksPerWrite cannot be set while controller is running.',
    );
    data.destroy();
    await until(() => rhx.settings.valueOf('tcpwaveformdataoutputconnectionstatus') === 'Disconnected');
    expect(rhx.runMode).toBe('Run');
  });

  it('stops by itself, with a flood, when a client has not read for some 40 s of its time', async () => {
    const { rhx, send, openWaveforms, heard } = await started({ speed: 40 });
    const all = Array.from({ length: 32 }, (_, index) => `a-${String(index).padStart(3, '0')}`);
    for (const channel of all)
      for (const band of ['', 'low', 'high']) rhx.settings.force(`${channel}.tcpdataoutputenabled${band}`, 'True');
    const data = await openWaveforms();
    data.pause();
    await send('set runmode run');
    await until(() => rhx.runMode === 'Stop');
    await until(() => heard().includes('stopBoard must be running in order to stop'));
    expect(rhx.currentTimestamp).toBe(-1);
  });

  it('replays captured bytes in their bursts', async () => {
    const bytes = new Uint8Array([...encodeBlock(1, (sample) => sample), ...encodeBlock(1, (sample) => 128 + sample)]);
    const bursts = [
      { atMilliseconds: 1, offset: 0, length: 1000 },
      { atMilliseconds: 30, offset: 1000, length: bytes.length - 1000 },
    ];
    const { send, openWaveforms } = await started({ captured: { waveform: { bytes, bursts } } });
    const data = await openWaveforms();
    const parts: Buffer[] = [];
    data.on('data', (part: Buffer) => parts.push(part));
    await send('set runmode run');
    await until(() => Buffer.concat(parts).length === bytes.length);
    expect(parts.length).toBeGreaterThan(1);
    expect(new Uint8Array(Buffer.concat(parts))).toEqual(bytes);
  });
});
