import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStationSettings } from './read-station-settings.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-station-'));
  file = join(folder, 'station.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const valid = { vendorId: 3141, productId: 29699, kind: 'stop' };

/** @returns every problem of such a file, as `what. cure`, without the file's path */
function problemsOf(content: unknown): string[] {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readStationSettings(file).problems.map(({ what, cure }) => `${what}. ${cure}`.replace(`${file}: `, ''));
}

describe('the settings of a station', () => {
  it('name no inputs when there is no file, or nothing in it', () => {
    expect(readStationSettings(file).settings).toEqual({ stopInputs: [], triggerInputs: [], hidRigs: [] });
    expect(problemsOf({})).toEqual([]);
  });

  it('name inputs with all their keys', () => {
    const full = {
      ...valid,
      serialNumber: 'A1',
      usagePage: 1,
      usage: 4,
      kind: 'stop-and-presence',
      mapping: { byte: 2, mask: 8, pressedWhen: 'clear' },
    };
    writeFileSync(file, `\uFEFF${JSON.stringify({ stopInputs: [valid, full] })}`);
    expect(readStationSettings(file)).toEqual({
      settings: { stopInputs: [valid, full], triggerInputs: [], hidRigs: [] },
      problems: [],
    });
  });

  it('are answered with every fault, its place and its cure', () => {
    const mapping = { byte: -1, mask: 0, pressedWhen: 'down' };
    const faulty = { vendorId: 70000, kind: 'halt', serialNumber: '', mapping };
    expect(problemsOf({ stopInputs: [valid, faulty] })).toEqual([
      'stopInputs[1].vendorId is 70000. Write a whole number from 1 to 65535',
      'stopInputs[1].productId is missing. Write a whole number from 0 to 65535',
      'stopInputs[1].serialNumber is "". Write a text that is not empty',
      'stopInputs[1].kind is "halt". Write "stop" or "presence" or "stop-and-presence"',
      'stopInputs[1].mapping.byte is -1. Write a whole number from 0 to 2047',
      'stopInputs[1].mapping.mask is 0. Write a whole number from 1 to 255',
      'stopInputs[1].mapping.pressedWhen is "down". Write "set" or "clear"',
    ]);
  });

  it('name trigger inputs, and say what is wrong with one and where', () => {
    const { kind: _, ...device } = valid;
    const light = { ...device, name: 'Light on', control: 'left pedal' };
    writeFileSync(file, JSON.stringify({ triggerInputs: [light, { ...light, control: 'right pedal' }] }));
    expect(readStationSettings(file).settings?.triggerInputs).toEqual([light, { ...light, control: 'right pedal' }]);
    expect(problemsOf({ triggerInputs: [light, { ...device, control: '' }, { ...light, kind: 'stop' }] })).toEqual([
      'triggerInputs[1].name is missing. Write a text of 1 to 60 characters',
      'triggerInputs[1].control is "". Write a text of 1 to 60 characters',
      "triggerInputs[2] has the unknown key 'kind'. The keys are vendorId, productId, serialNumber, usagePage, usage, name, control, mapping",
    ]);
    const { control: __, ...nameless } = light;
    const mapping = { byte: 2, mask: 1, pressedWhen: 'set' };
    expect(problemsOf({ triggerInputs: [light, nameless, { ...nameless, mapping }, light, nameless] })).toEqual([
      'triggerInputs[3].name is "Light on". Write a name, or a control, that no other trigger input has',
      'triggerInputs[4].name is "Light on". Write a name, or a control, that no other trigger input has',
    ]);
  });

  it('name the tokens of HID rigs, and say what is wrong with one without repeating it', () => {
    const rig = { serialNumber: 'rig-1', token: 'sixteen letters.' };
    writeFileSync(file, JSON.stringify({ hidRigs: [rig] }));
    expect(readStationSettings(file).settings).toEqual({ stopInputs: [], triggerInputs: [], hidRigs: [rig] });
    expect(problemsOf({ hidRigs: [{ serialNumber: 'rig-1', token: 'short secret' }, { token: 7 }] })).toEqual([
      "hidRigs[0].token is not shown. Write the token of the board's own settings, 16 to 38 characters",
      'hidRigs[1].serialNumber is missing. Write a text',
      "hidRigs[1].token is not shown. Write the token of the board's own settings, 16 to 38 characters",
    ]);
  });

  it.each(['0x0C45', '0c45'])('say what the hexadecimal number %s is in decimal', (vendorId) => {
    expect(problemsOf({ stopInputs: [{ ...valid, vendorId }] })).toEqual([
      `stopInputs[0].vendorId is "${vendorId}". Write 3141, the same number in decimal and without quotes`,
    ]);
  });

  it('are refused with a misspelt key, which would leave the station without its pedal', () => {
    expect(problemsOf({ stopInput: [valid] })).toEqual([
      "the file has the unknown key 'stopInput'. The keys are stopInputs, triggerInputs, hidRigs",
    ]);
    expect(problemsOf({ stopInputs: [{ ...valid, maping: {}, vendorID: 1 }] })).toEqual([
      "stopInputs[0] has the unknown keys 'maping' and 'vendorID'. The keys are vendorId, productId, serialNumber, usagePage, usage, kind, mapping",
    ]);
  });

  it('are refused when they are of another shape', () => {
    expect(problemsOf([])).toEqual(['the file is []. Write an object with stopInputs, triggerInputs, hidRigs']);
    expect(problemsOf({ stopInputs: valid })[0]).toMatch(/Write a list of inputs in \[ \]$/);
  });

  it('are refused with the words of the reader when they cannot be read', () => {
    expect(problemsOf('{ "stopInputs": [}')[0]).toMatch(/ is not JSON: .+\. Correct it there$/);
    expect(readStationSettings(folder).problems).toMatchObject([
      { code: 'settings', cure: 'Give this user the right to read it' },
    ]);
  });
});
