// Builds the native addon with the machine's C++ compiler, on all of its processors: `node scripts/build-native.mjs [--require] [--prebuild]`.
// Into native/build/, or with --prebuild into prebuilds/<platform>-<arch>/. Without a compiler it says so and succeeds,
// because the TypeScript kernels do the same work; with --require it fails.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { execFile, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root as checkout } from './paths.mjs';

/**
 * @typedef {{ status: 'built' | 'current', path: string } | { status: 'no-compiler' | 'failed', reason: string }} NativeBuild
 * @typedef {{ description: string, compile(sources: string[], headers: string, output: string, scratch: string): Run | Promise<Run> }} Compiler
 * @typedef {{ succeeded: boolean, output: string }} Run
 */

/**
 * Builds the addon unless its sources, its headers and the compiler are the same as last time.
 * @param {{ root?: string, isPrebuild?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<NativeBuild>}
 */
export async function buildNative({ root = checkout, isPrebuild = false, log = console.error } = {}) {
  const headers = join(root, 'node_modules', 'node-api-headers');
  if (!existsSync(headers))
    return { status: 'failed', reason: 'The native addon needs the dependencies first: run npm ci.' };
  const prebuildFolder = join(root, 'prebuilds', `${process.platform}-${process.arch}`);
  const compiler = process.platform === 'win32' ? findMsvc() : findUnixCompiler(isPrebuild);
  if (!compiler) {
    const prebuilt = join(prebuildFolder, 'exocortex.node');
    if (existsSync(prebuilt) && !isPrebuild) return { status: 'current', path: prebuilt };
    return {
      status: 'no-compiler',
      reason: `No C++ compiler was found, so the native addon is not built and TypeScript does its work. Install ${compilerToInstall()} to have it built.`,
    };
  }

  const folder = isPrebuild ? prebuildFolder : join(root, 'native', 'build');
  const path = join(folder, 'exocortex.node');
  const stampPath = join(root, 'native', 'build', isPrebuild ? 'prebuild.stamp' : 'build.stamp');
  const sourceFolder = join(root, 'native', 'src');
  const sources = readdirSync(sourceFolder)
    .sort()
    .map((name) => join(sourceFolder, name));
  const hash = createHash('sha256').update(compiler.description);
  for (const file of [...sources, join(headers, 'package.json'), fileURLToPath(import.meta.url)])
    hash.update(readFileSync(file));
  const stamp = hash.digest('hex');
  if (existsSync(path) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp)
    return { status: 'current', path };

  log('Building the native addon …');
  const scratch = join(root, 'native', 'build', `scratch-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  mkdirSync(folder, { recursive: true });
  try {
    const output = join(scratch, 'exocortex.node');
    const run = await compiler.compile(
      sources.filter((file) => file.endsWith('.cpp')),
      headers,
      output,
      scratch,
    );
    if (!run.succeeded)
      return {
        status: 'failed',
        reason: `${run.output.trim()}\nThe native addon did not compile (${compiler.description}); TypeScript does its work.`,
      };
    // Renamed into place whole, so that a program that has the old file loaded keeps it.
    renameSync(output, path);
    writeFileSync(stampPath, stamp);
    return { status: 'built', path };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function compilerToInstall() {
  if (process.platform === 'win32') return 'Visual Studio Build Tools with C++';
  return process.platform === 'darwin' ? "Apple's command line tools (xcode-select --install)" : 'g++ or clang++';
}

/** @param {string} command @param {string[]} args @returns {Run} */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    windowsVerbatimArguments: command === 'cmd',
  });
  return { succeeded: status === 0, output: error ? error.message : `${stdout}${stderr}` };
}

/**
 * Runs a command with each of the lists of arguments, as many at a time as there are processors; ends with the first that fails.
 * @param {string} command @param {string[][]} each @returns {Promise<Run>}
 */
async function runTogether(command, each) {
  const waiting = each.values();
  /** @type {Run} */
  let last = { succeeded: true, output: '' };
  const work = async () => {
    for (const args of waiting) {
      if (!last.succeeded) return;
      const one = await runBeside(command, args);
      if (last.succeeded) last = one;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return last;
}

/** @param {string} command @param {string[]} args @returns {Promise<Run>} */
function runBeside(command, args) {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ succeeded: error === null, output: `${stdout}${stderr}` || (error?.message ?? '') });
    });
  });
}

/**
 * @param {boolean} isPrebuild a prebuilt file brings its C++ library along
 * @returns {Compiler | undefined}
 */
function findUnixCompiler(isPrebuild) {
  for (const command of [process.env['CXX'], 'c++', 'g++', 'clang++']) {
    if (!command) continue;
    const version = run(command, ['--version']);
    if (!version.succeeded) continue;
    const linking =
      process.platform === 'darwin'
        ? ['-bundle', '-undefined', 'dynamic_lookup']
        : ['-shared', '-pthread', ...(isPrebuild ? ['-static-libstdc++', '-static-libgcc'] : [])];
    // Contracted multiply-adds would make the spikes differ from those of the TypeScript kernels; its whole numbers wrap round.
    const flags = [
      '-std=c++17',
      '-O3',
      '-ffp-contract=off',
      '-fwrapv',
      '-fPIC',
      '-fvisibility=hidden',
      '-Wall',
      '-Wextra',
    ];
    return {
      description: `${command}: ${version.output.split('\n')[0]}`,
      async compile(sources, headers, output, scratch) {
        const objectOf = (/** @type {string} */ source) => join(scratch, `${basename(source)}.o`);
        const compiled = await runTogether(
          command,
          sources.map((source) => [...flags, '-I', join(headers, 'include'), '-c', source, '-o', objectOf(source)]),
        );
        return compiled.succeeded ? run(command, [...sources.map(objectOf), ...linking, '-o', output]) : compiled;
      },
    };
  }
  return undefined;
}

/** @returns {Compiler | undefined} Microsoft's compiler, found as its installer records it */
function findMsvc() {
  const vswhere = join(process.env['ProgramFiles(x86)'] ?? '', 'Microsoft Visual Studio', 'Installer', 'vswhere.exe');
  const query = run(vswhere, [
    '-latest',
    '-products',
    '*',
    '-requires',
    'Microsoft.VisualStudio.Component.VC.Tools.x86.x64',
    '-property',
    'installationPath',
  ]);
  const installation = query.succeeded ? query.output.trim() : '';
  if (installation === '') return undefined;
  const environment = join(installation, 'VC', 'Auxiliary', 'Build', 'vcvarsall.bat');
  const machine = process.arch === 'arm64' ? 'arm64' : 'x64';
  return {
    description: `MSVC for ${machine} in ${installation}`,
    compile(sources, headers, output, scratch) {
      // The functions of Node-API are in the program that loads the addon, which under Electron is not called node.exe:
      // import libraries are made from their lists of names, and bound to the running program when first called.
      const libraries = ['js_native_api', 'node_api'].map((name) => join(scratch, `${name}.lib`));
      const quote = (/** @type {string} */ path) => `"${path}"`;
      const script = join(scratch, 'build.cmd');
      writeFileSync(
        script,
        [
          '@echo off',
          'chcp 65001 >nul',
          `call ${quote(environment)} ${machine} >nul || exit /b 1`,
          ...libraries.map(
            (library, index) =>
              `lib /nologo /machine:${machine} /def:${quote(join(headers, 'def', `${['js_native_api', 'node_api'][index]}.def`))} /out:${quote(library)} || exit /b 1`,
          ),
          [
            'cl /nologo /MP /LD /MT /std:c++17 /O2 /EHsc /fp:precise /W3',
            `/I${quote(join(headers, 'include'))} ${sources.map(quote).join(' ')} /Fo${quote(`${scratch}\\\\`)} /Fe${quote(output)}`,
            `/link ${libraries.map(quote).join(' ')} delayimp.lib /DELAYLOAD:node.exe`,
          ].join(' '),
        ].join('\r\n'),
      );
      return run('cmd', ['/d', '/s', '/c', `"${quote(script)}"`]);
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = await buildNative({ isPrebuild: process.argv.includes('--prebuild') });
  if ('reason' in build) console.error(build.reason);
  const isFailure = build.status === 'failed' || (build.status === 'no-compiler' && process.argv.includes('--require'));
  process.exitCode = isFailure ? 1 : 0;
}
