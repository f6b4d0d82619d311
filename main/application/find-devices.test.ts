import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StopInputsReport } from '../../common/contract/stop-inputs.ts';
import { sourceSchema } from '../../common/experiment/source.ts';
import { type FindOptions, findDevices, type FindSystem } from './find-devices.ts';
import { openEphysAddress } from './recording-programs.ts';

let stationFolder: string;
beforeEach(() => {
  stationFolder = mkdtempSync(join(tmpdir(), 'exocortex-station-'));
});
afterEach(() => rmSync(stationFolder, { recursive: true }));

const token = '0123456789abcdef';
const settings = (content: object) => writeFileSync(join(stationFolder, 'station.json'), JSON.stringify(content));
const rig = (path: string, serialNumber?: string) => ({
  path,
  ...(serialNumber === undefined ? {} : { serialNumber }),
  ...{ product: 'Exocortex HID rig 64', vendorId: 1, productId: 2, reportBytes: 64 },
});

async function list(system: Partial<FindSystem> = {}, more: Partial<FindOptions> = {}) {
  const finder = findDevices({
    platform: { programsFolder: '', applicationFolder: '/opt/exocortex', stationFolder },
    sources: () => Promise.resolve([]),
    stopInputs: () => undefined,
    isQuiet: () => true,
    answerMilliseconds: 5000,
    system: {
      hidRigs: () => Promise.resolve([]),
      serialStimulators: () => Promise.resolve([]),
      mayOpen: () => Promise.resolve(true),
      ...system,
    },
    ...more,
  });
  const { devices, faults } = await finder.list();
  return { devices: devices.filter(({ kind }) => kind !== 'virtual-rig'), faults };
}

test('the virtual rig is always there', async () => {
  const finder = findDevices({
    platform: { programsFolder: '', applicationFolder: '', stationFolder },
    sources: () => Promise.resolve([]),
    stopInputs: () => undefined,
    isQuiet: () => false,
    answerMilliseconds: 5000,
  });
  expect((await finder.list()).devices).toMatchObject([{ kind: 'virtual-rig', capability: 'L3', condition: 'ready' }]);
});

test('a HID rig with its right and its token is ready', async () => {
  settings({ hidRigs: [{ serialNumber: 'A1', token }] });
  const { devices } = await list({ hidRigs: () => Promise.resolve([rig('/devices/rig3', 'A1')]) });
  expect(devices).toEqual([
    {
      kind: 'hid-rig',
      ...{ name: 'Exocortex HID rig 64', path: '/devices/rig3', vendorId: 1, productId: 2, serialNumber: 'A1' },
      ...{ capability: 'L3', condition: 'ready', problems: [] },
    },
  ]);
});

test('a device file that this user may not open names the rules that give the right, and where they lie', async () => {
  settings({ hidRigs: [{ serialNumber: 'A1', token }] });
  const { devices } = await list({
    hidRigs: () => Promise.resolve([rig('/devices/rig3', 'A1')]),
    serialStimulators: () =>
      Promise.resolve([{ path: '/devices/board0', vendorId: 3, productId: 4, protocol: 'stimjim' } as const]),
    mayOpen: () => Promise.resolve(false),
  });
  expect(devices).toHaveLength(2);
  for (const { condition, problems, path } of devices) {
    expect(condition).toBe('unusable');
    expect(problems).toEqual([
      {
        what: `This user has no right to open ${path}.`,
        toDo: expect.stringContaining('/opt/exocortex/resources/udev/60-exocortex.rules') as unknown,
      },
    ]);
  }
});

test('a rig without a token, without a serial number, or with that of another says what to write and where', async () => {
  const problemsOf = async (...rigs: ReturnType<typeof rig>[]) =>
    (await list({ hidRigs: () => Promise.resolve(rigs) })).devices.map(({ condition, problems }) => {
      expect(condition).toBe('unusable');
      return problems.map(({ what, toDo }) => `${what} ${toDo}`).join();
    });
  expect(await problemsOf(rig('1', 'A1'))).toEqual([
    `${join(stationFolder, 'station.json')} holds no token of HID rig A1. Write {"hidRigs":[{"serialNumber":"A1","token":"as in its board-settings.h"}]} into it.`,
  ]);
  expect((await problemsOf(rig('1')))[0]).toMatch(/shows no serial number/);
  settings({ hidRigs: [{ serialNumber: 'A1', token }] });
  for (const words of await problemsOf(rig('1', 'A1'), rig('2', 'A1')))
    expect(words).toMatch(/^2 rigs have the serial number A1/);
});

test('a system that cannot list a kind is a fault of that kind and of no other', async () => {
  const { devices, faults } = await list({
    hidRigs: () => Promise.resolve({ code: 'enumeration-stalled', message: 'listing took more than 15000 ms' }),
    serialStimulators: () => Promise.resolve({ code: 'unsupported', message: 'there is no udevadm' }),
  });
  expect(devices).toEqual([]);
  expect(faults).toMatchObject([
    { kind: 'hid-rig', code: 'enumeration-stalled', message: 'Listing took more than 15000 ms.' },
    { kind: 'serial-stimulator', code: 'unsupported', message: 'There is no udevadm.' },
  ]);
});

test('a controller behind RHX is named once and not asked; one that holds stimuli is of class L1', async () => {
  const [recorder, stimulator] = (['rhd', 'rhs'] as const).map((controller) =>
    sourceSchema.parse({
      ...{ kind: 'intan-rhx', controller, sampleRateHz: 30_000, channels: ['A-000'], host: '10.0.0.7' },
    }),
  );
  const { devices } = await list({}, { sources: () => Promise.resolve([recorder!, recorder!, stimulator!]) });
  const rhx = { kind: 'intan-rhx', path: '10.0.0.7:5000', condition: 'not-asked' };
  expect(devices).toMatchObject([
    { ...rhx, name: 'Intan RHD controller behind RHX' },
    { ...rhx, name: 'Intan RHS controller behind RHX', capability: 'L1' },
  ]);
  expect(devices[0]).not.toHaveProperty('capability');
});

const openEphys = (httpPort: number) => {
  const source = sourceSchema.parse({ kind: 'open-ephys', channels: 1, sampleRateHz: 30_000, httpPort });
  if (source.kind !== 'open-ephys') throw new Error('the schema reads another kind');
  return source;
};

test('the Open Ephys GUI says what it does; what else answers, or nothing, is said', async () => {
  const server = createServer((_, response) => response.end('{"mode":"ACQUIRE"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const there = await openEphysAddress(openEphys(port));
  await new Promise((resolve) => server.close(resolve));
  expect(there).toMatchObject({ name: 'Open Ephys GUI, acquiring', condition: 'ready', problems: [] });
  expect(await openEphysAddress(openEphys(port))).toMatchObject({
    condition: 'absent',
    problems: [{ what: expect.stringMatching(/^Nothing answers at 127\.0\.0\.1:\d+ \(.*ECONNREFUSED/) as unknown }],
  });
  expect(await openEphysAddress(openEphys(port), () => Promise.resolve('<html>'))).toMatchObject({
    condition: 'unusable',
    problems: [{ what: expect.stringContaining('is not the Open Ephys GUI') as unknown }],
  });
});

const report = (more: Partial<StopInputsReport['inputs'][number]>): StopInputsReport => ({
  inputs: [{ name: 'FootSwitch', kind: 'stop', isOpen: true, reading: 'none', presses: 0, ...more }],
  problems: [],
});

test('stop inputs say whether they are there and whether anybody has tried them', async () => {
  const of = async (what: StopInputsReport) => (await list({}, { stopInputs: () => what })).devices[0];
  expect(await of(report({ presses: 2 }))).toMatchObject({ name: 'FootSwitch, stop input', condition: 'ready' });
  expect((await of(report({ presses: 2 })))?.problems).toEqual([]);
  expect(await of(report({}))).toMatchObject({
    condition: 'ready',
    problems: [{ toDo: 'Press it once, and look again.' }],
  });
  const problem = { code: 'not-found', what: 'no HID device with vendor 1', cure: 'Plug it in' } as const;
  expect(await of(report({ isOpen: false, problem }))).toMatchObject({
    condition: 'absent',
    problems: [{ what: 'No HID device with vendor 1.', toDo: 'Plug it in.' }],
  });
});

test('where no thread hears them, the settings say which stop inputs there should be, or what is wrong there', async () => {
  settings({ stopInputs: [{ vendorId: 5, productId: 6, kind: 'presence' }] });
  expect((await list()).devices).toMatchObject([{ kind: 'stop-input', vendorId: 5, condition: 'not-asked' }]);
  settings({ triggerInputs: [{ vendorId: 5, productId: 7, name: 'Light on' }] });
  expect((await list()).devices).toMatchObject([
    { name: 'HID device of station.json, trigger input', productId: 7, condition: 'not-asked' },
  ]);
  settings({ stopInputs: 7 });
  expect((await list()).faults).toMatchObject([{ kind: 'stop-input', code: 'settings' }]);
});
