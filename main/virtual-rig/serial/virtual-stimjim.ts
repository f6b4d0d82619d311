// An emulated StimJim with stimjimPulser: its commands, its trains and what its outputs give, with the rounding of its converters. Written after open-ephys/stimjim.
import { Emitter } from '../../../common/base/event.ts';
import type { VirtualSerialDevice, Waveform } from './virtual-serial-device.ts';

const trainCount = 100;
const stagesMax = 10;
const microampsPerCode = 0.1017;
const modeWords = ['Voltage output', 'Current output', 'No output (high-Z)', 'No output (grounded)'];

interface VirtualTrain {
  modes: [number, number];
  period: number;
  duration: number;
  stages: [number, number, number][];
}

export interface StimJimFaults {
  /** Prints only so many characters of each answer. */
  answerCharacters?: number;
  /** Printed before each answer. */
  noise?: string;
  /** Reading of a grounded output, in units of the converter. */
  adcOffset?: number;
  /** Zero of both current sources, in codes of the converter. */
  currentOffset?: number;
  /** An amplitude that a train does not take. */
  stuckMicroamps?: number;
  /** Current through the load by what was asked for: less than 1 where the voltage does not suffice. */
  throughLoad?: number;
  /** The train is over before its first pulse. */
  isLate?: boolean;
}

export class VirtualStimJim implements VirtualSerialDevice {
  readonly #bytes = new Emitter<Uint8Array>();
  readonly onBytes = this.#bytes.event;
  readonly #active = new Emitter<{ output: number; microseconds: number }>();
  /** The input of an output goes high now, for so long: it shows when the output is active. */
  readonly onActive = this.#active.event;
  readonly trains: VirtualTrain[] = Array.from({ length: trainCount }, () => ({
    modes: [3, 3],
    period: 10_000,
    duration: 500_000,
    stages: [],
  }));
  /** By input: the train that it starts; −1 is none. */
  readonly triggered = [-1, -1];
  /** What each output gave in each pulse: codes of its converter above its zero, and µs. */
  readonly played: { output: number; waveform: Waveform }[] = [];
  readonly outputModes = [3, 3];
  readonly stops = { T: 0, U: 0 };
  readonly faults: StimJimFaults = {};
  readonly #later: (milliseconds: number, then: () => void) => void;
  #line = '';

  /** @param later runs something after so many ms */
  constructor(later: (milliseconds: number, then: () => void) => void) {
    this.#later = later;
  }

  /** What it says when it is turned on. */
  boot(): void {
    this.#print('Booting StimJim on Teensy 3.5!\r\nInitializing triggers inputs...\r\n');
    this.#print(`${this.#offsets()}\r\nReady to go!\r\n\r\n\r\n`);
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== 10) {
        this.#line += String.fromCharCode(byte);
        continue;
      }
      const line = this.#line.replace(/\r$/, '');
      this.#line = '';
      this.#execute(line);
    }
  }

  #execute(line: string): void {
    const [first = '', ...rest] = line.slice(1).split(';');
    const numbers = first.split(',').map((text) => Number.parseInt(text, 10));
    const [a = 0, b = 0, c = 0] = numbers;
    const command = line[0];
    const needsTrain = command === 'S' ? a : command === 'R' ? b : command === 'T' || command === 'U' ? a : 0;
    if (needsTrain >= trainCount || (command === 'S' && a < 0)) return this.#print('Invalid PulseTrain index.\r\n');
    if (command === 'S') this.#set(a, numbers, rest);
    if (command === 'T' || command === 'U') {
      if (a >= 0) return this.#start(command, a);
      this.stops[command]++;
      this.#print(`Forcing ${command} train to stop\r\n`);
    }
    if (command === 'D') this.#print(`${this.#offsets()}\r\n`);
    if (command === 'M') {
      this.outputModes[a] = b;
      this.#print(`Set channel ${a} to mode ${b}\r\n`);
    }
    if (command === 'R') this.#attach(a, b, c !== 0);
  }

  #attach(input: number, train: number, isOutput: boolean): void {
    if (train >= 0 && !isOutput) {
      this.triggered[input] = train;
      return this.#print(`Attaching interrupt to IN${input} to run PulseTrain[${train}]\r\n`);
    }
    this.triggered[input] = -1;
    this.#print(`Detaching interrupt to IN${input}\r\n`);
    this.#print(`Programming IN${input} as output that indicates activity on output ${input}\r\n`);
  }

  #set(index: number, [, mode0, mode1, period, duration]: readonly number[], stages: readonly string[]): void {
    const train = this.trains[index]!;
    const mode = (value: number) => (value >= 0 && value <= 3 ? value : 3);
    if (mode0 !== undefined && mode1 !== undefined && period !== undefined && duration !== undefined) {
      Object.assign(train, { modes: [mode(mode0), mode(mode1)], period, duration, stages: [] });
      for (const text of stages.slice(0, stagesMax)) {
        const [output0, output1, microseconds] = text.split(',').map((it) => Number.parseInt(it, 10));
        if (output0 === undefined || output1 === undefined || microseconds === undefined) break;
        train.stages.push([this.faults.stuckMicroamps ?? output0, output1, microseconds]);
      }
    }
    this.#print(this.#parameters(index));
  }

  #parameters(index: number): string {
    const { modes, period, duration, stages } = this.trains[index]!;
    const rule = '-'.repeat(34);
    const unit = (output: number) => (modes[output] === 0 ? 'mV' : 'uA');
    const words = (channel: 0 | 1) => `  mode[ch${channel}]: ${modes[channel]} (${modeWords[modes[channel]]})\r\n`;
    const seconds = (microseconds: number) => (microseconds * 1e-6).toFixed(3);
    const rows = stages.map(
      ([output0, output1, microseconds], at) =>
        `   ${String(at).padStart(2)}  ${String(microseconds).padStart(7)} usec ${String(output0).padStart(8)}${unit(0)} ${String(output1).padStart(8)}${unit(1)}\r\n`,
    );
    return (
      `${rule}\r\nParameters for PulseTrain[${index}]\r\n${words(0)}${words(1)}` +
      `  period:    ${period} usec (${seconds(period)} sec, ${(1e6 / period).toFixed(3)} Hz)\r\n` +
      `  duration:  ${duration} usec (${seconds(duration)} sec)\r\n` +
      `\r\n  stage    duration     output0   output1\r\n${rows.join('')}${rule}\r\n\r\n\r\n`
    );
  }

  #start(timer: string, index: number): void {
    const train = this.trains[index]!;
    this.#print(`\r\nStarted ${timer} train with parameters of PulseTrain ${index}\r\n`);
    const pulses = this.faults.isLate ? 0 : Math.ceil(train.duration / train.period);
    const current = [0, 1].filter((output) => train.modes[output] === 1);
    for (const output of pulses > 0 && train.stages.length > 0 ? current : []) {
      this.played.push({ output, waveform: train.stages.map((stage) => this.#played(stage, output)) });
      const microseconds = train.stages.reduce((sum, [, , duration]) => sum + duration, 0);
      if (this.triggered[output] === -1) this.#active.fire({ output, microseconds });
    }
    this.#later((train.period * Math.max(pulses, 1)) / 1000, () => this.#print(this.#result(train, pulses)));
  }

  #played(stage: readonly number[], output: number): Waveform[number] {
    const { currentOffset: offset = 11 } = this.faults;
    return { level: Math.trunc((stage[output] ?? 0) / microampsPerCode + offset) - offset, duration: stage[2] ?? 0 };
  }

  #result({ modes, stages }: VirtualTrain, pulses: number): string {
    const { throughLoad = 1 } = this.faults;
    const measured = (stage: readonly number[], output: number) =>
      modes[output] === 1 && pulses > 0 ? Math.trunc((stage[output] ?? 0) * throughLoad) : 0;
    const cell = (stage: readonly number[], output: number) =>
      `${String(measured(stage, output)).padStart(6)}${modes[output] === 0 ? 'mV' : 'uA'},          `;
    const rows = stages.map((stage, at) => `Stage ${at}${cell(stage, 0)}${cell(stage, 1)}\r\n`);
    return `Train complete. Delivered ${pulses} pulses.\r\nCurrent/Voltage by stage: \r\n           Ch0                Ch1 \r\n${rows.join('')}`;
  }

  #offsets(): string {
    const { adcOffset = -11.03, currentOffset = 11 } = this.faults;
    const adc = `${adcOffset.toFixed(6)}, ${(-11.15).toFixed(6)}`;
    return `ADC offsets (+-2.5V): ${adc}\r\nADC offsets (+-10V): ${adc}\r\ncurrent offsets: ${currentOffset}, ${currentOffset}\r\nvoltage offsets: 0, 0\r\n`;
  }

  #print(text: string): void {
    const { noise = '', answerCharacters = Infinity } = this.faults;
    this.#bytes.fire(Buffer.from((noise + text).slice(0, answerCharacters), 'latin1'));
  }
}
