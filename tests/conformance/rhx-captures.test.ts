// What the real RHX sent is read right, and the emulated RHX answers as the real one did.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { rhxChannelName } from '../../common/experiment/rhx-source.ts';
import { scaleOf, stimWord } from '../../main/rig/hardware/rhx/columns.ts';
import { RunMonitor } from '../../main/rig/hardware/rhx/run-monitor.ts';
import { type RhxSpike, SpikeParser } from '../../main/rig/hardware/rhx/spike-parser.ts';
import { WaveformParser } from '../../main/rig/hardware/rhx/waveform-parser.ts';
import { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'rhx');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(fixtures, name)));
const linesOf = (name: string) => readFileSync(join(fixtures, name), 'utf8').trimEnd().split('\n');

function parsed(words: number) {
  const starts: number[] = [];
  const events: string[] = [];
  const samples: number[] = [];
  const parser = new WaveformParser(words, {
    onBlock: ({ firstSample, words: all }) => {
      starts.push(firstSample);
      samples.push(...all);
    },
    onGap: (first, missing) => events.push(`gap ${first} ${missing}`),
    onRunBegins: () => events.push('run'),
    onDamage: (bytes) => events.push(`damage ${bytes}`),
    onLayoutChanged: (other) => events.push(`layout ${other}`),
  });
  const push = (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.length; from += 1460) parser.push(bytes.subarray(from, from + 1460));
    parser.settle();
  };
  /** The values of one column. */
  const column = (index: number) => samples.filter((_, at) => at % words === index);
  return { push, starts, events, column };
}

const sameAs = (count: number) => Array.from({ length: count }, (_, index) => index * 128);

describe('captured waveforms', () => {
  it('of an RHD controller with all signal types stand in their columns', () => {
    const { push, starts, events, column } = parsed(18);
    push(bytesOf('rhd20k-mixed.wave.bin'));
    expect(starts).toEqual(sameAs(15));
    expect(events).toEqual(['run']);
    expect(new Set([...column(8), ...column(9), ...column(10)])).toEqual(new Set([45_455]));
    expect(new Set(column(11))).toEqual(new Set([44_118]));
    // B-007 is A-007 in the demo.
    expect(column(12)).toEqual(column(5));
    const { factor, offset } = scaleOf({ channel: 'ANALOG-IN-1' });
    const volts = column(14).map((word) => factor * (word - offset));
    expect(Math.max(...volts)).toBeCloseTo(10.24, 1);
    expect(new Set(column(16).map((word) => word & 0xfff0))).toEqual(new Set([0]));
  });

  it('of an RHS controller have DC and STIM in their columns', () => {
    const { push, starts, column } = parsed(16);
    push(bytesOf('rhs30k-mixed.wave.bin'));
    expect(starts).toEqual(sameAs(15));
    expect(new Set(column(3))).toEqual(new Set([460]));
    for (const stim of [4, 7, 8, 11]) {
      expect(new Set(column(stim))).toEqual(new Set([0x0100]));
      expect(Math.abs(stimWord(column(stim)[0]!, 0.5).microamps)).toBe(0);
    }
    expect(new Set(column(13))).toEqual(new Set([32_768]));
  });

  it('of two runs on one connection begin anew', () => {
    const { push, starts, events } = parsed(4);
    push(bytesOf('rhd20k-run-first.wave.bin'));
    push(bytesOf('rhd20k-run-again.wave.bin'));
    expect(starts).toEqual([...sameAs(5), ...sameAs(5)]);
    expect(events).toEqual(['run', 'run']);
  });

  it('end where channels were switched in mid-run', () => {
    const added = parsed(4);
    added.push(bytesOf('rhd20k-channel-added.wave.bin'));
    expect(added.starts).toEqual([20_096, 20_224, 20_352]);
    expect(added.events).toEqual(['run', 'layout 5']);
    const removed = parsed(5);
    removed.push(bytesOf('rhd20k-channels-removed.wave.bin'));
    expect(removed.starts).toEqual([38_656, 38_784, 38_912]);
    expect(removed.events).toEqual(['run', 'layout 3']);
  });
});

describe('captured spikes', () => {
  it('are all read, in order of time', () => {
    const spikes: RhxSpike[] = [];
    const channels = Array.from({ length: 32 }, (_, index) => rhxChannelName('A', index));
    const parser = new SpikeParser(channels, (spike) => spikes.push(spike));
    parser.push(bytesOf('rhd20k-32ch.spike.bin'));
    parser.settle();
    expect(spikes).toHaveLength(464);
    expect(parser.skippedBytes).toBe(0);
    expect(new Set(spikes.map(({ id }) => id))).toEqual(new Set([1]));
    expect(spikes.map(({ sample }) => sample)).toEqual(spikes.map(({ sample }) => sample).toSorted((a, b) => a - b));
  });
});

describe.each([
  { name: 'rhd20k-32ch-b1-quiet', rate: 20_000 },
  { name: 'rhs30k-32ch-b10-quiet', rate: 30_000 },
])('the captured arrivals of $name', ({ name, rate }) => {
  const bursts = linesOf(`${name}.wave.idx.tsv`).map(
    (line) => line.split('\t').map(Number) as [number, number, number],
  );
  const monitor = new RunMonitor(rate);
  monitor.begin(bursts[0]![0]);
  const early: number[] = [];
  const found = new Set<string>();
  for (const [receivedNs, offset, length] of bursts) {
    const blocks = Math.floor((offset + length) / 8708);
    if (blocks === 0) continue;
    monitor.noteSamples(blocks * 128 - 1, receivedNs);
    for (const { code } of monitor.findings(receivedNs)) found.add(code);
    early.push((receivedNs - monitor.clock.expectedNs(blocks * 128 - 1)!) / 1e6);
  }

  it('are nothing that the monitor complains about, though they come in lumps', () => {
    expect(bursts.length).toBeGreaterThan(500);
    expect([...found]).toEqual([]);
  });

  it('lie above the line of the fitted clock, at the nominal rate to 0.1 percent', () => {
    expect(Math.min(...early)).toBeGreaterThanOrEqual(-1);
    expect(Math.abs(monitor.clock.rateHz(10)! / rate - 1)).toBeLessThan(0.001);
  });
});

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** Packets that were sent before anything came back, and all that came until the next. */
interface Exchange {
  /** What was sent within a millisecond is one packet to RHX. */
  readonly packets: string[];
  readonly answer: string;
}

function exchanges(name: string): Exchange[] {
  const found: { packets: string[]; answer: string; isOver: boolean; sentAt: number }[] = [];
  for (const line of linesOf(name)) {
    const [seconds, way, json = '""'] = line.split('\t');
    const text = JSON.parse(json) as string;
    const newest = found.at(-1);
    if (way === 'S>C') newest!.answer += text;
    if (way !== 'C>S') {
      if (newest !== undefined) newest.isOver = true;
      continue;
    }
    const sentAt = Number(seconds);
    if (newest === undefined || newest.isOver) found.push({ packets: [text], answer: '', isOver: false, sentAt });
    else if (sentAt - newest.sentAt < 0.001) newest.packets.push(newest.packets.pop()! + text);
    else newest.packets.push(text);
    found.at(-1)!.sentAt = sentAt;
  }
  return found;
}

/** Settings that the emulation has not, and what depends on the moment. */
const left =
  /reference|color|userorder|groupid|nativechannelname|customchannelname|synthetic|playback|testmode|expander|headstage|xpu|manualdelay|prefix|auxdigout|note1|bandwidth|fileformat|numberauxiliary|numbersupply|settingsfile|ampsettle|chargerecov|firstphaseamplitudevolts|(?:analog-out|digital-out).*(?:stim|phase)|filename|currenttime|livenotes/i;

describe.each([
  { name: 'rhd20k-commands', isStimulator: false, sampleRateHz: 20_000, compared: 144 },
  { name: 'rhs30k-commands', isStimulator: true, sampleRateHz: 30_000, compared: 113 },
])('the emulated RHX beside $name', ({ name, isStimulator, sampleRateHz, compared }) => {
  it('answers each packet as the real one did, to the letter', async () => {
    const rhx = store.add(
      await VirtualRhx.start({ isStimulator, sampleRateHz, amplifiers: [32, 32], stepMicroamps: 0.5 }),
    );
    rhx.settings.force('tcpwaveformdataoutputport', '5001');
    rhx.settings.force('tcpspikedataoutputport', '5002');
    const socket: Socket = connect({ host: '127.0.0.1', port: rhx.commandPort, noDelay: true });
    store.onDispose(() => socket.destroy());
    let text = '';
    socket.setEncoding('latin1').on('data', (part) => (text += String(part)));
    const differences: { sent: string; real: string; emulated: string }[] = [];
    let count = 0;
    const turns = async (most: number, isOver: () => boolean) => {
      for (let turn = 0; turn < most && !isOver(); turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    for (const { packets, answer } of exchanges(`${name}.session.tsv`)) {
      text = '';
      for (const packet of packets) {
        const before = rhx.packets.length;
        socket.write(packet, 'latin1');
        await turns(1000, () => rhx.packets.length > before);
      }
      // An upload of the demo is over before the next question.
      await turns(1000, () => text.length >= answer.length && rhx.settings.valueOf('uploadinprogress') === 'False');
      await turns(3, () => false);
      if (packets.some((packet) => left.test(packet))) continue;
      count++;
      if (text !== answer) differences.push({ sent: packets.join(' | '), real: answer, emulated: text });
    }
    expect(differences).toEqual([]);
    expect(count).toBe(compared);
  });
});
