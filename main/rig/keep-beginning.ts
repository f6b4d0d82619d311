// Keeps, when a recording begins, what a replay begins with: the population's state in a file, all else in the journal. Rig thread.
import { join } from 'node:path';
import { saveState } from '../../common/base/state-archive.ts';
import { recordType } from '../../common/journal/records.ts';
import { populationStartFile, type ReplayStart, replayStartFormat } from '../../common/journal/session-documents.ts';
import type { BetweenTicks } from './between-ticks.ts';
import type { Chain } from './build-chain.ts';
import type { Connections } from './connect-rig.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { LimitsKeeper } from './limits-keeper.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';

/** A record must not fill the recorder's buffer. */
const memoryMaxBytes = 8 * 1024 * 1024;
const settledWithinMilliseconds = 200;

export interface BeginningParts {
  chain: Chain;
  betweenTicks: BetweenTicks;
  connections: Connections;
  limits: LimitsKeeper;
  journal: JournalWriter;
  time: RigTime;
  /** Whether the simulation is there. */
  isAlive(): boolean;
}

/**
 * Opens the journal with its first record and what a replay needs. The population stands still meanwhile; ticks go on without it. What
 * cannot be kept is said in the record: a session is recorded all the same. Never rejects.
 * @param open opens the journal and writes its first record.
 */
export async function keepBeginning(parts: BeginningParts, folder: string, open: () => void): Promise<void> {
  const { chain, betweenTicks, connections, journal, time } = parts;
  const { link } = connections;
  let isOpen = false;
  const begin = (kept: Kept) => {
    isOpen = true;
    open();
    writeBeginning(parts, journal, kept);
  };
  const outcome = parts.isAlive()
    ? await betweenTicks.run(async () => {
        const { askedNs } = chain.loop;
        const saved = await link.saveState(join(folder, populationStartFile));
        const isSettled = () => chain.loop.isIdle && chain.deliveries.isEmpty;
        await holdsWithin(time, settledWithinMilliseconds, isSettled);
        if ('problem' in saved) begin(saved);
        else if (!isSettled()) begin({ problem: 'a pulse was underway when the recording began' });
        else if (chain.loop.askedNs !== askedNs || !chain.loop.isSimulationPaused)
          begin({ problem: 'the population went on while its state was saved' });
        else begin({ population: { ...saved, path: populationStartFile } });
        return undefined;
      })
    : { problem: 'the simulation was gone when the recording began' };
  if (!isOpen) begin(outcome ?? { problem: 'the beginning was not kept' });
}

type Kept = Pick<ReplayStart, 'population'> | { problem: string };

function writeBeginning({ chain, connections, limits }: BeginningParts, journal: JournalWriter, kept: Kept): void {
  const { channels, sampleRateHz, microvoltsPerBit, samplesPerBlock } = connections.reader.identity;
  const memory = 'problem' in kept ? undefined : saveState(chain);
  const isTooLarge = memory !== undefined && memory.length > memoryMaxBytes;
  const start: ReplayStart = {
    format: replayStartFormat,
    source: { channels, sampleRateHz, microvoltsPerBit, samplesPerBlock },
    stimulator: connections.writer.identity,
    tightenings: limits.tightenings,
    ...(isTooLarge ? { problem: `the chain’s memory takes ${memory.length} bytes, more than a record may` } : kept),
  };
  journal.json(recordType.replayStart, start);
  if (memory !== undefined && !isTooLarge) journal.bytes(recordType.memory, memory);
}
