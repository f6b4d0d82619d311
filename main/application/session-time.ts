// Wall-clock time of a session in its two forms: for the folder's name and for the metadata. Main thread; pure.

/** "2026-11-22T06-26-10": local time, no character that a file system forbids, sorts by time. */
export function folderStamp(startedAt: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${startedAt.getFullYear()}-${two(startedAt.getMonth() + 1)}-${two(startedAt.getDate())}`;
  const time = `${two(startedAt.getHours())}-${two(startedAt.getMinutes())}-${two(startedAt.getSeconds())}`;
  return `${date}T${time}`;
}

/** ISO 8601 with the local offset, as the session's only wall-clock time. */
export function isoWithOffset(moment: Date): string {
  const offsetMinutes = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${local}${sign}${two(offsetMinutes / 60)}:${two(offsetMinutes % 60)}`;
}

/** The day, UTC, as site files name it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
