import { afterEach, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import { deliveredAcknowledgement } from '../acknowledgement.fixture.ts';
import type { Acknowledgement, EnableOrder, PulseCommand, SampleBlock } from '../device.ts';
import { deviceIdentity } from '../device-identity.fixture.ts';
import { offStatus } from '../device-status.fixture.ts';
import { answerBlocks } from './answer-blocks.ts';

let owner = new DisposableStore();

afterEach(() => {
  owner.dispose();
  owner = new DisposableStore();
});

/** A board that the test plays. @param change of what it says of its output once that is on */
function played(change: { isOutputOn?: boolean; isDry?: boolean } = {}) {
  const [blocks, acknowledgements] = [new Emitter<SampleBlock>(), new Emitter<Acknowledgement>()];
  const orders: EnableOrder[] = [];
  const asked: PulseCommand[] = [];
  const stopped: number[] = [];
  let isSent = true;
  const status = { ...offStatus(), receivedNs: 0 };
  const parts = {
    reader: { onBlock: blocks.event, identity: deviceIdentity() },
    writer: {
      status,
      onAcknowledgement: acknowledgements.event,
      enable(order: EnableOrder) {
        orders.push(order);
        return Promise.resolve({ ...status, isOutputOn: true, isDry: order.isDry, ...change });
      },
    },
    keepAlive: { renew: () => {}, stop: (session: number) => void stopped.push(session) },
    ask(command: PulseCommand) {
      asked.push(command);
      return isSent;
    },
    nowNs: () => 5e9,
    random: () => 0.5,
  };
  return {
    ...{ parts, orders, asked, stopped },
    refuse: () => void (isSent = false),
    block: () =>
      blocks.fire({
        ...{ firstSample: 0, sampleCount: 1, channels: 1, samples: new Int16Array(1) },
        ...{ acquiredNs: 0, deviceMicroseconds: 1000 },
      }),
    acknowledge: () => acknowledgements.fire(deliveredAcknowledgement({ startMicroseconds: 1400, receivedNs: 6e9 })),
  };
}

it('H84: turns the output on with an open relay, asks for one pulse at a time, and stops it', async () => {
  const { parts, orders, asked, stopped, block, acknowledge } = played();
  const times = await answerBlocks(parts, owner);
  expect(orders).toMatchObject([{ isDry: true }]);
  block();
  block();
  acknowledge();
  block();
  expect(asked.map(({ sequence, expiryNs }) => [sequence, expiryNs])).toEqual([
    [1, 5.4e9],
    [2, 5.4e9],
  ]);
  expect(times.latency()?.pulses).toEqual({ delivered: 1 });
  owner.dispose();
  expect(stopped).toEqual([orders[0]!.session]);
});

it.each([
  ['does not turn its output on', { isOutputOn: false }],
  ['has closed its relay', { isDry: false }],
])('H84: asks for nothing of a board that %s, and stops it', async (words, change) => {
  const { parts, asked, stopped, block } = played(change);
  await expect(answerBlocks(parts, owner)).rejects.toThrow(words);
  block();
  expect(asked).toEqual([]);
  owner.dispose();
  expect(stopped).toHaveLength(1);
});

it('counts what the gate has not sent, and goes on', async () => {
  const { parts, asked, refuse, block, acknowledge } = played();
  const times = await answerBlocks(parts, owner);
  block();
  acknowledge();
  refuse();
  block();
  block();
  expect(asked).toHaveLength(3);
  expect(times.latency()?.pulses).toEqual({ delivered: 1, 'not sent': 2 });
});
