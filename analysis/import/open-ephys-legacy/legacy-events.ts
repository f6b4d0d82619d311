// Edges and messages of a recording in the older Open Ephys format; analysis process.
import { basename, join } from 'node:path';
import { badFile } from '../bad-file.ts';
import type { RecordingEvent } from '../recording-reader.ts';
import { isFile, readSmallText, SourceFile } from '../source-file.ts';
import { headerBytes, isOpenEphysHeader } from './continuous-file.ts';

const recordBytes = 16;
const recordsAtOnce = 4096;
const ttlType = 3;

/** @param prefix of the stream's files: "100_example-data". @returns files of edges and of messages that are there. */
export async function findLegacyEvents(folder: string, prefix: string): Promise<{ edges?: string; messages?: string }> {
  const found = async (...names: string[]) => {
    for (const name of names) if (await isFile(join(folder, name))) return join(folder, name);
    return undefined;
  };
  const edges = await found(`${prefix}.events`, 'all_channels.events');
  const messages = await found('messages.events');
  return { ...(edges === undefined ? {} : { edges }), ...(messages === undefined ? {} : { messages }) };
}

/** @param sampleOf places a number of the acquisition's count. @throws AnalysisFailure for a file that is no file of events. */
export async function* readEdges(
  path: string,
  sampleOf: (number: number) => number,
  notes: string[],
): AsyncGenerator<RecordingEvent> {
  const file = await SourceFile.open(path);
  try {
    if (!isOpenEphysHeader(await file.readUpTo(0, 64)))
      throw badFile(path, 0, 'does not begin as a file of Open Ephys does');
    const records = Math.max(0, Math.floor((file.bytes - headerBytes) / recordBytes));
    const rest = Math.max(0, file.bytes - headerBytes) % recordBytes;
    if (rest > 0) notes.push(`${path} ends in the middle of an event: its last ${rest} bytes were dropped.`);
    const stream = basename(path).replace(/\.events$/, '');
    for (let first = 0; first < records; first += recordsAtOnce) {
      const count = Math.min(recordsAtOnce, records - first);
      const bytes = Buffer.alloc(count * recordBytes);
      await file.readInto(headerBytes + first * recordBytes, bytes);
      for (let at = 0; at < bytes.length; at += recordBytes) {
        if (bytes.readUInt8(at + 10) !== ttlType) continue;
        // The place inside of the acquisition's buffer is apart from the buffer's number, before version 0.6.
        const number = Number(bytes.readBigInt64LE(at)) + bytes.readInt16LE(at + 8);
        if (!Number.isSafeInteger(number))
          throw badFile(path, headerBytes + first * recordBytes + at, `${number} is no number of a sample`);
        yield {
          sample: sampleOf(number),
          kind: 'line',
          line: bytes.readUInt8(at + 13),
          isHigh: bytes.readUInt8(at + 12) !== 0,
          stream,
        };
      }
    }
  } finally {
    await file.close();
  }
}

/** Lines of "number, text"; the first says when the computer began. */
async function messageLines(path: string): Promise<{ number: number; text: string }[]> {
  return (await readSmallText(path)).split(/\r?\n/).flatMap((line) => {
    const [, number, text] = /^(-?\d{1,15}),? (.*)$/.exec(line) ?? [];
    return text === undefined ? [] : [{ number: Number(number), text }];
  });
}

const isSoftwareTime = (text: string) => text.startsWith('Software Time (milliseconds since');

export async function* readMessages(
  path: string,
  sampleOf: (number: number) => number,
): AsyncGenerator<RecordingEvent> {
  for (const { number, text } of await messageLines(path))
    if (!isSoftwareTime(text) && !text.startsWith('Start Time for '))
      yield { sample: sampleOf(number), kind: 'message', text };
}

/** @returns when the recording began, ISO 8601; undefined where no message says so. */
export async function startedAt(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const milliseconds = (await messageLines(path)).find(({ text }) => isSoftwareTime(text))?.number ?? 0;
  return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}
