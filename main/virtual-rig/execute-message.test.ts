import { describe, expect, it } from 'vitest';
import { encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  enableLayout,
  messageTypes,
  pulseLayout,
  renewLayout,
  requestBlocksLayout,
  type Role,
  roles,
} from '../../common/device-protocol/messages.ts';
import { type DeviceCommands, execute } from './execute-message.ts';
import { enableMessage, pulseMessage } from './stimulator.fixture.ts';

const empty = new Uint8Array(0);
const renewal = renewLayout.encode({ session: 1, leaseExpiryMicroseconds: 2 });

/** A whole body for each message that an admitted client may send, and the only role that may. */
const permitted: Record<string, { role: Role; type: number; body: Uint8Array }> = {
  start: { role: 'data', type: messageTypes.start, body: empty },
  requestBlocks: { role: 'data', type: messageTypes.requestBlocks, body: requestBlocksLayout.encode({ count: 3 }) },
  enable: { role: 'control', type: messageTypes.enable, body: enableLayout.encode(enableMessage()) },
  pulse: { role: 'control', type: messageTypes.pulse, body: pulseLayout.encode(pulseMessage()) },
  selfTest: { role: 'control', type: messageTypes.selfTest, body: empty },
  injectFault: {
    role: 'control',
    type: messageTypes.injectFault,
    body: encodeJson({ fault: 'reboot' }),
  },
  renew: { role: 'watchdog', type: messageTypes.renew, body: renewal },
};

/** What the device was asked to do, and what it answered with. */
function executed(role: Role, type: number, body: Uint8Array) {
  const calls: string[] = [];
  const note = (name: string) => () => void calls.push(name);
  const device: DeviceCommands = {
    start: note('start'),
    requestBlocks: note('requestBlocks'),
    enable: note('enable'),
    renew: note('renew'),
    pulse: note('pulse'),
    injectFault: note('injectFault'),
    selfTest() {
      calls.push('selfTest');
      return undefined;
    },
  };
  return { rejection: execute(device, role, type, body, { send: note('answer') }), calls };
}

describe('a message of an admitted client', () => {
  it('is executed for the one role that may send it, and for no other', () => {
    for (const [name, { role, type, body }] of Object.entries(permitted)) {
      for (const sender of roles) {
        const { rejection, calls } = executed(sender, type, body);
        expect(calls, `${name} from ${sender}`).toEqual(sender === role ? [name] : []);
        if (sender !== role) expect(rejection, `${name} from ${sender}`).toBe('not-permitted');
      }
    }
  });

  it('is executed for nobody when no client may send its type, whatever its body would be for another', () => {
    const known = new Set(Object.values(permitted).map(({ type }) => type));
    for (let type = 0; type <= 255; type++) {
      if (known.has(type)) continue;
      for (const role of roles) {
        for (const { body } of Object.values(permitted))
          expect(executed(role, type, body)).toEqual({ rejection: 'not-permitted', calls: [] });
      }
    }
  });

  it('H18: is not executed when its body is one byte shorter or longer', () => {
    for (const [name, { role, type, body }] of Object.entries(permitted)) {
      const longer = Uint8Array.from([...body, 0]);
      expect(executed(role, type, longer), `longer ${name}`).toEqual({ rejection: 'unreadable', calls: [] });
      if (body.length === 0) continue;
      const shorter = body.subarray(0, -1);
      expect(executed(role, type, shorter), `shorter ${name}`).toEqual({ rejection: 'unreadable', calls: [] });
    }
  });

  it('turns nothing on when it does not say clearly whether the relay is to be open', () => {
    for (const [isDry, calls] of [
      [0, ['enable']],
      [1, ['enable']],
      [2, []],
      [255, []],
    ] as const) {
      const body = enableLayout.encode(enableMessage({ isDry }));
      expect(executed('control', messageTypes.enable, body).calls, `isDry ${isDry}`).toEqual(calls);
    }
  });

  it('is rejected for now when the device does not test itself at the moment', () => {
    expect(executed('control', messageTypes.selfTest, empty).rejection).toBe('not-now');
  });
});
