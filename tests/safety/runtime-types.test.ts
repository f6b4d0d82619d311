// The net over the types: each runtime's tsconfig knows the names of that runtime and of no other.
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { seededTree } from './seeded-tree.ts';

/** What a file of each tsconfig must not know. */
const foreign: Record<string, { file: string; names: readonly string[] }> = {
  'tsconfig.common.json': { file: 'common/seed.ts', names: ['document', 'process', 'setTimeout', 'Buffer'] },
  'tsconfig.interlock.json': {
    file: 'main/rig/interlock/seed.ts',
    names: ['window', 'process', 'performance', 'Buffer'],
  },
  'tsconfig.node.json': {
    file: 'main/rig/acquisition/seed.ts',
    names: ['document', 'window', 'requestAnimationFrame'],
  },
  'tsconfig.electron.json': { file: 'main/shells/electron/seed.ts', names: ['document', 'requestAnimationFrame'] },
  'tsconfig.renderer.json': { file: 'renderer/seed.ts', names: ['process', 'Buffer', '__dirname'] },
};

const tree = seededTree(
  Object.fromEntries(
    Object.values(foreign).map(({ file, names }) => [
      file,
      names.map((name) => `export const its_${name} = ${name};\n`).join(''),
    ]),
  ),
);
afterAll(() => tree.remove());

/** @returns the names that the compiler does not know in `file` under `config` */
function unknownNames(config: string, file: string): string[] {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(tree.folder, config), {}, host);
  const program = ts.createProgram(parsed?.fileNames ?? [], parsed?.options ?? {});
  const source = program.getSourceFile(join(tree.folder, file));
  if (source === undefined) throw new Error(`${config} does not include ${file}`);
  return program
    .getSemanticDiagnostics(source)
    .map((diagnostic) => source.text.slice(diagnostic.start, (diagnostic.start ?? 0) + (diagnostic.length ?? 0)));
}

test.each(Object.entries(foreign))('%s does not know the names of another runtime', (config, { file, names }) => {
  expect(unknownNames(config, file)).toEqual(names);
});
