// Builds dist/: the page, the Node programs and threads, and Electron's two files. `node scripts/build.mjs [--force]`.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { hashInputs, isBuilt, writeStamp } from './build-stamp.mjs';
import { dist, root } from './paths.mjs';
import { electronMain, electronPreload, page, programs } from './programs.mjs';

const startedMs = performance.now();
if (!process.argv.includes('--force') && isBuilt()) process.exit(0);
const inputsHash = hashInputs();

/** Built beside dist/ and swapped in when complete, so that a failed build leaves the last good one in place. */
const staging = join(root, 'build', `staging-${process.pid}`);

/** @type {import('vite').InlineConfig} */
const shared = { root, configFile: false, logLevel: 'warn', publicDir: false };

/** How long each plugin took is of no interest to whoever starts the application. */
const checks = { pluginTimings: false };

function buildPage() {
  return build({
    ...shared,
    root: join(root, 'renderer'),
    base: './',
    plugins: [svelte({ configFile: '../svelte.config.js' })],
    build: {
      outDir: join(staging, 'renderer'),
      emptyOutDir: true,
      target: 'es2023',
      sourcemap: true,
      // The page's content security policy allows neither inline scripts nor data: addresses.
      assetsInlineLimit: 0,
      modulePreload: false,
      // Loaded from this computer, not over a network.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { checks },
    },
  });
}

/** @param {Record<string, string>} input @param {'es' | 'cjs'} format @param {string} extension */
function buildForNode(input, format, extension) {
  return build({
    ...shared,
    // Everything is bundled, so that dist/ needs no node_modules beside it, but what is not JavaScript, and what only a bench needs.
    ssr: {
      noExternal: true,
      external: ['@photostructure/sqlite', 'electron', 'node-hid', 'playwright', 'serialport', 'webgpu'],
    },
    // ws looks for two optional native packages that this application does not use.
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
    build: {
      ssr: true,
      outDir: staging,
      emptyOutDir: false,
      target: 'node20',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        checks,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `programs/chunks/[name]-[hash].${extension}`,
        },
      },
    },
  });
}

const modules = {
  ...Object.fromEntries(Object.entries(programs).map(([name, source]) => [`programs/${name}`, source])),
  'electron/main': electronMain,
};
const preload = { 'electron/preload': electronPreload };
const missing = [...Object.values(modules), ...Object.values(preload), page].filter(
  (path) => !existsSync(join(root, path)),
);
if (missing.length > 0) {
  console.error(`There is no ${missing.join(', ')}: scripts/programs.mjs names what is built from where.`);
  process.exit(1);
}

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
try {
  await buildPage();
  await buildForNode(modules, 'es', 'js');
  await buildForNode(preload, 'cjs', 'cjs');
  writeStamp(staging, inputsHash, [
    'renderer/index.html',
    ...Object.keys(modules).map((name) => `${name}.js`),
    ...Object.keys(preload).map((name) => `${name}.cjs`),
  ]);
  const previous = `${staging}-previous`;
  if (existsSync(dist)) renameSync(dist, previous);
  renameSync(staging, dist);
  rmSync(previous, { recursive: true, force: true });
  console.error(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
} finally {
  rmSync(staging, { recursive: true, force: true });
}
