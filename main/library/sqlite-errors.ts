// What went wrong in SQLite, by its result code; and waiting for another program to be done with the file. Main process.

/** https://www.sqlite.org/rescode.html */
const codes = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

const codeOf = (error: unknown) =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

export const isDamaged = (error: unknown) => [codes.corrupt, codes.notADatabase].some((code) => code === codeOf(error));
const isBusy = (error: unknown) => codeOf(error) === codes.busy;

/** Another program writes for some milliseconds at a time. */
const waitMilliseconds = 50;
const attempts = 60;

/** Does `work`, again and again while another program has the file; the thread is free between. @throws what `work` throws */
export async function patiently<T>(work: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
    }
  }
}
