// Computes the summary of a session; analysis process.
import type { SessionSummary } from '../../common/journal/session-summary.ts';
import type { ReadJournalOptions } from '../journal/read-journal.ts';
import { surveySession } from './session-survey.ts';

/** The summary of a session, computed from its journal alone. @throws AnalysisFailure when there is no readable journal. */
export async function summariseSession(folder: string, options?: ReadJournalOptions): Promise<SessionSummary> {
  const { survey, journal } = await surveySession(folder, options);
  return survey.summary(journal);
}
