// Bundles TypeScript entries of a test programme so that plain Node runs them, workers included.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * @param {Record<string, string>} input entries by name
 * @param {string} [parent] folder of the bundle; inside the repository where it needs a package that is not bundled
 * @returns {Promise<{ folder: string, dispose: () => void }>}
 */
export async function buildTool(input, parent = tmpdir()) {
  const folder = mkdtempSync(join(parent, 'exocortex-tool-'));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['node-hid'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: {
        input,
        checks: { pluginTimings: false },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
