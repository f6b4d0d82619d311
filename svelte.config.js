// Svelte's settings for the build, the type check, the linter and the tests: runes only.
export default {
  compilerOptions: { runes: true },
};
