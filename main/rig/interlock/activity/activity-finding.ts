// What the watch of the tissue's activity reports: the part of a fault that it fills. Rig thread; types.

/** Every value is measured against its bound in the same unit. */
export interface ActivityFinding {
  readonly code: 'seizure-like' | 'after-discharge' | 'runaway-tissue';
  readonly message: string;
  readonly value: number;
  readonly bound: number;
  readonly unit: string;
}
