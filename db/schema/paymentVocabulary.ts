/** How a task may end, in the order in which finance thinks of it. */
export const TASK_RESOLUTIONS = ["placed", "refunded", "kept_in_programme", "explained"] as const;
export type TaskResolution = (typeof TASK_RESOLUTIONS)[number];
