/** Environment variable by which the runner tells suites why there can be no real control planes on this machine. */
export const SKIP_VARIABLE = "FLOTILLA_E2E_SKIP";
