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
      rolldownOptions: { checks },
    },
  });
}

/** @param {Record<string, string>} input @param {'es' | 'cjs'} format @param {string} extension */
function buildForNode(input, format, extension) {
  return build({
    ...shared,
    // Everything is bundled, so that dist/ needs no node_modules beside it.
    ssr: { noExternal: true, external: ['electron'] },
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

/** @param {Record<string, string>} table @returns the entries whose source exists; the others are named */
function existing(table) {
  return Object.fromEntries(
    Object.entries(table).filter(([name, source]) => {
      const exists = existsSync(join(root, source));
      if (!exists) console.error(`Left out ${name}: there is no ${source}.`);
      return exists;
    }),
  );
}

const modules = existing({
  ...Object.fromEntries(Object.entries(programs).map(([name, source]) => [`programs/${name}`, source])),
  'electron/main': electronMain,
});
const preload = existing({ 'electron/preload': electronPreload });
const hasPage = existsSync(join(root, page));

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
try {
  if (hasPage) await buildPage();
  if (Object.keys(modules).length > 0) await buildForNode(modules, 'es', 'js');
  if (Object.keys(preload).length > 0) await buildForNode(preload, 'cjs', 'cjs');
  writeStamp(staging, inputsHash, [
    ...(hasPage ? ['renderer/index.html'] : []),
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
