// Puts the page together on a document: state, plots' buffers, components. Runs in the page.
import { mount } from 'svelte';
import App from './App.svelte';
import type { Transport } from './connection/transport.ts';
import { FrameScheduler } from './plots/frame-scheduler.ts';
import { LiveBuffers } from './plots/live-buffers.ts';
import { PageState } from './state/page-state.svelte.ts';
import { browserTime } from './time/page-time.ts';

/** @param transport how the core is reached. */
export function startPage(transport: Transport, target: HTMLElement): PageState {
  const live = new LiveBuffers();
  const frames = new FrameScheduler(window);
  const { localStorage, sessionStorage } = window;
  const page = new PageState({ transport, time: browserTime, samples: live, localStorage, sessionStorage });
  mount(App, { target, props: { page, live, frames } });
  page.open();
  return page;
}
