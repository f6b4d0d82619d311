// Pieces of a recorded session that have been asked for: kept for a while, asked for a few at a time, taken back when nobody looks; used in the page and in reports.
import { Emitter } from '../../base/event.ts';

/** Columns of a piece. */
export const tileColumns = 1024;

/** Which piece: number `tile` of those that are `tileColumns` × `samplesPerColumn` samples long, of a block of electrodes. */
export interface TileName {
  samplesPerColumn: number;
  tile: number;
  block: number;
}

export interface TileLoader<T> {
  /** @returns undefined when it was refused or taken back. */
  load(name: TileName, ticket: number): Promise<T | undefined>;
  takeBack(ticket: number): void;
}

interface Kept<T> {
  value: T;
  /** Samples that the session had when it was asked for. */
  sessionSamples: number;
}

export interface TileLimits {
  kept: number;
  underway: number;
}

/** How much finer a piece may be that stands in for parts of another: 2 to this power. Finer ones take longer to draw than what is asked for does to come. */
const finerLevels = 1;

const keyOf = ({ samplesPerColumn, tile, block }: TileName) => `${samplesPerColumn}:${tile}:${block}`;
const halvesOf = ({ samplesPerColumn, tile, block }: TileName): TileName[] =>
  [2 * tile, 2 * tile + 1].map((half) => ({ samplesPerColumn: samplesPerColumn / 2, tile: half, block }));
const endOf = ({ samplesPerColumn, tile }: TileName) => (tile + 1) * tileColumns * samplesPerColumn;

/** The width of columns at which one to two of them fall on a pixel: a power of two. */
export function columnWidthFor(samplesPerPixel: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(samplesPerPixel)));
}

export class TileCache<T> {
  readonly #loader: TileLoader<T>;
  readonly #limits: TileLimits;
  readonly #kept = new Map<string, Kept<T>>();
  readonly #underway = new Map<string, { ticket: number; sessionSamples: number }>();
  readonly #nextTicket: () => number;
  readonly #onArrive = new Emitter<void>();
  readonly onArrive = this.#onArrive.event;
  #seen: readonly TileName[] = [];
  #near: readonly TileName[] = [];
  #sessionSamples = 0;

  constructor(loader: TileLoader<T>, nextTicket: () => number, limits: TileLimits) {
    this.#loader = loader;
    this.#nextTicket = nextTicket;
    this.#limits = limits;
  }

  /** Pieces that reach over the end that the session had are asked for again when it has grown. */
  set sessionSamples(samples: number) {
    this.#sessionSamples = samples;
  }

  /**
   * Asks for the first few that are missing, and takes back whatever else is under way: what is seen now never waits for what was
   * seen before.
   * @param seen the pieces to have, most urgent first. @param near asked for when nothing that is seen is missing.
   */
  want(seen: readonly TileName[], near: readonly TileName[] = []): void {
    this.#seen = seen;
    this.#near = near;
    const missing = this.#missing(seen);
    const urgent = new Map((missing.length > 0 ? missing : this.#missing(near)).map((name) => [keyOf(name), name]));
    for (const [key, { ticket }] of this.#underway) {
      if (urgent.has(key)) continue;
      this.#underway.delete(key);
      this.#loader.takeBack(ticket);
    }
    for (const [key, name] of urgent) if (!this.#underway.has(key)) void this.#ask(name);
    // What is wanted is forgotten last.
    for (const name of [...near, ...seen]) this.get(name);
  }

  /** Whether nothing that is seen is missing. */
  get isComplete(): boolean {
    return this.#seen.every((name) => !this.#isMissing(name));
  }

  get(name: TileName): T | undefined {
    const key = keyOf(name);
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    // What was looked at last is forgotten last.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  /** The piece itself, else the finest coarser one that holds its samples. */
  best(name: TileName): T | undefined {
    let { samplesPerColumn, tile } = name;
    for (;;) {
      const found = this.get({ samplesPerColumn, tile, block: name.block });
      // The piece that holds the whole session is the coarsest that there can be.
      if (found !== undefined || samplesPerColumn * tileColumns >= 2 * this.#sessionSamples) return found;
      samplesPerColumn *= 2;
      tile = Math.floor(tile / 2);
    }
  }

  /** What there is to draw a piece from, in order of time: itself, else finer ones where there are any, else a coarser one. */
  *standIns(name: TileName, levels = finerLevels): Generator<readonly [part: TileName, value: T]> {
    const own = this.get(name);
    if (own !== undefined) yield [name, own];
    else if (this.#hasFiner(name, levels)) for (const half of halvesOf(name)) yield* this.standIns(half, levels - 1);
    else {
      const coarser = this.best(name);
      if (coarser !== undefined) yield [name, coarser];
    }
  }

  #hasFiner(name: TileName, levels: number): boolean {
    if (levels === 0 || name.samplesPerColumn === 1) return false;
    return halvesOf(name).some((half) => this.#kept.has(keyOf(half)) || this.#hasFiner(half, levels - 1));
  }

  /** The first that are missing, as many as may be under way. */
  #missing(names: readonly TileName[]): TileName[] {
    const missing: TileName[] = [];
    for (const name of names) {
      if (missing.length === this.#limits.underway) break;
      if (this.#isMissing(name)) missing.push(name);
    }
    return missing;
  }

  #isMissing(name: TileName): boolean {
    const kept = this.#kept.get(keyOf(name));
    if (kept === undefined) return true;
    return endOf(name) > kept.sessionSamples && this.#sessionSamples > kept.sessionSamples;
  }

  async #ask(name: TileName): Promise<void> {
    const key = keyOf(name);
    const asked = { ticket: this.#nextTicket(), sessionSamples: this.#sessionSamples };
    this.#underway.set(key, asked);
    const value = await this.#loader.load(name, asked.ticket);
    // Taken back, and perhaps asked for again since.
    if (this.#underway.get(key) !== asked) return;
    this.#underway.delete(key);
    if (value === undefined) return;
    this.#kept.delete(key);
    this.#kept.set(key, { value, sessionSamples: asked.sessionSamples });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#limits.kept) break;
      this.#kept.delete(oldest);
    }
    this.want(this.#seen, this.#near);
    this.#onArrive.fire();
  }
}

/** The pieces of a window, and then their neighbours: those that a step aside or a zoom out will ask for. */
export function tilesOf(
  window: { fromSample: number; toSample: number; sessionSamples: number },
  samplesPerColumn: number,
  blocks: readonly number[],
): { seen: TileName[]; near: TileName[] } {
  const span = samplesPerColumn * tileColumns;
  const last = Math.max(0, Math.ceil(window.sessionSamples / span) - 1);
  // A window may reach over both ends of a session that is laid over another one.
  const within = (tile: number, most: number) => Math.max(0, Math.min(tile, most));
  const first = within(Math.floor(window.fromSample / span), last);
  const end = within(Math.floor(window.toSample / span), last);
  const at = (tile: number) => blocks.map((block) => ({ samplesPerColumn, tile, block }));
  const seen = Array.from({ length: end - first + 1 }, (_, index) => at(first + index)).flat();
  const aside = [end + 1, first - 1].filter((tile) => tile >= 0 && tile <= last).flatMap(at);
  const coarser = 4 * samplesPerColumn;
  const out = blocks.map((block) => ({
    samplesPerColumn: coarser,
    tile: within(Math.floor((window.fromSample + window.toSample) / 2 / (4 * span)), Math.floor(last / 4)),
    block,
  }));
  return { seen, near: [...aside, ...out] };
}
