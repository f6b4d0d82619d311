// One pass over a session's journal that gathers everything the summary and the export rest on; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { JournalCondition, SessionSummary } from '../../common/journal/session-summary.ts';
import type { ReadJournalOptions } from '../journal/read-journal.ts';
import { visitJournal, type RecordVisitor } from '../journal/record-visitor.ts';
import { RequestLedger } from '../journal/request-ledger.ts';
import { journalFile, readOpening } from '../journal/session-folder.ts';
import { Timeline } from '../journal/timeline.ts';
import { neighbourhood } from './neighbours.ts';
import { PeriStimulus } from './peri-stimulus.ts';
import { SessionTally } from './session-tally.ts';
import { StageLatencies } from './stage-latencies.ts';

/** Everything that one pass over a journal gathers. Show it every record, then take the summary. */
export class SessionSurvey {
  readonly opening: SessionOpening;
  readonly timeline: Timeline;
  readonly tally: SessionTally;
  readonly #latencies = new StageLatencies();
  readonly #evoked: PeriStimulus;
  readonly #control: PeriStimulus;
  readonly #ledger: RequestLedger;
  readonly visitors: readonly RecordVisitor[];

  constructor(opening: SessionOpening) {
    this.opening = opening;
    this.timeline = new Timeline(opening.sampleRateHz, opening.samplesPerTick);
    this.tally = new SessionTally(opening.channels, opening.simulation.neurons);
    const areNeighbours = neighbourhood(opening.checked, opening.channels);
    this.#evoked = new PeriStimulus(opening.sampleRateHz, areNeighbours);
    this.#control = new PeriStimulus(opening.sampleRateHz, areNeighbours);
    this.#ledger = new RequestLedger({
      onAnswered: ({ outcome, sampleIndex, electrode }) => {
        if (outcome === 0) this.#evoked.stimulus(sampleIndex, electrode);
      },
      onRefused: (_refusal, request) => {
        if (request) this.#control.stimulus(this.timeline.endOfTick(request.tick), request.electrode);
      },
    });
    const aligned: RecordVisitor = {
      spikes: (_header, spikes) => {
        for (const { sampleIndex, channel } of spikes) {
          this.#evoked.spike(sampleIndex, channel);
          this.#control.spike(sampleIndex, channel);
        }
      },
    };
    this.visitors = [this.timeline, this.tally, this.#latencies, this.#ledger, aligned];
  }

  summary(journal: JournalCondition): SessionSummary {
    const { opening, tally, timeline } = this;
    const { reason: kernelReason } = opening.kernels;
    const { endSample, firstSample, samples } = timeline;
    return {
      format: 'exocortex-summary/1',
      session: opening.session,
      complete: tally.closed?.reason === 'completed' && journal.tornBytes === 0 && journal.damaged.length === 0,
      reason: tally.closed?.reason ?? 'interrupted',
      startedAt: opening.startedAt,
      experiment: opening.checked.experiment.name,
      operator: opening.operator,
      isArmed: opening.isArmed,
      source: opening.checked.experiment.source.kind,
      device: opening.device.description,
      backend: opening.simulation.backend,
      native: opening.kernels.kernel === 'native',
      ...(kernelReason === undefined ? {} : { nativeReason: kernelReason }),
      channels: opening.channels,
      sampleRateHz: opening.sampleRateHz,
      seconds: timeline.secondsAt(endSample),
      ticks: timeline.ticks,
      lateTicks: tally.lateTicks,
      lateHandling: tally.lateHandling,
      latencyMs: this.#latencies.latencyMs,
      stagesMs: this.#latencies.stagesMs,
      samples,
      samplesLost: tally.samplesLost,
      gaps: tally.gaps,
      samplesUnreadable: Math.max(0, endSample - firstSample - samples - tally.samplesLost),
      spikes: tally.spikeTotal,
      spikesPerChannel: tally.spikesPerChannel,
      spikesNotKept: tally.spikesNotKept,
      simulatedSpikes: tally.simulatedSpikes,
      ...(tally.meanPlasticWeightMillivolts ? { meanPlasticWeightMillivolts: tally.meanPlasticWeightMillivolts } : {}),
      requests: tally.requests,
      permits: tally.permits,
      refusals: tally.refusals,
      deliveries: tally.deliveries,
      deliveriesPerElectrode: tally.deliveriesPerElectrode,
      refusedByDevice: tally.refusedByDevice,
      unacknowledged: this.#ledger.unanswered.length,
      trips: tally.faults.filter(({ isFirst }) => isFirst).length,
      faults: tally.faults,
      phases: tally.phases.map(({ phase, stimulation, firstSample: from }) => ({
        name: phase,
        stimulation,
        fromSecond: timeline.secondsAt(from),
      })),
      evoked: this.#evoked.result(),
      evokedControl: this.#control.result(),
      journal,
    };
  }
}

/** A session after one pass over its journal. */
export interface SurveyedSession {
  folder: string;
  survey: SessionSurvey;
  journal: JournalCondition;
}

/**
 * Reads a session's journal once.
 * @param others see every record on the way
 * @throws AnalysisFailure when the folder holds no readable journal.
 */
export async function surveySession(
  folder: string,
  options?: ReadJournalOptions,
  others: readonly RecordVisitor[] = [],
): Promise<SurveyedSession> {
  const survey = new SessionSurvey(await readOpening(folder));
  const journal = await visitJournal(journalFile(folder), [...survey.visitors, ...others], options);
  return { folder, survey, journal };
}
