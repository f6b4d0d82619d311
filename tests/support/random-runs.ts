// How many random networks a conformance test draws: few in `npm test`, many in `npm run check:parity`.

/** @param usual in `npm test` */
export const randomRuns = (usual: number): number => usual * Number(process.env['EXOCORTEX_RANDOM_RUNS'] ?? 1);

/** For one test of so many networks. */
export const randomTimeoutMs = randomRuns(120_000);
