// StimJim's commands and what it prints, line by line; pure. Source: open-ephys/stimjim, stimjimPulser.ino.
import { readLines } from './answer-lines.ts';
import type { Reading } from './serial-line.ts';

/** Of an output during a train. */
export const outputModes = { current: 1, grounded: 3 } as const;
const modeWords = ['Voltage output', 'Current output', 'No output (high-Z)', 'No output (grounded)'];

/** Amplitudes in µA (mV where an output gives voltages) of both outputs, and how long they last. */
export type Stage = readonly [output0: number, output1: number, microseconds: number];

/** A pulse train as the device holds it. */
export interface Train {
  readonly index: number;
  readonly modes: readonly [number, number];
  readonly periodMicroseconds: number;
  readonly durationMicroseconds: number;
  readonly stages: readonly Stage[];
}

/** What a train has done. */
export interface TrainResult {
  readonly index: number;
  readonly pulses: number;
  /** At the end of each stage, µA of both outputs. */
  readonly measured: readonly (readonly [number, number])[];
}

/** The device's own measurements of its zeros, in units of its converters. */
export interface Offsets {
  readonly adc: readonly number[];
  readonly currentDac: readonly number[];
}

const decimal = String.raw`(-?\d+(?:\.\d+)?)`;
const whole = String.raw`(0|-?[1-9]\d*)`;
const unit = '([um][AV])';
/** A number that is printed to so many characters at least, which ours never exceed, and what follows it. */
const column = (width: number, after: string) =>
  String.raw`(?=.{${width - 1}}\d${after.replaceAll(/[()]/g, '')}) *${whole}${after}`;
/** Of currents, and of what an output without any is said to give. */
const unitOf = (mode: number) => (mode === 0 ? 'mV' : 'uA');
const rule = /^-{34}$/;
const empty = /^$/;

/** @returns the command that stores a train; without stages nothing is given */
export function trainCommand({ index, modes, periodMicroseconds, durationMicroseconds, stages }: Train): string {
  const head = [index, ...modes, periodMicroseconds, durationMicroseconds].join(',');
  return `S${[head, ...stages.map((stage) => stage.join(','))].join('; ')}`;
}

/** The answer to `S`. */
export function readTrain(text: string): Reading<Train> {
  const mode = (channel: number) => new RegExp(String.raw`^  mode\[ch${channel}\]: ([0-3]) \((.*)\)$`);
  const lines = {
    head: [
      rule,
      new RegExp(String.raw`^Parameters for PulseTrain\[${whole}\]$`),
      mode(0),
      mode(1),
      new RegExp(String.raw`^ {2}period: {4}${whole} usec \([^)]*\)$`),
      new RegExp(String.raw`^ {2}duration: {2}${whole} usec \([^)]*\)$`),
      empty,
      /^ {2}stage {4}duration {5}output0 {3}output1$/,
    ],
    repeated: new RegExp(`^ {3}${column(2, ' {2}')}${column(7, ' usec ')}${column(8, unit)} ${column(8, unit)}$`),
    tail: [rule, empty, empty],
  };
  return readLines(text, lines, ({ head, repeated }) => {
    const modes = [Number(head(2)), Number(head(3))] as const;
    const isTrue =
      modes.every((value, channel) => modeWords[value] === head(2 + channel, 1)) &&
      repeated.every(
        ([stage, , , unit0, , unit1], at) =>
          Number(stage) === at && unit0 === unitOf(modes[0]) && unit1 === unitOf(modes[1]),
      );
    if (!isTrue) return undefined;
    return {
      index: Number(head(1)),
      modes,
      periodMicroseconds: Number(head(4)),
      durationMicroseconds: Number(head(5)),
      stages: repeated.map(([, microseconds, output0, , output1]) => [
        Number(output0),
        Number(output1),
        Number(microseconds),
      ]),
    };
  });
}

/** The answer to `T`, of a train without voltages: that it was started, and when it has ended, what it did. @param stages of the train */
export function readTrainResult(text: string, stages: number): Reading<TrainResult> {
  const lines = {
    head: [
      empty,
      new RegExp(`^Started T train with parameters of PulseTrain ${whole}$`),
      new RegExp(String.raw`^Train complete\. Delivered ${whole} pulses\.$`),
      /^Current\/Voltage by stage: $/,
      /^ {11}Ch0 {16}Ch1 $/,
    ],
    repeated: new RegExp(`^Stage (\\d)${column(6, 'uA, {10}')}${column(6, 'uA, {10}')}$`),
    count: stages,
  };
  return readLines(text, lines, ({ head, repeated }) => {
    if (!repeated.every(([stage], at) => Number(stage) === at)) return undefined;
    return {
      index: Number(head(1)),
      pulses: Number(head(2)),
      measured: repeated.map(([, output0, output1]) => [Number(output0), Number(output1)]),
    };
  });
}

/** The answer to `D`. */
export function readOffsets(text: string): Reading<Offsets> {
  const pair = (words: string) => new RegExp(`^${words}: ${decimal}, ${decimal}$`);
  const head = [
    pair(String.raw`ADC offsets \(\+-2\.5V\)`),
    pair(String.raw`ADC offsets \(\+-10V\)`),
    pair('current offsets'),
    pair('voltage offsets'),
    empty,
  ];
  return readLines(text, { head }, (found) => {
    const both = (line: number) => [Number(found.head(line)), Number(found.head(line, 1))];
    return { adc: [...both(0), ...both(1)], currentDac: both(2) };
  });
}

/** An answer of fixed lines, as the device ends them. */
export function readExactly(lines: readonly string[]): (text: string) => Reading<true> {
  const wanted = lines.map((line) => `${line}\r\n`).join('');
  return (text) => (text === wanted ? { answer: true } : wanted.startsWith(text) ? 'incomplete' : 'wrong');
}
