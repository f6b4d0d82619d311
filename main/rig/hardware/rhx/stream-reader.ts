// Reads RHX's data ports at all times, checks each block and hands it to the rig thread by a bounded ring; runs in the RHX reader thread.
import type { MessagePort } from 'node:worker_threads';
import { type Disposable, DisposableStore } from '../../../../common/base/disposable.ts';
import { hostClock } from '../host-clock.ts';
import { type BlockRingMemory, BlockRingWriter } from '../block-ring.ts';
import { openRhxSocket } from './command-line.ts';
import { RhxError, type RhxProblem } from './rhx-problem.ts';
import { type RhxSpike, SpikeParser } from './spike-parser.ts';
import { WaveformParser } from './waveform-parser.ts';

/** What the thread is started with. */
export interface StreamReaderStart {
  readonly host: string;
  readonly waveformPort: number;
  /** Undefined: no spikes were asked for. */
  readonly spikePort: number | undefined;
  readonly words: number;
  /** Channels that may spike. */
  readonly spikingChannels: readonly string[];
  readonly ring: BlockRingMemory;
  readonly port: MessagePort;
}

/** To the rig thread. */
export type FromStreamReader =
  | { kind: 'ready' }
  | { kind: 'blocks' }
  | { kind: 'run-begins' }
  | { kind: 'gap'; firstSample: number; samples: number }
  | { kind: 'damage'; bytes: number }
  | { kind: 'spikes'; spikes: RhxSpike[] }
  | { kind: 'problem'; problem: RhxProblem };

/** To the reader thread. */
export type ToStreamReader = { kind: 'begin-run' } | { kind: 'close' };

/** A stream that is silent for so long rests: what lies there ends where RHX ended its write. */
const restMilliseconds = 10;

/** @returns what ends it all; the port is closed by it too */
export function startStreamReader(start: StreamReaderStart): Disposable {
  const owned = new DisposableStore();
  const { port } = start;
  const tell = (message: FromStreamReader) => port.postMessage(message);
  const fail = (error: unknown) => {
    const problem =
      error instanceof RhxError ? error.problem : { code: 'unreachable' as const, message: String(error) };
    tell({ kind: 'problem', problem });
  };
  const ring = new BlockRingWriter(start.ring);
  let receivedNs = 0;
  const waveforms = new WaveformParser(start.words, {
    onBlock: (block) => {
      if (ring.write({ ...block, receivedNs })) tell({ kind: 'blocks' });
    },
    onGap: (firstSample, samples) => tell({ kind: 'gap', firstSample, samples }),
    onRunBegins: () => tell({ kind: 'run-begins' }),
    onDamage: (bytes) => tell({ kind: 'damage', bytes }),
    onLayoutChanged: (words) => {
      const message = `blocks have ${words} words per frame now, not ${start.words}`;
      tell({ kind: 'problem', problem: { code: 'layout-changed', message } });
    },
  });
  let heard: RhxSpike[] = [];
  const spikes = new SpikeParser(start.spikingChannels, (spike) => heard.push(spike));
  const tellSpikes = () => {
    if (heard.length > 0) tell({ kind: 'spikes', spikes: heard });
    heard = [];
  };

  /** Opens one port and feeds its parser, at once and when the stream rests. */
  async function follow(
    which: number,
    name: string,
    parser: { push(bytes: Uint8Array): void; settle(): void },
    after: () => void,
  ) {
    const socket = await openRhxSocket(start.host, which);
    owned.onDispose(() => socket.destroy());
    let rest: NodeJS.Timeout | undefined;
    owned.onDispose(() => clearTimeout(rest));
    socket.on('data', (bytes) => {
      receivedNs = hostClock.nowNs();
      parser.push(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
      after();
      clearTimeout(rest);
      rest = setTimeout(() => {
        parser.settle();
        after();
      }, restMilliseconds);
    });
    socket.on('error', () => {});
    let isEnding = false;
    owned.onDispose(() => (isEnding = true));
    socket.on('close', () => {
      clearTimeout(rest);
      if (!isEnding)
        tell({ kind: 'problem', problem: { code: 'data-port-closed', message: `RHX closed its ${name} port` } });
    });
  }

  port.on('message', (message: ToStreamReader) => {
    if (message.kind === 'close') {
      owned.dispose();
      return;
    }
    waveforms.beginRun();
    spikes.beginRun();
  });
  owned.onDispose(() => port.close());
  const opened = [
    follow(start.waveformPort, 'waveform', waveforms, () => {}),
    ...(start.spikePort === undefined ? [] : [follow(start.spikePort, 'spike', spikes, tellSpikes)]),
  ];
  Promise.all(opened).then(() => tell({ kind: 'ready' }), fail);
  return owned;
}
