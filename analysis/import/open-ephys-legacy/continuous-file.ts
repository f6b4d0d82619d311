// One channel of a recording in the older Open Ephys format: a header of text, then records of 1,024 samples; analysis process.
import { badFile } from '../bad-file.ts';
import { int16Of } from '../interleaved-samples.ts';
import { SourceFile } from '../source-file.ts';

export const headerBytes = 1024;
export const samplesPerRecord = 1024;
/** Time stamp of 8 bytes, number of samples, number of the recording. */
const prefixBytes = 12;
const markerBytes = 10;
const recordBytes = prefixBytes + 2 * samplesPerRecord + markerBytes;
const marker = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]);
const magic = "header.format = 'Open Ephys Data Format'";

export function isOpenEphysHeader(first: Uint8Array): boolean {
  return Buffer.from(first).toString('latin1').startsWith(magic);
}

/** Records of one file that lie one after the other. */
export interface Records {
  /** Number of the first sample of each record. */
  numbers: number[];
  /** All samples of the records. */
  samples: Int16Array;
}

export class ContinuousFile {
  readonly path: string;
  readonly channel: string;
  readonly sampleRateHz: number;
  readonly microvoltsPerBit: number;
  readonly version: string;
  readonly records: number;
  /** Bytes of an incomplete last record. */
  readonly rest: number;
  readonly #file: SourceFile;

  private constructor(file: SourceFile, header: string) {
    const field = (key: string) => new RegExp(`header\\.${key}\\s*=\\s*'?([^;'\\n]*)'?;`).exec(header)?.[1]?.trim();
    const number = (key: string) => {
      const value = Number(field(key) ?? Number.NaN);
      if (Number.isFinite(value)) return value;
      throw badFile(
        file.path,
        `in its header`,
        `header.${key} is ${JSON.stringify(field(key) ?? '')}, where a number belongs`,
      );
    };
    if (number('header_bytes') !== headerBytes || number('blockLength') !== samplesPerRecord)
      throw badFile(
        file.path,
        'in its header',
        `header_bytes and blockLength are ${number('header_bytes')} and ${number('blockLength')}; known are ${headerBytes} and ${samplesPerRecord}`,
      );
    this.#file = file;
    this.path = file.path;
    this.channel = field('channel') ?? '';
    this.sampleRateHz = number('sampleRate');
    this.microvoltsPerBit = number('bitVolts');
    this.version = field('version') ?? '';
    const bytes = file.bytes - headerBytes;
    this.records = Math.floor(bytes / recordBytes);
    this.rest = bytes % recordBytes;
    if (this.microvoltsPerBit === 0) throw badFile(file.path, 'in its header', 'header.bitVolts is 0');
    if (this.records === 0)
      throw badFile(
        file.path,
        headerBytes,
        `no whole record of ${recordBytes} bytes follows the header, only ${bytes} bytes`,
      );
  }

  /** @throws AnalysisFailure when the file does not begin as this format does, or holds no whole record. */
  static async open(path: string): Promise<ContinuousFile> {
    const file = await SourceFile.open(path);
    try {
      const header = await file.readUpTo(0, headerBytes);
      if (!isOpenEphysHeader(header)) throw badFile(path, 0, `does not begin with ${magic}`);
      if (header.length < headerBytes) throw badFile(path, header.length, 'the file ends in its header');
      return new ContinuousFile(file, header.toString('latin1'));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @throws AnalysisFailure with the byte at which a record is none. */
  async read(firstRecord: number, count: number): Promise<Records> {
    const bytes = Buffer.alloc(count * recordBytes);
    const from = headerBytes + firstRecord * recordBytes;
    await this.#file.readInto(from, bytes);
    const samples = new Int16Array(count * samplesPerRecord);
    const numbers: number[] = [];
    for (let record = 0; record < count; record++) {
      const at = record * recordBytes;
      const held = bytes.readUInt16LE(at + 8);
      if (held !== samplesPerRecord)
        throw badFile(this.path, from + at + 8, `a record of ${held} samples, where ${samplesPerRecord} belong`);
      const end = at + recordBytes;
      if (!bytes.subarray(end - markerBytes, end).equals(marker))
        throw badFile(
          this.path,
          from + end - markerBytes,
          'the record does not end with 0 1 2 3 4 5 6 7 8 255: bytes are missing before it',
        );
      const number = Number(bytes.readBigInt64LE(at));
      if (!Number.isSafeInteger(number)) throw badFile(this.path, from + at, `${number} is no number of a sample`);
      numbers.push(number);
      // Copied to an even place in memory.
      samples.set(
        int16Of(Uint8Array.from(bytes.subarray(at + prefixBytes, end - markerBytes)), true),
        record * samplesPerRecord,
      );
    }
    return { numbers, samples };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
