// Recorded sessions in words; pure. Runs in the page.
const dateTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** @returns date and time of day at this computer; what cannot be read as it stands. */
export function startedWords(startedAt: string): string {
  const date = new Date(startedAt);
  return Number.isNaN(date.getTime()) ? startedAt : dateTime.format(date);
}
