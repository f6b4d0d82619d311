// Counts what happened in a session: spikes, requests and their fates, faults, phases; analysis process.
import type { FaultCode } from '../../common/contract/faults.ts';
import { refusalCodes, type RefusalCode } from '../../common/contract/refusals.ts';
import { lateHandlings, type LateHandling } from '../../common/journal/records.ts';
import type { FaultRecord, PhaseChange, SessionClosing } from '../../common/journal/session-documents.ts';
import type {
  DeliveryRecord,
  GapRecord,
  RecordVisitor,
  RefusalRecord,
  SimulationHeader,
  SpikeRecord,
  SpikesHeader,
  TickRecord,
} from '../journal/record-visitor.ts';

/** Adds one to the count of `key`. */
function count<K extends string>(counts: Partial<Record<K, number>>, key: K): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

export class SessionTally implements RecordVisitor {
  lateTicks = 0;
  readonly lateHandling: Partial<Record<LateHandling, number>> = {};
  samplesLost = 0;
  gaps = 0;
  spikeTotal = 0;
  readonly spikesPerChannel: number[];
  spikesNotKept = 0;
  simulatedSpikes = 0;
  readonly spikesPerNeuron: Uint32Array;
  meanPlasticWeightMillivolts: { first: number; last: number } | undefined;
  requests = 0;
  permits = 0;
  readonly refusals: Partial<Record<RefusalCode, number>> = {};
  deliveries = 0;
  readonly deliveriesPerElectrode: Record<string, number> = {};
  refusedByDevice = 0;
  readonly faults: { code: FaultCode; message: string; isFirst: boolean }[] = [];
  readonly phases: PhaseChange[] = [];
  closed: SessionClosing | undefined;

  constructor(channels: number, neurons: number) {
    this.spikesPerChannel = new Array<number>(channels).fill(0);
    this.spikesPerNeuron = new Uint32Array(neurons);
  }

  tick({ isLate, handling }: TickRecord): void {
    if (isLate === 0) return;
    this.lateTicks++;
    const how = lateHandlings[handling];
    if (how !== undefined) count(this.lateHandling, how);
  }

  gap({ lostSamples }: GapRecord): void {
    this.gaps++;
    this.samplesLost += lostSamples;
  }

  spikes({ overflow }: SpikesHeader, spikes: readonly SpikeRecord[]): void {
    this.spikesNotKept += overflow;
    this.spikeTotal += spikes.length;
    for (const { channel } of spikes) this.spikesPerChannel[channel] = (this.spikesPerChannel[channel] ?? 0) + 1;
  }

  simulation({ meanPlasticWeightMillivolts: weight }: SimulationHeader, neurons: Uint32Array): void {
    this.simulatedSpikes += neurons.length;
    for (const neuron of neurons) this.spikesPerNeuron[neuron] = (this.spikesPerNeuron[neuron] ?? 0) + 1;
    this.meanPlasticWeightMillivolts = { first: this.meanPlasticWeightMillivolts?.first ?? weight, last: weight };
  }

  request(): void {
    this.requests++;
  }

  permit(): void {
    this.permits++;
  }

  refusal({ code }: RefusalRecord): void {
    const words = refusalCodes[code];
    if (words !== undefined) count(this.refusals, words);
  }

  delivery({ outcome, electrode }: DeliveryRecord): void {
    if (outcome !== 0) {
      this.refusedByDevice++;
      return;
    }
    this.deliveries++;
    count(this.deliveriesPerElectrode, String(electrode));
  }

  fault({ code, message, isFirst }: FaultRecord): void {
    this.faults.push({ code: code as FaultCode, message, isFirst });
  }

  phase(change: PhaseChange): void {
    this.phases.push(change);
  }

  closing(closing: SessionClosing): void {
    this.closed = closing;
  }
}
