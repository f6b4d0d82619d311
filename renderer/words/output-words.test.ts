import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { outputLines, outputSentence, readOutput } from './output-words.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');
const lines = (...given: Parameters<typeof readOutput>) => outputLines(readOutput(...given)).map(plainSpaces);
const sentence = (...given: Parameters<typeof readOutput>) => plainSpaces(outputSentence(readOutput(...given)));

function stimulating(outputMicroamps: number) {
  const status = rigStatus('recording', 'stimulating');
  Object.assign(status.interlock, { isOutputOn: true, outputMicroamps, outputConfirmedAgoMilliseconds: 20 });
  return status;
}

test('the output is told as measured, with the time since the device and since the message', () => {
  expect(lines(stimulating(4), 30)).toEqual(['output on, 4.00 µA measured', 'confirmed 0.05 s ago']);
  expect(lines(rigStatus('live', 'safe'), 0)).toEqual(['output off, 0.00 µA measured', 'confirmed 0.02 s ago']);
});

test('H44: what the device said is unknown as soon as its age and that of the message make more than a second', () => {
  expect(lines(stimulating(0), 980)[0]).toBe('output on, 0.00 µA measured');
  expect(lines(stimulating(0), 981)).toEqual(['output UNKNOWN', 'not confirmed for 1.00 s']);
  expect(sentence(stimulating(0), 3980)).toBe('UNKNOWN for 4.00 s: the stimulator has not been heard');
});

test('H44: a stimulator that the rig does not hear is unknown, however fresh the message', () => {
  for (const missing of [{ isOutputOn: null }, { outputMicroamps: null }]) {
    const status = stimulating(4);
    Object.assign(status.interlock, missing);
    expect(readOutput(status, 0).kind).toBe('unknown');
  }
});

test('of a stimulator without a lease it is told that nothing is measured, and for how long the switch here is believed', () => {
  const status = rigStatus('recording', 'stimulating');
  Object.assign(status.interlock, { isOutputOn: true, outputMicroamps: null, outputConfirmedAgoMilliseconds: 20 });
  status.interlock.presence.isDeadMan = true;
  expect(lines(status, 0)).toEqual(['output on, by hand only', 'switched here, nothing measured']);
  expect(lines(status, 981)[0]).toBe('output UNKNOWN');
  status.interlock.isOutputOn = false;
  expect(sentence(status, 0)).toBe('Output off: switched by this program; the stimulator measures nothing');
});

test('an age that is no number is not young', () => {
  const status = stimulating(0);
  status.interlock.outputConfirmedAgoMilliseconds = NaN;
  expect(readOutput(status, 0).kind).toBe('unknown');
});

test('without a connection nothing is confirmed, and after a trip the device is unknown', () => {
  expect(lines(rigStatus('idle', 'safe'), 0)[0]).toBe('nothing connected');
  expect(sentence(rigStatus('idle', 'tripped'), 0)).toBe('UNKNOWN: no stimulator is connected');
});

test('after a trip it is told whether the device is confirmed off', () => {
  expect(sentence(rigStatus('recording', 'tripped'), 0)).toBe('Confirmed off 0.02 s ago, 0.00 µA measured');
  expect(sentence(stimulating(4), 0)).toBe('Output ON, confirmed 0.02 s ago, 4.00 µA measured');
});
