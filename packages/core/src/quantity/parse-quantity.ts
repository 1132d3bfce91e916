/**
 * Kubernetes quantities as integers. The grammar is that of the `Quantity` type of the Kubernetes API
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/): a signed decimal number and a suffix,
 * `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or a decimal exponent such as `e3` or `E-2`. All arithmetic is on integers.
 */

/** Milli-CPU of a CPU quantity: `"1.5"` and `"1500m"` are 1500. Rounded up; `undefined` when it is not a quantity. */
export function parseCpuMilli(quantity: string | number): number | undefined {
  return parseScaled(quantity, 3);
}

/** Bytes of a memory quantity: `"1Gi"` is 1073741824. Rounded up; `undefined` when it is not a quantity. */
export function parseMemoryBytes(quantity: string | number): number | undefined {
  return parseScaled(quantity, 0);
}

/** Whole units of a countable resource (pods, GPUs): rounded up; `undefined` when it is not a quantity. */
export function parseCount(quantity: string | number): number | undefined {
  return parseScaled(quantity, 0);
}

// Longer than anything a person or an API server writes, short enough that a hostile scalar costs nothing.
const QUANTITY_CHARS_MAX = 128;
// Beyond these powers of ten every value is past what an integer here can hold, or below one unit.
const EXPONENT_MAX = 400;
const PATTERN = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;

const BINARY_POWERS: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL_POWERS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** `quantity × 10^unitPower`, rounded away from zero as Kubernetes does, capped at the safe integers (Kubernetes caps at 2^63 - 1). */
function parseScaled(quantity: string | number, unitPower: number): number | undefined {
  const text = typeof quantity === "number" ? numberText(quantity) : quantity;
  if (text === undefined || text.length > QUANTITY_CHARS_MAX) return undefined;
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = "", binary, decimal, exponent] = match;
  const point = digits.indexOf(".");
  const fractionDigits = point === -1 ? 0 : digits.length - point - 1;
  const power2 = binary === undefined ? 0 : (BINARY_POWERS[binary] ?? 0);
  const suffixPower = decimal === undefined ? Number(exponent ?? 0) : (DECIMAL_POWERS[decimal] ?? 0);
  const power10 = clamp(suffixPower, EXPONENT_MAX) + unitPower - fractionDigits;
  const mantissa = point === -1 ? digits : digits.slice(0, point) + digits.slice(point + 1);
  const magnitude = scaleUp(mantissa, power2, power10);
  return sign === "-" && magnitude !== 0 ? -magnitude : magnitude;
}

/** The shortest decimal text of a number is the number a YAML author wrote; `1e21` and `1e-7` are valid exponents. */
function numberText(value: number): string | undefined {
  return Number.isFinite(value) ? String(value) : undefined;
}

/** ceil(mantissa × 2^power2 × 10^power10), at most the largest safe integer. */
function scaleUp(mantissa: string, power2: number, power10: number): number {
  const quick = scaleSmall(mantissa, power2, power10);
  if (quick !== undefined) return quick;
  const numerator = (BigInt(mantissa) << BigInt(power2)) * 10n ** BigInt(Math.max(power10, 0));
  const denominator = 10n ** BigInt(Math.max(-power10, 0));
  const result = (numerator + denominator - 1n) / denominator;
  return result > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(result);
}

/** The same on doubles, where every step is exact: nearly all quantities of a real cluster, without a BigInt. */
function scaleSmall(mantissa: string, power2: number, power10: number): number | undefined {
  if (mantissa.length > 15 || power10 < -15 || power10 > 15) return undefined;
  const numerator = Number(mantissa) * 2 ** power2 * 10 ** Math.max(power10, 0);
  if (numerator > Number.MAX_SAFE_INTEGER) return undefined;
  const denominator = 10 ** Math.max(-power10, 0);
  const remainder = numerator % denominator;
  return (numerator - remainder) / denominator + (remainder > 0 ? 1 : 0);
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}
