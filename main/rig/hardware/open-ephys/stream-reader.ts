// Reads the ZMQ Interface at all times, checks its messages and hands blocks to the rig thread by a bounded ring; runs in the reader thread.
import type { MessagePort } from 'node:worker_threads';
import { type Disposable, DisposableStore } from '../../../../common/base/disposable.ts';
import { hostClock } from '../host-clock.ts';
import { type BlockRingMemory, BlockRingWriter } from '../block-ring.ts';
import { BlockAssembler, type StreamLayout } from './block-assembler.ts';
import { type HeartbeatTimes, startHeartbeat } from './heartbeat.ts';
import { LayoutLearner } from './layout-learner.ts';
import { OpenEphysError, type OpenEphysProblem } from './open-ephys-problem.ts';
import { RigBlocks } from './rig-blocks.ts';
import { noCounts, type StreamCounts } from './stream-counts.ts';
import { readMessage, type StreamMessage, type TtlMessage } from './stream-message.ts';
import { subscribe } from './zmq-socket.ts';

/** What the thread is started with. */
export interface StreamReaderStart {
  readonly host: string;
  /** The plugin's data port; it listens for heartbeats on the one behind it. */
  readonly dataPort: number;
  readonly uuid: string;
  readonly heartbeat: HeartbeatTimes;
  readonly port: MessagePort;
}

/** To the rig thread. */
export type FromStreamReader =
  | { kind: 'connected' }
  | { kind: 'layout'; layout: StreamLayout }
  | { kind: 'blocks' }
  | { kind: 'ttl'; event: TtlMessage }
  | { kind: 'counts'; counts: StreamCounts; damage: string | undefined }
  | { kind: 'heartbeat-answered' }
  | { kind: 'problem'; problem: OpenEphysProblem };

/** To the reader thread. */
export type ToStreamReader = { kind: 'begin'; ring: BlockRingMemory; microvoltsPerBit: number } | { kind: 'close' };

const countsEveryMilliseconds = 100;

/** @returns what ends it all; the port is closed by it too */
export function startStreamReader(start: StreamReaderStart): Disposable {
  const { host, dataPort, port } = start;
  const owned = new DisposableStore();
  const tell = (message: FromStreamReader) => port.postMessage(message);
  const counts = { ...noCounts };
  const learner = new LayoutLearner();
  let layout: StreamLayout | undefined;
  let assembler: BlockAssembler | undefined;
  let receivedNs = 0;
  let damage: string | undefined;
  let told = JSON.stringify(counts);

  const begin = (ring: BlockRingMemory, microvoltsPerBit: number) => {
    if (layout === undefined) return;
    const writer = new BlockRingWriter(ring);
    const cutter = new RigBlocks({
      channels: layout.channels.length,
      samplesPerBlock: ring.samplesPerBlock,
      microvoltsPerBit,
      onBlock: (firstSample, values) => {
        const words = new Uint16Array(values.buffer);
        if (writer.write({ firstSample, receivedNs, gapAt: 0, gapSamples: 0, words })) tell({ kind: 'blocks' });
      },
    });
    assembler = new BlockAssembler(layout, {
      onBlock: (block) => {
        counts.blocks++;
        cutter.take(block);
        counts.clippedValues = cutter.clipped;
      },
      onGap: (_, samples) => (counts.lostSamples += samples),
      onMessagesLost: (messages) => (counts.lostMessages += messages),
      onRepeated: () => counts.repeatedMessages++,
      onTtl: (event) => tell({ kind: 'ttl', event }),
      onChanged: (code, message) => tell({ kind: 'problem', problem: { code, message } }),
    });
  };
  const take = (message: StreamMessage) => {
    if (assembler !== undefined) assembler.take(message);
    else if (layout === undefined) {
      layout = learner.take(message);
      if (layout !== undefined) tell({ kind: 'layout', layout });
    }
  };
  const tellCounts = () => {
    const now = JSON.stringify(counts);
    if (now !== told) tell({ kind: 'counts', counts: { ...counts }, damage });
    told = now;
  };

  port.on('message', (message: ToStreamReader) => {
    if (message.kind === 'begin') begin(message.ring, message.microvoltsPerBit);
    else owned.dispose();
  });
  owned.onDispose(() => port.close());
  const open = subscribe(
    { host, port: dataPort },
    {
      onMessage: (frames) => {
        receivedNs = hostClock.nowNs();
        const message = readMessage(frames);
        if (!('unreadable' in message)) return take(message);
        counts.damagedMessages++;
        damage = message.unreadable;
      },
      onClosed: (problem) => tell({ kind: 'problem', problem }),
    },
  );
  open.then(
    (subscription) => {
      owned.add(subscription);
      const timer = setInterval(tellCounts, countsEveryMilliseconds);
      owned.onDispose(() => clearInterval(timer));
      owned.add(
        startHeartbeat({
          address: { host, port: dataPort + 1 },
          uuid: start.uuid,
          times: start.heartbeat,
          onAnswer: () => tell({ kind: 'heartbeat-answered' }),
          onProblem: (problem) => tell({ kind: 'problem', problem }),
        }),
      );
      tell({ kind: 'connected' });
    },
    (error: unknown) => {
      if (!(error instanceof OpenEphysError)) throw error;
      tell({ kind: 'problem', problem: error.problem });
    },
  );
  return owned;
}
