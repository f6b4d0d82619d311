// Lowering limits for this session: one command for each limit, so that each is taken or refused in its own words. Runs in the page.
import type { RefusalCode } from '../../common/contract/refusals.ts';
import { electrodeLimits } from '../../common/limits/electrode-limits.ts';
import { ceilingOf, type LimitDeclaration } from '../../common/limits/limit-declaration.ts';
import { profileNames } from '../../common/limits/profile-name.ts';
import { electrodeName, quantity, sentence, shortHash } from '../words/format.ts';
import type { GiveCommand } from './give-command.ts';

export const tightenable = {
  amplitudeMaxMicroamps: { declaration: electrodeLimits.amplitudeMaxNanoamps, code: 'amplitude' },
  chargePerPhaseMaxNanocoulombs: {
    declaration: electrodeLimits.chargePerPhaseMaxFemtocoulombs,
    code: 'charge-per-phase',
  },
  rateMaxHz: { declaration: electrodeLimits.rateMaxMillihertz, code: 'electrode-rate' },
} as const satisfies Record<string, { declaration: LimitDeclaration; code: RefusalCode }>;

export type TightenableKey = keyof typeof tightenable;
export const tightenableKeys = Object.keys(tightenable) as TightenableKey[];

export interface TighteningResult {
  key: TightenableKey;
  isTaken: boolean;
  words: string;
}

/** Largest number that the contract takes, whatever the preparation: the rig decides about the rest. */
export function mostOf(key: TightenableKey): number {
  return Math.max(...profileNames.map((profile) => ceilingOf(tightenable[key].declaration, profile)));
}

export class Tightening {
  /** One electrode; undefined: all. */
  electrode = $state<number | undefined>();
  /** As typed; undefined: this limit stays. */
  values = $state<Record<TightenableKey, number | undefined>>({
    amplitudeMaxMicroamps: undefined,
    chargePerPhaseMaxNanocoulombs: undefined,
    rateMaxHz: undefined,
  });
  results = $state.raw<readonly TighteningResult[]>([]);
  isBusy = $state(false);
  readonly #call: GiveCommand;

  constructor(call: GiveCommand) {
    this.#call = call;
  }

  /** What is wrong with a typed number; '' when nothing is. */
  problem(key: TightenableKey): string {
    const value = this.values[key];
    const most = mostOf(key);
    if (value === undefined || (value >= 0 && value <= most)) return '';
    return `Write a number from 0 to ${quantity(most, tightenable[key].declaration.unit)}.`;
  }

  /** Why it cannot be asked for; '' when it can. */
  get reason(): string {
    if (tightenableKeys.every((key) => this.values[key] === undefined)) return 'Write a lower limit first.';
    return tightenableKeys.map((key) => this.problem(key)).find((problem) => problem !== '') ?? '';
  }

  /** Asks for every limit that was written; what was taken is cleared, what was refused stays to be corrected. */
  async apply(): Promise<void> {
    if (this.reason !== '' || this.isBusy) return;
    this.isBusy = true;
    const electrodes = this.electrode === undefined ? {} : { electrodes: [this.electrode] };
    const of = this.electrode === undefined ? 'all electrodes' : electrodeName(this.electrode);
    const results: TighteningResult[] = [];
    for (const key of tightenableKeys) {
      const value = this.values[key];
      if (value === undefined) continue;
      const { label, unit } = tightenable[key].declaration;
      const asked = `${label}, ${of}, ${quantity(value, unit)}`;
      const outcome = await this.#call('limits.tighten', { ...electrodes, electrode: { [key]: value } });
      if ('answer' in outcome) {
        results.push({
          key,
          isTaken: true,
          words: `${asked}: in force, limits ${shortHash(outcome.answer.limitsHash)}.`,
        });
        this.values[key] = undefined;
      } else {
        const { what, cure } = outcome.refusal;
        results.push({ key, isTaken: false, words: `${asked}: refused. ${sentence(what)} ${cure}` });
      }
    }
    this.results = results;
    this.isBusy = false;
  }
}
