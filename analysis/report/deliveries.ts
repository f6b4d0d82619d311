// What was asked of each electrode and what became of it; pure; analysis process.
import { requestFate } from '../../common/contract/review.ts';
import type { RequestRow } from '../review/request-rows.ts';

export interface ElectrodeDeliveries {
  electrode: number;
  asked: number;
  delivered: number;
  refused: number;
  /** Refused by the device, unanswered, or not decided. */
  other: number;
  /** Means, µA; NaN without one. */
  askedMicroamps: number;
  deliveredMicroamps: number;
}

type Row = Pick<RequestRow, 'electrode' | 'fate' | 'askedNanoamps' | 'deliveredNanoamps'>;

/** In order of electrodes. */
export function deliveriesOf(requests: readonly Row[]): ElectrodeDeliveries[] {
  const byElectrode = new Map<number, Row[]>();
  for (const row of requests) {
    const rows = byElectrode.get(row.electrode) ?? [];
    byElectrode.set(row.electrode, rows);
    rows.push(row);
  }
  return [...byElectrode]
    .sort(([a], [b]) => a - b)
    .map(([electrode, rows]) => {
      const delivered = rows.filter(({ fate }) => fate === requestFate.delivered);
      const refused = rows.filter(({ fate }) => fate === requestFate.refused);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length / 1000;
      return {
        electrode,
        asked: rows.length,
        delivered: delivered.length,
        refused: refused.length,
        other: rows.length - delivered.length - refused.length,
        askedMicroamps: mean(rows.map(({ askedNanoamps }) => askedNanoamps)),
        deliveredMicroamps: mean(delivered.map(({ deliveredNanoamps }) => deliveredNanoamps)),
      };
    });
}
