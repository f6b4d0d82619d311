// Damaged answers are never believed to be others: what a parser accepts says, printed again, the same; and no session ends in anything but a named fault.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualPulsePal } from '../../../virtual-rig/serial/virtual-pulse-pal.ts';
import { VirtualStimJim } from '../../../virtual-rig/serial/virtual-stimjim.ts';
import type { VirtualSerialDevice } from '../../../virtual-rig/serial/virtual-serial-device.ts';
import { seededChoice } from '../seeded-damage.ts';
import { readAcknowledgement, readHandshake } from './pulse-pal.ts';
import { fileByteCount, firstDifference, programBytes } from './pulse-pal-program.ts';
import type { Reading } from './serial-line.ts';
import { codeOf, playTime, pulsePalBench, stimJimBench } from './serial.fixture.ts';
import { readExactly, readOffsets, readTrain, readTrainResult, trainCommand } from './stimjim-text.ts';

/** EXOCORTEX_PROPERTY_RUNS=250 damages a million answers. */
const runs = Number(process.env['EXOCORTEX_PROPERTY_RUNS'] ?? 1);
const damages = 4000 * runs;

type Choice = (n: number) => number;

/** Drops, repeats, inserts, overwrites or turns over bits of a few bytes. */
function damage(bytes: Uint8Array, choice: Choice): Uint8Array {
  const at = choice(bytes.length + 1);
  const end = Math.min(bytes.length, at + choice(8));
  const noise = Uint8Array.from({ length: 1 + choice(4) }, () => choice(256));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(end)];
  const between = [new Uint8Array(), bytes.subarray(at, end), noise, bytes.subarray(at, at)][choice(4)]!;
  const changed = Uint8Array.from(Buffer.concat([before, between, after]));
  for (let flips = choice(3); flips > 0 && changed.length > 0; flips--)
    changed[choice(changed.length)]! ^= 1 << choice(8);
  return changed;
}

/** What the device sends after `command`. */
function answerTo(device: VirtualSerialDevice, command: Uint8Array | string): Uint8Array {
  const parts: Uint8Array[] = [];
  const listening = device.onBytes((bytes) => parts.push(bytes));
  device.take(Buffer.from(command));
  listening.dispose();
  return Uint8Array.from(Buffer.concat(parts));
}

const stimJim = new VirtualStimJim((_milliseconds, then) => then());
const pulsePal = new VirtualPulsePal();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
/** Without what is only said again in other units. */
const withoutRemarks = (said: string) => said.replaceAll(/ usec \([^)]*\)/g, ' usec');

/** An answer of the device, and what is read of it, said again. */
interface Case {
  readonly answer: Uint8Array;
  read(bytes: Uint8Array): Reading<string>;
}

const again = <T>(reading: Reading<T>, say: (answer: T) => string): Reading<string> =>
  typeof reading === 'string' ? reading : { answer: say(reading.answer) };
const pairs = (values: readonly number[]) => [values.slice(0, 2), values.slice(2)].map((pair) => pair.join(', '));
const rowOf = (both: readonly number[], stage: number) =>
  `Stage ${stage}${both.map((value) => `${String(value).padStart(6)}uA,          `).join('')}\r\n`;
const grounded = 'Set channel 0 to mode 3';

const cases: Record<string, Case> = {
  'parameters of a StimJim': {
    answer: answerTo(stimJim, 'S0,1,3,100000,100000; -20,0,200; 0,0,100; 20,0,200\n'),
    read: (bytes) => again(readTrain(text(bytes)), (train) => text(answerTo(stimJim, `${trainCommand(train)}\n`))),
  },
  'results of a StimJim': {
    answer: answerTo(stimJim, 'T0\n'),
    read: (bytes) =>
      again(
        readTrainResult(text(bytes), 3),
        ({ index, pulses, measured }) =>
          `\r\nStarted T train with parameters of PulseTrain ${index}\r\nTrain complete. Delivered ${pulses} pulses.\r\n` +
          `Current/Voltage by stage: \r\n           Ch0                Ch1 \r\n${measured.map(rowOf).join('')}`,
      ),
  },
  'offsets of a StimJim': {
    answer: answerTo(stimJim, 'D\n'),
    read: (bytes) =>
      again(readOffsets(text(bytes)), ({ adc, currentDac }) => [...pairs(adc), currentDac.join(', ')].join(' and ')),
  },
  'lines of a StimJim': {
    answer: Buffer.from(`${grounded}\r\n`),
    read: (bytes) => again(readExactly([grounded])(text(bytes)), () => `${grounded}\r\n`),
  },
  'handshakes of a Pulse Pal': {
    answer: answerTo(pulsePal, Uint8Array.of(213, 72)),
    read: (bytes) =>
      again(readHandshake(bytes), (firmware) => {
        const same = Buffer.alloc(5, 75);
        same.writeUInt32LE(firmware, 1);
        return text(same);
      }),
  },
  'acknowledgements of a Pulse Pal': {
    answer: answerTo(pulsePal, Uint8Array.of(213, 82, 1, 0)),
    read: (bytes) => again(readAcknowledgement(bytes), () => '\u0001'),
  },
};

/** What of an answer is kept, where that is not all of it. */
const kept: Record<string, (bytes: Uint8Array) => string> = {
  'offsets of a StimJim': (bytes) =>
    text(bytes)
      .split('\r\n')
      .slice(0, 3)
      .map((line) =>
        line
          .slice(line.indexOf(': ') + 2)
          .split(', ')
          .map(Number)
          .join(', '),
      )
      .join(' and '),
};

describe.each(Object.entries(cases))('damaged %s', (name, { answer, read }) => {
  it('are refused, or say what stands in them', () => {
    const choice = seededChoice(7);
    const wrong: string[] = [];
    let accepted = 0;
    for (let damaged = 0; damaged < damages; damaged++) {
      const bytes = damage(answer, choice);
      const reading = read(bytes);
      if (typeof reading === 'string') continue;
      accepted++;
      const stands = kept[name]?.(bytes) ?? text(bytes);
      if (withoutRemarks(reading.answer) !== withoutRemarks(stands))
        wrong.push(`${stands}\nwas read as\n${reading.answer}`);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(accepted).toBeGreaterThan(0);
  });

  it('are awaited while they are only a beginning', () => {
    for (let length = 0; length < answer.length; length++) expect(read(answer.subarray(0, length))).toBe('incomplete');
    expect(read(answer)).toHaveProperty('answer');
  });
});

it('a file of a Pulse Pal that differs in some bits is never taken for what was sent', () => {
  const choice = seededChoice(7);
  answerTo(pulsePal, Uint8Array.of(213, 73, ...programBytes([])));
  const file = answerTo(pulsePal, Uint8Array.of(213, 90, 1, 5, ...Buffer.from('a.pps'), 213, 85));
  expect(file).toHaveLength(fileByteCount);
  expect(firstDifference([], file)).toBeUndefined();
  for (let damaged = 0; damaged < damages; damaged++) {
    const bytes = file.slice();
    // Never the same bit twice: that would mend it.
    const first = choice(8 * fileByteCount);
    for (let flips = 1 + choice(3); flips > 0; flips--) {
      const bit = (first + flips * 37) % (8 * fileByteCount);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(firstDifference([], bytes)).toMatch(/^holds \d+ as /);
  }
});

describe.each([
  ['Pulse Pal', pulsePalBench],
  ['StimJim', stimJimBench],
])('a session with a %s whose answers are damaged', (_name, bench) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends in a named fault or in what was asked for', async () => {
    playTime();
    const choice = seededChoice(11);
    const outcomes = new Map<string, number>();
    for (let session = 0; session < 100 * runs; session++) {
      const { device, port, open } = await bench();
      let left = choice(12);
      port.change = (bytes) => (left-- === 0 ? damage(bytes, choice) : bytes);
      const code = await codeOf(
        open().then(async (stimulator) => {
          await stimulator.prepare({
            channel: 1,
            leadingPhase: 'anodic',
            amplitudeMicroamps: 100,
            phaseMicroseconds: 200,
            interphaseMicroseconds: 0,
          });
          await stimulator.verify();
          await stimulator.fire(1, Infinity);
          stimulator.dispose();
          await stimulator.closed;
        }),
      );
      outcomes.set(code ?? 'fired', (outcomes.get(code ?? 'fired') ?? 0) + 1);
      if (code === undefined) expect(device.played).toHaveLength(1);
    }
    expect(outcomes.get('fired')).toBeGreaterThan(0);
    expect(outcomes.get('answer-not-understood')).toBeGreaterThan(0);
    expect(outcomes.get('half-answer')).toBeGreaterThan(0);
  });
});
