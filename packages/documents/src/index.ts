export { DEFAULT_DOCUMENT_LIMITS, PROBLEMS_MAX, type DocumentLimits } from "./document-limits.ts";
export { flattenLists } from "./flatten-lists.ts";
export { readDocuments, type DocumentSource } from "./read-documents.ts";
export { readFiles, type ReadFilesOptions, type SourceFile } from "./read-files.ts";
export { toYaml } from "./to-yaml.ts";
