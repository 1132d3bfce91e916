/**
 * Fields that stand twice in one object of a JSON text, by their paths (`data.k`, list items as `[0]`). `JSON.parse` keeps
 * the last and says nothing; the real server warns or refuses. The text must be JSON already.
 */
export function duplicateFields(text: string): readonly string[] {
  const found: string[] = [];
  const open: Scope[] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    const scope = open.at(-1);
    if (token === "{" || token === "[") open.push({ path: pathIn(scope), isList: token === "[", seen: new Set() });
    else if (token === "}" || token === "]") open.pop();
    else if (token === ",") advance(scope);
    else if (scope !== undefined && !scope.isList && scope.key === undefined) {
      scope.key = JSON.parse(token) as string;
      if (scope.seen.has(scope.key)) found.push(pathIn(scope));
      scope.seen.add(scope.key);
    }
  }
  return found;
}

/** Strings first, so that braces in them are none. Numbers and literals say nothing about fields. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

interface Scope {
  readonly path: string;
  readonly isList: boolean;
  readonly seen: Set<string>;
  /** The field whose value is being read. */
  key?: string | undefined;
  index?: number;
}

function advance(scope: Scope | undefined): void {
  if (scope === undefined) return;
  scope.key = undefined;
  scope.index = (scope.index ?? 0) + 1;
}

function pathIn(scope: Scope | undefined): string {
  if (scope === undefined) return "";
  if (scope.isList) return `${scope.path}[${scope.index ?? 0}]`;
  return scope.path === "" ? (scope.key ?? "") : `${scope.path}.${scope.key ?? ""}`;
}
