/**
 * Plain JSON data as YAML 1.2 that kubectl's YAML 1.1 reads the same: words such as `yes` and `0644` are quoted, long
 * lines are not folded. One document with a final newline. Loads the YAML library.
 */
export async function toYaml(value: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(value, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    // Strings are written so that a 1.1 reader takes them for strings too.
    compat: "yaml-1.1",
  });
}
