// The firmware's core and the virtual rig's code answer the same messages with the same bytes, whatever is wrong with them.
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { seal, type Seals } from '../../common/device-protocol/envelope.ts';
import { readReport } from '../../common/device-protocol/hid-report.ts';
import {
  enableLayout,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  pulseLayout,
  renewLayout,
  type Role,
  roles,
  stopLayout,
} from '../../common/device-protocol/messages.ts';
import { ReportWriter } from '../../common/device-protocol/report-line.ts';
import { hostSeals } from '../../main/rig/hardware/seals.ts';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { HostBoard } from '../support/host-board.ts';
import { type Answer, ReferenceBoard } from '../support/reference-board.ts';
import { Dice } from '../faults/seeded.ts';

const built = buildHostBoard();
if ('reason' in built) console.warn(`The board's core is not compared with the virtual rig: ${built.reason}.`);

const token = 'token of a comparison';
/** So long that every message of a host fits into one. */
const reportBytes = 256;
const steps = 400;
const sequences = 50;

let board: HostBoard | undefined;
afterEach(async () => {
  board?.dispose();
  await board?.ended;
});

/** Messages that both sides know, with what a careless, slow or hostile host would write into them. */
class RandomHost {
  readonly #dice: Dice;
  readonly #seals = hostSeals(token);
  readonly #forger = hostSeals('not the token');
  #session = 0;
  #sequence = 0;
  now = 1_000_000;

  constructor(seed: number) {
    this.#dice = new Dice(seed);
  }

  below(limit: number): number {
    return this.#dice.whole(0, limit - 1);
  }

  pick<T>(...values: readonly T[]): T {
    return this.#dice.pick(values);
  }

  /** Moves time on: a little, to the edges of leases and rates, or far. */
  pass(): void {
    this.now += this.pick(0, 0, 1, 100, 500, 500, 1999, 2000, 2000, 4999, 5000, this.pick(20_000, 100_000, 1_100_000));
  }

  hello(role: Role): Uint8Array {
    const isBad = this.below(8) === 0;
    const header = {
      magic: isBad ? this.pick(protocolMagic, 1) : protocolMagic,
      version: isBad ? this.pick(protocolVersion, 2) : protocolVersion,
      role: isBad ? this.below(256) : roles.indexOf(role),
    };
    const presented = isBad ? this.pick(token, 'token', 'token of a comparisoN') : token;
    return seal(messageTypes.hello, helloLayout.encode(header, new TextEncoder().encode(presented)), this.#seals);
  }

  frame(role: Role): Uint8Array {
    const [type, body] = this.#message(this.below(20) === 0 ? this.pick(...roles) : role);
    const damage = this.below(60);
    const seals: Seals = damage === 0 ? this.#forger : this.#seals;
    // A body of other bytes, or of another length, in an envelope that is right.
    if (damage === 1 && body.length > 0) body[this.below(body.length)] = this.below(256);
    const frame = seal(type, damage === 2 ? body.subarray(0, this.below(body.length)) : body, seals);
    // Damaged behind the length.
    if (damage === 3) frame[4 + this.below(frame.length - 4)]! ^= 1 << this.below(8);
    return frame;
  }

  /** What a client of the role may say; now and then what nobody may. */
  #message(role: Role): [type: number, body: Uint8Array] {
    const { enable, renew, pulse, stop, start, selfTest } = messageTypes;
    const ofRole = {
      data: [start],
      control: [enable, selfTest, ...Array.from({ length: 12 }, () => pulse)],
      watchdog: [...Array.from({ length: 12 }, () => renew), stop],
    } as const;
    switch (this.below(40) === 0 ? 200 : this.pick<number>(...ofRole[role])) {
      case enable:
        return [enable, this.#enable()];
      case renew: {
        const leaseExpiryMicroseconds = this.now + this.pick(0, 1, 50_000, 100_000, 100_001);
        return [renew, renewLayout.encode({ session: this.#someSession(), leaseExpiryMicroseconds })];
      }
      case pulse:
        return [pulse, this.#pulse()];
      case stop:
        return [stop, stopLayout.encode({ session: this.pick(0, this.#session, this.#session + 1) })];
      case start:
        return [start, new Uint8Array(this.pick(0, 0, 1))];
      case selfTest:
        return [selfTest, new Uint8Array(this.pick(0, 0, 1))];
      default:
        return [200, new Uint8Array(this.below(40))];
    }
  }

  #enable(): Uint8Array {
    this.#session += this.pick(0, 1, 1, 1, 1, 1, 5);
    this.#sequence = 0;
    const leaseMicroseconds = this.pick(100_000, 100_000, 1_000_000, 1_000_000, 1_000_001);
    return enableLayout.encode({
      session: this.#session,
      leaseExpiryMicroseconds:
        this.now + this.pick(leaseMicroseconds, leaseMicroseconds, leaseMicroseconds, leaseMicroseconds + 1, 0, 1),
      leaseMicroseconds,
      limitsHashHigh: 1,
      limitsHashLow: 2,
      isDry: this.pick(0, 0, 1),
    });
  }

  #pulse(): Uint8Array {
    this.#sequence += this.pick(0, 1, 1, 1, 1, 1, 3);
    const firstNanoamps = this.pick(-1, 1) * this.pick(5000, 5000, 5000, 100_000, this.pick(100_001, 0));
    const firstMicroseconds = this.pick(200, 200, 200, 100, 1000, this.pick(1001, 0));
    return pulseLayout.encode({
      session: this.#someSession(),
      sequence: this.#sequence,
      expiryMicroseconds: this.now + this.pick(20_000, 20_000, 20_000, 20_000, 0, -1),
      electrode: this.pick(0, 1, 2, 3, 14, 15, this.pick(16, 65_535)),
      firstNanoamps,
      firstMicroseconds,
      interphaseMicroseconds: this.pick(0, 50, 50, 100, this.pick(100, 101)),
      secondNanoamps: -firstNanoamps + this.pick(0, 0, 0, 0, 0, 0, 0, 1),
      secondMicroseconds: firstMicroseconds,
      limitsHashHigh: 1,
      limitsHashLow: this.pick(2, 2, 2, 2, 2, 2, 2, 3),
    });
  }

  #someSession(): number {
    return this.pick(this.#session, this.#session, this.#session, this.#session - 1 < 0 ? 0 : this.#session - 1);
  }
}

/** Texts in which a device tells of itself differ. */
const own: ReadonlySet<number> = new Set([messageTypes.identity, messageTypes.selfTestReport]);

function described({ channel, connection, frame }: Answer): string {
  const type = frame[4]!;
  return `${channel} ${connection} ${type} ${own.has(type) ? '' : Buffer.from(frame).toString('hex')}`;
}

describe.runIf('path' in built)("the firmware's core beside the virtual rig", () => {
  it(`answers ${sequences * steps} random messages with the same bytes`, { timeout: 120_000 }, async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= sequences; seed++) {
      const program = 'path' in built ? built.path : '';
      board = new HostBoard({ program, mode: 'stepped', reportBytes, serialNumber: 'A', token });
      const answers = collect(board);
      const reference = new ReferenceBoard(token);
      const host = new RandomHost(seed);
      const lines = new Map<Role, { connection: number; writer: ReportWriter }>();
      let connections = 0;
      const asked: Promise<Answer[]>[] = [];
      const expected: Answer[][] = [];
      const ask = (answer: Promise<Answer[]>) => {
        asked.push(answer);
        expected.push(reference.takeAnswers());
      };
      for (let step = 0; step < steps; step++) {
        host.pass();
        board.time(host.now);
        reference.time = host.now;
        ask(answers.next());
        const role = host.pick('data', 'control', 'control', 'control', 'watchdog');
        let line = lines.get(role);
        const isHello = line === undefined || host.below(reference.isOpen(role) ? 80 : 2) === 0;
        if (line === undefined || isHello) {
          const connection = connections++ % 256;
          line = { connection, writer: new ReportWriter({ channel: role, connection, reportBytes, checksum: crc32 }) };
          lines.set(role, line);
        }
        const frame = isHello ? host.hello(role) : host.frame(role);
        const [report] = line.writer.frame(frame);
        board.report(report!);
        reference.take(role, line.connection, frame);
        ask(answers.next());
      }
      const given = await Promise.all(asked);
      for (const [step, frames] of given.entries()) {
        expect(frames.map(described), `seed ${seed}, record ${step}`).toEqual(expected[step]!.map(described));
        for (const { frame } of frames) {
          const what = frame[4] === messageTypes.acknowledgement ? `outcome ${frame[5 + 12]}` : `message ${frame[4]}`;
          outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
        }
      }
      board.dispose();
      await board.ended;
    }
    // A comparison in which nothing happens shows nothing.
    for (const outcome of [0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 17])
      expect(outcomes.get(`outcome ${outcome}`), `outcome ${outcome}`).toBeGreaterThan(0);
    for (const type of ['identity', 'status', 'closing', 'selfTestReport', 'rejected'] as const)
      expect(outcomes.get(`message ${messageTypes[type]}`), type).toBeGreaterThan(0);
  });
});

/** The answers to one record after the other, put together from reports. */
function collect(source: HostBoard): { next(): Promise<Answer[]> } {
  const parts = new Map<Role, Uint8Array[]>();
  const waiting: ((answers: Answer[]) => void)[] = [];
  let answers: Answer[] = [];
  source.onReport = (bytes) => {
    const { channel, connection, isFirst, isLast, payload } = readReport(bytes, crc32)!;
    const arriving = isFirst ? [] : parts.get(channel)!;
    arriving.push(payload.slice());
    parts.set(channel, arriving);
    if (isLast) answers.push({ channel, connection, frame: Buffer.concat(arriving) });
  };
  source.onDone = () => {
    waiting.shift()!(answers);
    answers = [];
  };
  return { next: () => new Promise((resolve) => waiting.push(resolve)) };
}
