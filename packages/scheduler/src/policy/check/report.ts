import type { DocumentPath } from "@flotilla/core";

/** Tells of something wrong at a path of the policy's document. */
export type Report = (path: DocumentPath, message: string, suggestion?: string) => void;
