// Lists of electrodes as people write them: `0-15, 20`; used by the main process.

/** @returns `0–15, 20`, in order, each electrode once. */
export function electrodeSpans(electrodes: readonly (number | undefined)[]): string {
  const sorted = [...new Set(electrodes)].filter((electrode) => electrode !== undefined).sort((a, b) => a - b);
  const spans: [first: number, last: number][] = [];
  for (const electrode of sorted) {
    const open = spans.at(-1);
    if (open !== undefined && open[1] === electrode - 1) open[1] = electrode;
    else spans.push([electrode, electrode]);
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

/** Reads `0-15,20`, with hyphens or dashes. @returns undefined for what is no list of electrodes from 0 to 4095. */
export function parseElectrodes(text: string): number[] | undefined {
  const electrodes = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?$/.exec(part);
    if (match === null) return undefined;
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (last < first || last > 4095) return undefined;
    for (let electrode = first; electrode <= last; electrode++) electrodes.add(electrode);
  }
  return [...electrodes].sort((a, b) => a - b);
}
