// Notices when a limit is nearly used up, and says so until somebody has seen it or it has been over for a while. Runs in the page.
import type { LimitUse, RigStatus } from '../../common/contract/rig-status.ts';
import type { PageTime } from '../time/page-time.ts';
import { highUseOf, limitName, useOf } from '../words/status-words.ts';

/** A use that moves up and down around the mark is one alarm, not many. */
const staysMs = 10_000;

const isRate = (code: LimitUse['code']) => code === 'electrode-rate' || code === 'total-rate';

export class LimitWatch {
  /** Limits that are, or were a moment ago, used beyond the mark and that nobody has seen; the highest first. */
  near = $state.raw<readonly LimitUse[]>([]);
  readonly #time: PageTime;
  /** By name: the use, and when it was last beyond the mark. */
  readonly #beyond = new Map<string, { use: LimitUse; lastMs: number }>();
  readonly #seen = new Set<string>();

  constructor(time: PageTime) {
    this.#time = time;
  }

  note({ session, interlock }: RigStatus): void {
    if (session.stage === 'idle' || session.stage === 'connecting') {
      this.#beyond.clear();
      this.#seen.clear();
    }
    const nowMs = this.#time.nowMs();
    // By hand, once a second at most: each pulse uses the rate up.
    const watched = interlock.limitUse.filter(({ code }) => !(interlock.presence.isDeadMan && isRate(code)));
    for (const use of watched)
      if (useOf(use) > highUseOf(use.code)) this.#beyond.set(limitName(use), { use, lastMs: nowMs });
    for (const [name, { lastMs }] of this.#beyond) {
      if (nowMs - lastMs < staysMs) continue;
      this.#beyond.delete(name);
      this.#seen.delete(name);
    }
    this.#show();
  }

  /** Somebody has seen them; each is told again only after it was over. */
  see(): void {
    for (const name of this.#beyond.keys()) this.#seen.add(name);
    this.#show();
  }

  #show(): void {
    const unseen = [...this.#beyond].filter(([name]) => !this.#seen.has(name)).map(([, { use }]) => use);
    if (unseen.length === 0 && this.near.length === 0) return;
    this.near = unseen.sort((a, b) => useOf(b) - useOf(a));
  }
}
