import { expect, test } from 'vitest';
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import type { GiveCommand } from './give-command.ts';
import { NetworkLook } from './network-look.svelte.ts';

const picture: NetworkPicture = {
  tick: 7,
  electrodes: 4,
  inputs: [],
  populations: [],
  projections: [],
  signals: [],
  readouts: [],
};

function look() {
  const time = new FakePageTime();
  const asked: unknown[] = [];
  const call = (command: string, request: unknown) => {
    asked.push([command, request]);
    return Promise.resolve({ answer: { done: true } });
  };
  return { time, asked, network: new NetworkLook(call as unknown as GiveCommand, time) };
}
const inspect = (network: boolean) => ['live.inspect', { network }];

test('samples are asked for while the view is open, and once', () => {
  const { asked, network } = look();
  network.look(false);
  expect(asked).toEqual([]);
  network.look(true);
  network.look(true);
  network.look(false);
  expect(asked).toEqual([inspect(true), inspect(false)]);
  network.dispose();
});

test('a fresh connection is told anew who looks', () => {
  const { asked, network } = look();
  network.look(true);
  network.begin(true);
  expect(asked).toEqual([inspect(true), inspect(true)]);
  network.begin(false);
  expect(asked.length).toBe(2);
  network.dispose();
});

test('the age is that of the newest sample, and of the waiting before the first', () => {
  const { time, network } = look();
  network.look(true);
  time.advance(1000);
  expect(network.ageMs).toBe(1000);
  network.take(picture);
  expect([network.picture, network.ageMs]).toEqual([picture, 0]);
  time.advance(500);
  expect(network.ageMs).toBe(500);
  network.dispose();
});

test('another network is not shown as the one before', () => {
  const { network } = look();
  network.take(picture);
  network.forget();
  expect(network.picture).toBeUndefined();
  network.dispose();
});
