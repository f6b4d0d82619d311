// Words for what is wrong with a file that is imported: file, place, what, cure; analysis process.
import { AnalysisFailure } from '../failure.ts';

const copyAgain = 'Copy the recording again from where it was made.';

/** @param place byte offset, or words such as "line 3". @param what without a full stop. */
export function badFile(file: string, place: number | string, what: string, cure = copyAgain): AnalysisFailure {
  return new AnalysisFailure(`${file}, ${typeof place === 'number' ? `byte ${place}` : place}: ${what}.`, cure);
}

/** The choice of one among several streams by name. @throws AnalysisFailure that lists the names. */
export function chooseStream<T>(
  file: string,
  streams: readonly T[],
  nameOf: (stream: T) => string,
  wanted: string | undefined,
): T {
  const [only] = streams;
  const names = streams.map((stream) => JSON.stringify(nameOf(stream))).join(', ');
  if (wanted !== undefined) {
    const found = streams.filter((stream) => nameOf(stream) === wanted);
    if (found.length === 1) return found[0]!;
    throw new AnalysisFailure(
      `${file} has ${found.length === 0 ? 'no' : 'more than one'} stream ${JSON.stringify(wanted)}.`,
      `It has ${names}.`,
    );
  }
  if (only === undefined)
    throw new AnalysisFailure(`${file} holds no continuous signal.`, 'Import a recording with samples.');
  if (streams.length > 1)
    throw new AnalysisFailure(
      `${file} holds ${streams.length} streams.`,
      `Name one with --stream: ${names.slice(0, 2000)}.`,
    );
  return only;
}
