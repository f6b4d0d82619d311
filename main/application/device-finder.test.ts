import { expect, test } from 'vitest';
import type { FoundDevice } from '../../common/contract/devices.ts';
import { type Asked, DeviceFinder, type FinderOptions, type KindToFind } from './device-finder.ts';

const found = (kind: FoundDevice['kind']): FoundDevice => ({
  kind,
  name: kind,
  path: '',
  condition: 'ready',
  problems: [],
});

const kind = (name: FoundDevice['kind'], ask: () => Promise<Asked>, canStall = true): KindToFind => ({
  kind: name,
  words: `${name}s`,
  canStall,
  ask,
});

const finder = (kinds: KindToFind[], more: Partial<FinderOptions> = {}) =>
  new DeviceFinder({ kinds, isQuiet: () => true, answerMilliseconds: 20, ...more });

test('a kind that stalls is said to stall, and hides no other; it is not asked a second time beside', async () => {
  let asked = 0;
  let answer: (devices: Asked) => void = () => {};
  const stalling = () => {
    asked++;
    return new Promise<Asked>((resolve) => (answer = resolve));
  };
  const devices = finder([
    kind('hid-rig', stalling),
    kind('virtual-rig', () => Promise.resolve([found('virtual-rig')])),
  ]);
  const first = await devices.list();
  expect(first.devices.map((each) => each.kind)).toEqual(['virtual-rig']);
  expect(first.faults).toMatchObject([
    {
      kind: 'hid-rig',
      code: 'enumeration-stalled',
      message: expect.stringContaining('has not listed the hid-rigs in 0.02 s') as unknown,
    },
  ]);
  expect((await devices.list()).faults).toHaveLength(1);
  expect(asked).toBe(1);
  const third = devices.list();
  answer([found('hid-rig')]);
  expect((await third).devices.map((each) => each.kind)).toEqual(['hid-rig', 'virtual-rig']);
  void devices.list();
  expect(asked).toBe(2);
  answer([]);
});

test('nothing that can stall is listed while the rig may stimulate', async () => {
  const asked: string[] = [];
  const note = (name: FoundDevice['kind'], canStall: boolean) =>
    kind(
      name,
      () => {
        asked.push(name);
        return Promise.resolve([found(name)]);
      },
      canStall,
    );
  const devices = finder([note('hid-rig', true), note('stop-input', false)], { isQuiet: () => false });
  expect(await devices.list()).toMatchObject({
    devices: [{ kind: 'stop-input' }],
    faults: [{ kind: 'hid-rig', code: 'not-now', toDo: 'Turn the output off, and look again.' }],
  });
  expect(asked).toEqual(['stop-input']);
});

test('a listing that fails is a fault of its kind, in words', async () => {
  const devices = finder([kind('serial-stimulator', () => Promise.reject(new Error('no udev')))]);
  expect(await devices.list()).toMatchObject({
    devices: [],
    faults: [{ code: 'enumeration-failed', message: 'The serial-stimulators cannot be listed: no udev.' }],
  });
});
