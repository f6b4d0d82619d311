// Programs that are killed while they write, built into a folder of the test; tests only.
import { build } from 'vite';

/** @param file of the program, from the project's root @param name of the built file, without its ending */
export async function buildKilledProgram(folder: string, name: string, file: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { input: { [name]: file } },
    },
  });
}
