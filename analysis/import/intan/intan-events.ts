// Makes events of Intan's words of digital lines and stimulators; analysis process.
import type { RecordingEvent } from '../recording-reader.ts';
import type { IntanHeader } from './intan-header.ts';
import type { IntanSource } from './intan-source.ts';

const windowValues = 131_072;

/** Bits of the stimulator's word. The amplitude is the configured one, not measured; it and its sign are 0 while stimulation is off. */
const magnitudeMask = 0xff;
const negativeBit = 1 << 8;
const settleBit = 1 << 13;
const recoveryBit = 1 << 14;
const complianceBit = 1 << 15;

/** Changes of digital lines, then of stimulators; what is on at the beginning changes at sample 0. */
export async function* intanEvents(source: IntanSource, header: IntanHeader): AsyncGenerator<RecordingEvent> {
  for (const kind of source.eventWords) {
    if (kind === 'stimulator') yield* stimulatorEvents(source, header);
    else yield* lineEvents(source, header, kind);
  }
}

async function* lineEvents(
  source: IntanSource,
  { channels }: IntanHeader,
  kind: 'digitalIn' | 'digitalOut',
): AsyncGenerator<RecordingEvent> {
  const lines = channels[kind].map(({ nativeOrder }) => nativeOrder);
  const stream = kind === 'digitalIn' ? 'digital in' : 'digital out';
  let before = 0;
  for (let first = 0; first < source.sampleCount; first += windowValues) {
    const words = await source.words(kind, first, Math.min(windowValues, source.sampleCount - first));
    for (let sample = 0; sample < words.length; sample++) {
      const word = words[sample]!;
      if (word === before) continue;
      for (const line of lines)
        if (((word ^ before) & (1 << line)) !== 0)
          yield { sample: first + sample, kind: 'line', line, isHigh: (word & (1 << line)) !== 0, stream };
      before = word;
    }
  }
}

async function* stimulatorEvents(source: IntanSource, header: IntanHeader): AsyncGenerator<RecordingEvent> {
  const { amplifier } = header.channels;
  const width = amplifier.length;
  const before = new Uint16Array(width);
  const size = Math.max(1, Math.floor(windowValues / width));
  for (let first = 0; first < source.sampleCount; first += size) {
    const words = await source.words('stimulator', first, Math.min(size, source.sampleCount - first));
    for (let index = 0; index < words.length; index++) {
      const channel = index % width;
      const word = words[index]!;
      if (word === before[channel]) continue;
      before[channel] = word;
      yield stimulatorEvent(
        first + Math.floor(index / width),
        amplifier[channel]?.name ?? '',
        word,
        header.stepMicroamps,
      );
    }
  }
}

function stimulatorEvent(sample: number, channel: string, word: number, stepMicroamps: number): RecordingEvent {
  const steps = (word & magnitudeMask) * ((word & negativeBit) === 0 ? 1 : -1);
  return {
    sample,
    kind: 'stimulator',
    channel,
    // The step is a 32-bit fraction of an ampere: what it adds beyond six figures is no measurement.
    microamps: steps === 0 ? 0 : Number((steps * stepMicroamps).toPrecision(6)),
    ...((word & settleBit) === 0 ? {} : { isSettling: true as const }),
    ...((word & recoveryBit) === 0 ? {} : { isRecovering: true as const }),
    ...((word & complianceBit) === 0 ? {} : { isAtComplianceLimit: true as const }),
  };
}
