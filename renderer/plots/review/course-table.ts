// Sessions over time as comma-separated values: a line for each bin and quantity of each session, with its name; pure; used in the page.
import { csvCell } from '../plot-tables.ts';
import { type Course, secondsAt } from './course.ts';

/** `seconds` counts from the first session's start; `seconds_of_session` from that of the session itself. */
export function courseTable(courses: readonly Course[]): string[] {
  const parts = ['session,name,seconds,seconds_of_session,bin_seconds,quantity,value,unit\n'];
  const [first] = courses;
  if (first === undefined) return parts;
  for (const { session, scale, bins, lines } of courses) {
    const binSeconds = bins.samplesPerBin / scale.sampleRateHz;
    // What the session's own clock says at the first session's start.
    const shift = secondsAt(session, first.session, 0);
    for (const { key, unit, values } of lines)
      values.forEach((value, bin) => {
        if (!Number.isFinite(value)) return;
        const own = (bins.fromSample + bin * bins.samplesPerBin) / scale.sampleRateHz;
        const cells = [own - shift, own, binSeconds].map((seconds) => seconds.toFixed(6));
        const number = String(Number(value.toPrecision(9)));
        parts.push([session.letter, csvCell(session.name), ...cells, csvCell(key), number, unit].join(',') + '\n');
      });
  }
  return parts;
}
