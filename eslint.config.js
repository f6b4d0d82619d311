// What a module graph cannot see: bans on the ways around it, and the usual rules for TypeScript and Svelte.
// Every `exocortex/` rule has a seeded violation in tests/safety/syntax-bans.test.ts.
import svelte from 'eslint-plugin-svelte';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * A rule that forbids every piece of syntax a selector matches.
 * @param {string} selector
 * @param {string} message
 * @returns {import('eslint').Rule.RuleModule}
 */
const ban = (selector, message) => ({
  meta: { type: 'problem', schema: [], messages: { banned: message } },
  create: (context) => ({
    [selector]: (/** @type {import('estree').Node} */ node) => context.report({ node, messageId: 'banned' }),
  }),
});

const clocks =
  ':matches(' +
  "MemberExpression[object.name='Date'][property.name='now'], " +
  "MemberExpression[object.name='performance'], " +
  "MemberExpression[object.name='process'], " +
  "NewExpression[callee.name='Date'], " +
  "MemberExpression[object.name='Math'][property.name='random'])";
// eslint-disable-next-line exocortex/no-device-path -- the pattern itself
const devicePath = String.raw`/^(\/dev\/|\\\\\.\\(?!pipe\\))|hidraw|ttyUSB|ttyACM/`;
const devicePackage = '/^(node-hid|serialport|@serialport.*|usb)$/';

const exocortex = {
  rules: {
    'no-create-require': ban(
      ":matches(ImportSpecifier[imported.name='createRequire'], MemberExpression[property.name='createRequire'], " +
        "MemberExpression[object.name='process'][property.name='dlopen'])",
      'createRequire and dlopen hide an import from the checks; native code is loaded in native/ only.',
    ),
    'no-computed-import': ban(
      "ImportExpression[source.type!='Literal']",
      'import() of a computed name hides an import from the checks; write the name.',
    ),
    'no-device-path': ban(
      `:matches(Literal[value=${devicePath}], TemplateElement[value.cooked=${devicePath}])`,
      'Only main/rig/hardware knows the paths of devices.',
    ),
    'no-device-package': ban(
      `:matches(ImportDeclaration[source.value=${devicePackage}], ImportExpression[source.value=${devicePackage}])`,
      'Only main/rig/hardware talks to devices.',
    ),
    'no-clock-in-interlock': ban(
      clocks,
      'The interlock is given time and chance: the same journal gives the same decisions.',
    ),
    'no-forged-permit': ban(
      ":matches(TSAsExpression, TSTypeAssertion)[typeAnnotation.typeName.name='Permit']",
      "Only the interlock's decision makes a permit.",
    ),
    'no-pulse-beside-gate': ban(
      "CallExpression:matches([callee.property.type='Identifier'][callee.property.name='pulse'], [callee.property.value='pulse'])",
      'Only main/rig/stimulation/gate.ts asks a stimulator for a pulse.',
    ),
    'no-blocking-wait': ban(
      "MemberExpression[object.name='Atomics'][property.name='wait']",
      'Only a thread of its own (a file called …-thread.ts) may block.',
    ),
    // The graph does not see type-only imports of components.
    'no-foreign-import-in-component': ban(
      String.raw`ImportDeclaration[source.value=/^(\.\.\/)+(main|simulation|analysis|native|tests)\//]`,
      'The page knows only itself and common/.',
    ),
    'no-narrowed-tests': ban(
      'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo)$/]',
      'A test that cannot run here uses runIf and gives the reason.',
    ),
  },
};

export default [
  {
    ignores: [
      'dist/',
      'build/',
      'release/',
      'native/build/',
      'prebuilds/',
      'resources/',
      'test-results/',
      'sessions/',
      'coverage/',
      '.stryker-tmp/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  {
    plugins: { exocortex },
    rules: {
      ...Object.fromEntries(Object.keys(exocortex.rules).map((name) => [`exocortex/${name}`, 'error'])),
      'exocortex/no-clock-in-interlock': 'off',
      'exocortex/no-foreign-import-in-component': 'off',
      'exocortex/no-pulse-beside-gate': 'off',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: 'error',
      'no-cond-assign': 'error',
      'no-constant-binary-expression': 'error',
      'no-constant-condition': 'error',
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-loss-of-precision': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'use-isnan': 'error',
      // An index into a typed array inside its own loop is known to exist, and a check there costs a branch per sample.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A set that is replaced as a whole, or that nobody draws, needs no reactive set.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: typescript.parser, svelteConfig, tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: ['**/*.svelte'], rules: { 'exocortex/no-foreign-import-in-component': 'error' } },
  {
    files: ['main/rig/hardware/**'],
    rules: { 'exocortex/no-device-path': 'off', 'exocortex/no-device-package': 'off' },
  },
  {
    files: ['main/rig/interlock/**'],
    rules: { 'exocortex/no-clock-in-interlock': 'error', 'exocortex/no-forged-permit': 'off' },
  },
  {
    files: ['main/rig/**', 'main/shells/**', 'main/application/**'],
    // The gate itself, what hands its pulse on to the outputs that are wired, and what stands in the place of a device in tests.
    ignores: [
      'main/rig/stimulation/gate.ts',
      'main/rig/hardware/wired-stimulator.ts',
      '**/*.test.ts',
      '**/*.fixture.ts',
    ],
    rules: { 'exocortex/no-pulse-beside-gate': 'error' },
  },
  // Threads that may block; in the journal's ring the rig thread and the recorder thread wait for each other.
  {
    files: ['**/*-thread.ts', 'main/rig/supervision/watchdog.ts', 'common/journal/ring.ts'],
    rules: { 'exocortex/no-blocking-wait': 'off' },
  },
  // What a forged permit meets at the gate is tested.
  { files: ['main/rig/stimulation/*.test.ts'], rules: { 'exocortex/no-forged-permit': 'off' } },
  { files: ['native/**'], rules: { 'exocortex/no-create-require': 'off', 'exocortex/no-blocking-wait': 'off' } },
  // The nets' own test holds the forbidden words as text.
  { files: ['tests/safety/**'], rules: { 'exocortex/no-device-path': 'off', 'no-template-curly-in-string': 'off' } },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
];
