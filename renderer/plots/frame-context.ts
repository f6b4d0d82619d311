// Hands the page's frame scheduler to every plot below the root component.
import { createContext } from 'svelte';
import type { FrameScheduler } from './frame-scheduler.ts';

export const [getFrameScheduler, setFrameScheduler] = createContext<FrameScheduler>();
