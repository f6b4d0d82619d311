// The views of the page by name. Runs in the page.

export const viewNames = ['rig', 'design', 'run', 'review', 'network', 'help'] as const;
export type ViewName = (typeof viewNames)[number];
