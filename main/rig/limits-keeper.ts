// Keeps the limits in force of a connected rig: combined, hashed, tightened, and looked at again every second. Rig thread.
import { createHash } from 'node:crypto';
import { assert } from '../../common/base/assert.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { type LimitsHash, limitsHashFromHex } from '../../common/device-protocol/limits-hash.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { type DeviceShape, isTighterOrEqual, limitsOf } from '../../common/limits/limits-of.ts';
import { type SessionTightening, tighteningLayer } from '../../common/limits/session-tightening.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import { plainLimits } from '../../common/limits/plain-limits.ts';
import type { LimitsRecord } from '../../common/journal/session-documents.ts';

const lookAgainEveryNs = 1e9;

/** SHA-256 of the limits' plain form; its keys are in a fixed order and its numbers are whole. */
function hashOf(limits: LimitsInForce): string {
  return createHash('sha256')
    .update(JSON.stringify(plainLimits(limits)))
    .digest('hex');
}

export class LimitsKeeper {
  readonly #checked: CheckedExperiment;
  readonly #device: DeviceShape;
  /** Tightenings of this session, oldest first. */
  readonly #session: SessionTightening[] = [];
  #inForce: LimitsInForce;
  #hash: string;
  #lookedNs = -Infinity;

  constructor(checked: CheckedExperiment, device: DeviceShape) {
    this.#checked = checked;
    this.#device = device;
    this.#inForce = limitsOf(checked, device, []);
    this.#hash = hashOf(this.#inForce);
  }

  get inForce(): LimitsInForce {
    return this.#inForce;
  }

  /** Of this session, oldest first. */
  get tightenings(): readonly SessionTightening[] {
    return this.#session;
  }

  /** SHA-256 in hexadecimal. */
  get hash(): string {
    return this.#hash;
  }

  /** Its first eight bytes, as commands and acknowledgements carry it. */
  get wireHash(): LimitsHash {
    return limitsHashFromHex(this.#hash);
  }

  get record(): LimitsRecord {
    return { hash: this.#hash, profile: this.#inForce.profile, limits: plainLimits(this.#inForce) };
  }

  /** Adds a tightening. @returns the new limits in force, or undefined when it would change nothing: what is looser never counts. */
  tighten(tightening: SessionTightening): LimitsInForce | undefined {
    const electrodes = [...this.#inForce.electrodes.keys()];
    const layers = [...this.#session, tightening].map((each) => tighteningLayer(each, electrodes));
    const limits = limitsOf(this.#checked, this.#device, layers);
    const hash = hashOf(limits);
    if (hash === this.#hash) return undefined;
    assert(isTighterOrEqual(limits, this.#inForce), 'a further layer only tightens');
    this.#session.push(tightening);
    this.#inForce = limits;
    this.#hash = hash;
    return limits;
  }

  /** Once a second: are the limits in memory still those that were hashed? */
  check(nowNs: number): Fault | undefined {
    if (nowNs - this.#lookedNs < lookAgainEveryNs) return undefined;
    this.#lookedNs = nowNs;
    if (hashOf(this.#inForce) === this.#hash) return undefined;
    return { code: 'integrity', message: 'The limits in memory are not those that were put in force.' };
  }
}
