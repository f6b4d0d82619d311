// Puts tables one after the other into one buffer; simulation process.

export interface Table {
  readonly start: number;
  readonly length: number;
}

export class TableWriter {
  readonly #places = new Map<Int32Array, Table>();
  #words = 0;

  /** @returns where the table is; one that several ask for is there once. */
  add(table: Int32Array): Table {
    let place = this.#places.get(table);
    if (place === undefined) {
      place = { start: this.#words, length: table.length };
      this.#places.set(table, place);
      this.#words += table.length;
    }
    return place;
  }

  all(): Int32Array {
    const all = new Int32Array(this.#words);
    for (const [table, { start }] of this.#places) all.set(table, start);
    return all;
  }
}
