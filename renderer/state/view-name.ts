// The views of the page by name. Runs in the page.

export const viewNames = ['rig', 'design', 'run', 'review', 'help'] as const;
export type ViewName = (typeof viewNames)[number];
