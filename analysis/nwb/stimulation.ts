// Writes every stimulus that was permitted and every request that was refused, with its cause; analysis process.
import { pulseOutcomes } from '../../common/device-protocol/device-outcome.ts';
import { refusalCodes, refusalWords } from '../../common/contract/refusals.ts';
import { requestOrigins } from '../../common/journal/records.ts';
import { limitsHashToHex } from '../../common/device-protocol/limits-hash.ts';
import type {
  DeliveryMeasureRecord,
  DeliveryRecord,
  RecordVisitor,
  RefusalRecord,
  RequestRecord,
} from '../journal/record-visitor.ts';
import { RequestLedger } from '../journal/request-ledger.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { ColumnValues, NwbFile, NwbPart } from './nwb-file.ts';
import { electrodesPath } from './write-session.ts';

const currentPath = '/stimulus/presentation/delivered_current';
const pulsesTable = '/intervals/stimulation_pulses';
const refusedTable = '/intervals/refused_requests';

interface Pulse {
  startSeconds: number;
  electrode: number;
  /** Unknown when the journal is damaged. */
  request: RequestRecord | undefined;
  requestNumber: number;
  amplitudeAmps: number;
  outcome: string;
}

interface Refused {
  seconds: number;
  requestNumber: number;
  request: RequestRecord | undefined;
  refusal: RefusalRecord;
}

const numbersOf = <T>(rows: readonly T[], value: (row: T) => number) => Float64Array.from(rows, value);
const integersOf = <T>(rows: readonly T[], value: (row: T) => number) =>
  BigInt64Array.from(rows, (row) => BigInt(value(row)));
const originOf = (request: RequestRecord | undefined) => (request && requestOrigins[request.origin]) ?? 'unknown';
/** Current of the leading phase: negative when it is cathodic. */
const leadingAmps = (request: RequestRecord | undefined, nanoamps: number) =>
  Math.abs(nanoamps) * 1e-9 * (request?.isCathodicFirst === 0 ? 1 : -1);

/** "amplitude above the limit: 12 µA, limit 10 µA" */
function reasonOf({ code, value, bound }: RefusalRecord): string {
  const known = refusalCodes[code];
  if (known === undefined) return `code ${code}`;
  const { words, unit } = refusalWords[known];
  const rounded = (number: number) => Number(number.toPrecision(6));
  return unit === '' ? words : `${words}: ${rounded(value)} ${unit}, limit ${rounded(bound)} ${unit}`;
}

/** Keeps one row per request in memory: requests are rare beside samples, spikes and ticks. */
export class Stimulation implements NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #pulses: Pulse[] = [];
  readonly #refused: Refused[] = [];
  /** By request. */
  readonly #measures = new Map<number, DeliveryMeasureRecord>();
  /** Show it the journal, and `measures` too. */
  readonly ledger: RequestLedger;
  readonly measures: RecordVisitor = {
    deliveryMeasure: (measure) => void this.#measures.set(measure.request, measure),
  };

  constructor(nwb: NwbFile, timeline: Timeline) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.ledger = new RequestLedger({
      onAnswered: (delivery, request) => this.#pulses.push(this.#answered(delivery, request)),
      onRefused: (refusal, request) =>
        this.#refused.push({
          seconds: this.#decidedSeconds(request),
          requestNumber: refusal.request,
          request,
          refusal,
        }),
    });
  }

  finish(): void {
    for (const request of this.ledger.unanswered) {
      this.#pulses.push({
        startSeconds: this.#decidedSeconds(request),
        electrode: request.electrode,
        request,
        requestNumber: request.request,
        amplitudeAmps: leadingAmps(request, request.amplitudeNanoamps),
        outcome: 'permitted, not acknowledged',
      });
    }
    this.#pulses.sort((a, b) => a.startSeconds - b.startSeconds);
    this.#writeCurrent();
    this.#writePulses();
    this.#writeRefused();
  }

  #answered(delivery: DeliveryRecord, request: RequestRecord | undefined): Pulse {
    const isDelivered = delivery.outcome === 0;
    const device = pulseOutcomes[delivery.outcome] ?? `outcome ${delivery.outcome}`;
    return {
      startSeconds: isDelivered ? this.#timeline.secondsAt(delivery.sampleIndex) : this.#decidedSeconds(request),
      electrode: delivery.electrode,
      request,
      requestNumber: delivery.request,
      amplitudeAmps: leadingAmps(request, delivery.amplitudeNanoamps),
      outcome: isDelivered ? 'delivered' : `refused by the device: ${device}`,
    };
  }

  /** When a request was decided: the end of its tick. */
  #decidedSeconds(request: RequestRecord | undefined): number {
    return this.#timeline.secondsAt(request ? this.#timeline.endOfTick(request.tick) : this.#timeline.endSample);
  }

  #writeCurrent(): void {
    const delivered = this.#pulses.filter(({ outcome }) => outcome === 'delivered');
    if (delivered.length === 0) return;
    this.#nwb.timedSeries(
      currentPath,
      {
        description:
          'Current of the leading phase of each delivered pulse (negative: cathodic first) at the moment the device began it',
        comments:
          'Pulses are biphasic and charge-balanced; electrode, durations and cause are in /intervals/stimulation_pulses',
        unit: 'amperes',
      },
      delivered.map(({ startSeconds }) => startSeconds),
      delivered.map(({ amplitudeAmps }) => amplitudeAmps),
    );
  }

  #writePulses(): void {
    const pulses = this.#pulses;
    if (pulses.length === 0) return;
    const nwb = this.#nwb;
    const phaseSeconds = ({ request }: Pulse) => (request?.phaseMicroseconds ?? NaN) * 1e-6;
    const interphaseSeconds = ({ request }: Pulse) => (request?.interphaseMicroseconds ?? NaN) * 1e-6;
    const measureOf = ({ requestNumber }: Pulse) => this.#measures.get(requestNumber);
    /** Undefined where the device measures nothing. */
    const measured = (pulse: Pulse) => {
      const measure = measureOf(pulse);
      return measure?.isNotMeasured === 1 ? undefined : measure;
    };
    /** In V; a pulse that was not delivered had none measured. */
    const residualVolts = (pulse: Pulse) =>
      (pulse.outcome === 'delivered' ? (measured(pulse)?.residualMillivolts ?? NaN) : NaN) * 1e-3;
    /** fC are 1e-15 C. */
    const coulombs = (femtocoulombs: number | undefined) => (femtocoulombs ?? NaN) * 1e-15;
    const columns: [name: string, description: string, values: ColumnValues][] = [
      [
        'start_time',
        'Begin of the pulse by the device, in s; of a pulse that was not delivered: the decision',
        numbersOf(pulses, (pulse) => pulse.startSeconds),
      ],
      [
        'stop_time',
        'End of its second phase, in s',
        numbersOf(
          pulses,
          (pulse) => pulse.startSeconds + (pulse.request ? 2 * phaseSeconds(pulse) + interphaseSeconds(pulse) : 0),
        ),
      ],
      [
        'amplitude',
        'Current of the leading phase in A, negative when cathodic',
        numbersOf(pulses, (pulse) => pulse.amplitudeAmps),
      ],
      ['phase_duration', 'Duration of each phase in s', numbersOf(pulses, phaseSeconds)],
      ['interphase_duration', 'Pause between the phases in s', numbersOf(pulses, interphaseSeconds)],
      ['request', 'Number of the request that caused the pulse', integersOf(pulses, (pulse) => pulse.requestNumber)],
      [
        'tick',
        'Tick of the loop that caused it; -1 when the journal does not tell',
        integersOf(pulses, ({ request }) => request?.tick ?? -1),
      ],
      [
        'origin',
        'Who asked: the simulation, the protocol or the operator',
        pulses.map(({ request }) => originOf(request)),
      ],
      ['outcome', 'What the device answered', pulses.map(({ outcome }) => outcome)],
      [
        'first_phase_charge',
        'Charge of the leading phase as the device measured it, in C, negative when cathodic; not a number where the device measures nothing',
        numbersOf(pulses, (pulse) => coulombs(measured(pulse)?.firstFemtocoulombs)),
      ],
      [
        'second_phase_charge',
        'Charge of the second phase as the device measured it, in C; not a number where the device measures nothing',
        numbersOf(pulses, (pulse) => coulombs(measured(pulse)?.secondFemtocoulombs)),
      ],
      [
        'residual_voltage',
        'Voltage of the electrode as the device measured it before the pulse, in V; not a number where it is not known',
        numbersOf(pulses, residualVolts),
      ],
      [
        'limits_hash',
        'First eight bytes of the SHA-256 of the limits in force, as the device acknowledged them',
        pulses.map((pulse) => {
          const measure = measureOf(pulse);
          return measure === undefined
            ? ''
            : limitsHashToHex({ high: measure.limitsHashHigh, low: measure.limitsHashLow });
        }),
      ],
    ];
    const names = columns.map(([name]) => name);
    nwb.table(
      pulsesTable,
      'TimeIntervals',
      'Every stimulation pulse that the interlock permitted',
      [...names.slice(0, 2), 'electrode', ...names.slice(2)],
      pulses.length,
    );
    for (const [name, description, values] of columns) nwb.column(pulsesTable, name, description, values);
    nwb.rowsOf(
      electrodesPath,
      `${pulsesTable}/electrode`,
      'Stimulated electrode',
      pulses.map(({ electrode }) => electrode),
    );
  }

  #writeRefused(): void {
    const refused = this.#refused;
    if (refused.length === 0) return;
    const nwb = this.#nwb;
    const tickSeconds = 1 / this.#timeline.tickRateHz;
    const columns: [name: string, description: string, values: ColumnValues][] = [
      ['start_time', 'Begin of the tick that asked, in s', numbersOf(refused, (row) => row.seconds - tickSeconds)],
      ['stop_time', 'End of that tick, when the request was decided, in s', numbersOf(refused, (row) => row.seconds)],
      ['reason', 'Why it was refused', refused.map(({ refusal }) => reasonOf(refusal))],
      [
        'code',
        'Code of the reason',
        refused.map(({ refusal }) => refusalCodes[refusal.code] ?? `code ${refusal.code}`),
      ],
      [
        'electrode',
        'Electrode that was asked for; it may be one that does not exist',
        integersOf(refused, ({ request }) => request?.electrode ?? -1),
      ],
      [
        'amplitude',
        'Current of the leading phase that was asked for, in A, negative when cathodic',
        numbersOf(refused, ({ request }) => (request ? leadingAmps(request, request.amplitudeNanoamps) : NaN)),
      ],
      ['request', 'Number of the request', integersOf(refused, (row) => row.requestNumber)],
      ['tick', 'Tick of the loop that asked', integersOf(refused, ({ request }) => request?.tick ?? -1)],
      [
        'origin',
        'Who asked: the simulation, the protocol or the operator',
        refused.map(({ request }) => originOf(request)),
      ],
    ];
    nwb.table(
      refusedTable,
      'TimeIntervals',
      'Requests for stimulation that the interlock refused: nothing was delivered',
      columns.map(([name]) => name),
      refused.length,
    );
    for (const [name, description, values] of columns) nwb.column(refusedTable, name, description, values);
  }
}
