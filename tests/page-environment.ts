// A test environment for the page's modules: compiled for the browser, run without a DOM.
import type { Environment } from 'vitest/runtime';

const pageEnvironment: Environment = {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};

export default pageEnvironment;
