const MACHINE_TYPE = /^(standard|basic)(_[a-z0-9-]+)+$/i;

/**
 * A machine type as the price list writes it, e.g. `Standard_E8-4ads_v5`: clusters name it in the case that somebody once typed,
 * and the list minds case. The letters of the series are capitals, its features and the version are not, accelerators are.
 * A word without a digit follows no rule (`cc`, `Promo`) and stays.
 */
export function canonicalMachineType(name: string): string {
  if (!MACHINE_TYPE.test(name)) return name;
  const [kind = "", size = "", ...rest] = name.split("_");
  return [capitalised(kind), sizeOf(size), ...rest.map(suffixOf)].join("_");
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function sizeOf(word: string): string {
  return word.toLowerCase().replace(/^[a-z]+/, (series) => series.toUpperCase());
}

function suffixOf(word: string): string {
  if (/^v\d$/i.test(word)) return word.toLowerCase();
  return /\d/.test(word) ? word.toUpperCase() : word;
}
