// Serial numbers become names of files. Recorder thread; pure.

/** A name that every file system takes, different for different serial numbers. */
export function serialFileName(serial: string): string {
  return `${encodeURIComponent(serial).replaceAll('.', '%2E')}.json`;
}
