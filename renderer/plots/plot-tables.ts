// The data of plots as comma-separated values with units in the headings; used in the page.
import type { LiveBuffers } from './live-buffers.ts';
import type { TraceBuffer } from './trace-buffer.ts';

/** Bins per part of a table: parts keep single strings short. */
const binsPerPart = 2_000;

/** Words as a cell: quoted where they hold what separates cells. */
export const csvCell = (words: string) => (/[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);

/** Columns under a heading; one string per part. Values that are not finite are left empty. */
export function columnsTable(
  headings: readonly string[],
  columns: readonly ArrayLike<number | null | undefined>[],
): string[] {
  const parts = [`${headings.join(',')}\n`];
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    const cells = columns.map((column) => {
      const value = column[row];
      return typeof value === 'number' && Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';
    });
    parts.push(`${cells.join(',')}\n`);
  }
  return parts;
}

/** Minimum and maximum of each bin and electrode, µV, between two stream times; lost bins are left out. */
export function tracesTable(traces: TraceBuffer, fromSeconds: number, toSeconds: number): string[] {
  const electrodes = [...Array(traces.channels).keys()];
  const headings = electrodes.map((electrode) => `E${electrode}_min_microvolts,E${electrode}_max_microvolts`);
  const parts = [`seconds,${headings.join(',')}\n`];
  const first = Math.max(traces.firstBin, Math.floor(fromSeconds / traces.binSeconds));
  const end = Math.min(traces.endBin, Math.ceil(toSeconds / traces.binSeconds));
  const microvolts = (count: number) => Math.round(count * traces.microvoltsPerCount * 100) / 100;
  for (let start = first; start < end; start += binsPerPart) {
    let part = '';
    for (let bin = start; bin < Math.min(start + binsPerPart, end); bin++) {
      if (traces.isMissing(bin)) continue;
      const place = traces.offsetOf(bin);
      part += (bin * traces.binSeconds).toFixed(6);
      for (const electrode of electrodes)
        part += `,${microvolts(traces.min[place + electrode]!)},${microvolts(traces.max[place + electrode]!)}`;
      part += '\n';
    }
    parts.push(part);
  }
  return parts;
}

/** Spikes of the simulated population between two stream times. */
export function neuronSpikesTable({ neuronSpikes }: LiveBuffers, fromSeconds: number, toSeconds: number): string[] {
  const parts = ['seconds,neuron\n'];
  for (let spike = neuronSpikes.firstAtOrAfter(fromSeconds); spike < neuronSpikes.end; spike++) {
    const seconds = neuronSpikes.secondsAt(spike);
    if (seconds < toSeconds) parts.push(`${seconds.toFixed(6)},${neuronSpikes.idAt(spike)}\n`);
  }
  return parts;
}
