// StimJim over its USB serial port: two isolated outputs, used as current sources, whose currents the device measures; runs in the main thread of a program of its own.
// Source of every line: open-ephys/stimjim, stimjimPulser/stimjimPulser.ino and lib/stimjim (commit d3ee6ad).
import type { ExactPulse } from './exact-pulse.ts';
import type { Reading, SerialLine } from './serial-line.ts';
import {
  outputModes,
  readExactly,
  readOffsets,
  readTrain,
  readTrainResult,
  type Stage,
  type Train,
  trainCommand,
} from './stimjim-text.ts';
import type { PulseReport, StimulatorProtocol } from './stimulator-protocol.ts';

const outputs = [0, 1] as const;
/** A train ends at the first look after its duration, which is one period after its only pulse. The report comes then. */
const trainMicroseconds = 100_000;
/** For the report of a train, ms. */
const reportMilliseconds = trainMicroseconds / 1000 + 900;

/** Its maker sees less than 20 in a healthy board, and 4096 in a broken one. */
const adcOffsetMax = 100;
/** The device looks for its zero between −100 and 99 steps, and finds none on a broken board. */
const dacOffsetMax = 100;

/** Ours: the converter's step is 0.85 µA, and the board's resistors are not exact. The maker's own test allows 50 µA of 2000. */
const toleranceMicroamps = 5;
const toleranceOfAmplitude = 0.05;

export class StimJim implements StimulatorProtocol {
  readonly name = 'StimJim';
  /** It tells no number. */
  readonly firmware = 'stimjimPulser';
  readonly range = {
    channels: outputs.length,
    stepMicroamps: 1,
    // Parts of a step of the converter, 0.1017 µA, are cut off towards zero after the offset was added: the same in both phases only
    // when both lie beyond the offset, which is at most 100 steps.
    stepsMin: 11,
    stepsMinReason: 'below it the device may round its phases differently',
    // 16 bits hold 3332 µA; what is above wraps to the other sign. The offset is added to it.
    stepsMax: 3300,
    gridMicroseconds: 1,
    phaseMicrosecondsMin: 20,
  };
  readonly stop = said('T-1', 'U-1', 'M0,3', 'M1,3');

  async identify(line: SerialLine): Promise<void> {
    const { adc, currentDac } = await line.ask(said('D'), asText(readOffsets));
    if (adc.some((offset) => !(Math.abs(offset) < adcOffsetMax)))
      throw line.end('device-unfit', `the StimJim reads ${adc.join(', ')} where its grounded outputs should read 0`);
    if (currentDac.some((offset) => !(Math.abs(offset) <= dacOffsetMax)))
      throw line.end('device-unfit', `the StimJim has found no zero of its current sources (${currentDac.join(', ')})`);
  }

  async clear(line: SerialLine): Promise<void> {
    for (const timer of ['T', 'U'])
      await line.ask(said(`${timer}-1`), asText(readExactly([`Forcing ${timer} train to stop`])));
    for (const output of outputs) {
      const { grounded } = outputModes;
      await line.ask(
        said(`M${output},${grounded}`),
        asText(readExactly([`Set channel ${output} to mode ${grounded}`])),
      );
      // The input starts nothing any more; it shows when its output is active, as it does when the device is turned on.
      const lines = [
        `Detaching interrupt to IN${output}`,
        `Programming IN${output} as output that indicates activity on output ${output}`,
      ];
      await line.ask(said(`R${output},-1,1`), asText(readExactly(lines)));
    }
    await this.upload(line, []);
  }

  async upload(line: SerialLine, prepared: readonly ExactPulse[]): Promise<void> {
    for (const train of trainsOf(prepared)) await line.ask(said(trainCommand(train)), asText(readTrain));
  }

  async difference(line: SerialLine, prepared: readonly ExactPulse[]): Promise<string | undefined> {
    for (const train of trainsOf(prepared)) {
      const wanted = trainCommand(train);
      const held = trainCommand(await line.ask(said(`S${train.index}`), asText(readTrain)));
      if (held !== wanted) return `holds ${held}, not ${wanted}`;
    }
    return undefined;
  }

  /** It has no knobs. */
  settle(): Promise<void> {
    return Promise.resolve();
  }

  async fire(line: SerialLine, pulse: ExactPulse): Promise<PulseReport> {
    const { index, stages } = trainOf(pulse.channel, pulse);
    const read = asText((text) => readTrainResult(text, stages.length));
    const result = await line.ask(said(`T${index}`), read, reportMilliseconds);
    if (result.index !== index || result.pulses !== 1)
      throw line.end(
        'not-delivered',
        `the StimJim says ${result.pulses} pulses of train ${result.index} instead of one of ${index}`,
      );
    const measured = result.measured.map((both) => both[index] ?? NaN);
    const tolerance = toleranceMicroamps + toleranceOfAmplitude * pulse.amplitudeMicroamps;
    const isAsPrepared = stages.every((stage, at) => Math.abs((measured[at] ?? NaN) - stage[index]) <= tolerance);
    if (!isAsPrepared)
      throw line.end(
        'delivered-otherwise',
        `the StimJim measured ${measured.join(', ')} µA where ${stages.map((stage) => stage[index]).join(', ')} µA were prepared`,
      );
    return { measuredMicroamps: [measured[0] ?? NaN, measured.at(-1) ?? NaN] };
  }
}

const trainsOf = (prepared: readonly ExactPulse[]) =>
  outputs.map((output) =>
    trainOf(
      output + 1,
      prepared.find(({ channel }) => channel === output + 1),
    ),
  );

/** Channel 1 is output 0 and train 0. Without a pulse a train has no stages, and starting it gives nothing. */
function trainOf(channel: number, pulse: ExactPulse | undefined): Train & { index: 0 | 1 } {
  const index = channel === 1 ? 0 : 1;
  const { current, grounded } = outputModes;
  const stage = (microamps: number, microseconds: number): Stage =>
    index === 0 ? [microamps, 0, microseconds] : [0, microamps, microseconds];
  const train = { index, periodMicroseconds: trainMicroseconds, durationMicroseconds: trainMicroseconds } as const;
  if (pulse === undefined) return { ...train, modes: [grounded, grounded], stages: [] };
  const { phaseMicroseconds, interphaseMicroseconds } = pulse;
  const first = pulse.leadingPhase === 'cathodic' ? -pulse.steps : pulse.steps;
  return {
    ...train,
    modes: index === 0 ? [current, grounded] : [grounded, current],
    stages: [
      stage(first, phaseMicroseconds),
      ...(interphaseMicroseconds > 0 ? [stage(0, interphaseMicroseconds)] : []),
      stage(-first, phaseMicroseconds),
    ],
  };
}

function said(...commands: string[]): Uint8Array {
  return Buffer.from(commands.map((command) => `${command}\n`).join(''), 'latin1');
}

const asText =
  <T>(read: (text: string) => Reading<T>) =>
  (bytes: Uint8Array): Reading<T> =>
    read(Buffer.from(bytes).toString('latin1'));
