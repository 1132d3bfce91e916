import { stableDigits } from "@flotilla/testing";

/** An account's number, which a key file calls `client_id`. It is all that a token tells of its account without the e-mail scope. */
export function accountNumber(account: string): string {
  return stableDigits(21, "client", account);
}
