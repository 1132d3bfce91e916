import { CloudError } from "@flotilla/core";

/** Pages of the price list hold less than 1 MiB, the largest lists of clusters a few. */
const ANSWER_MIB_MAX = 32;

/** The text of an answer's body, as it is unpacked. @throws CloudError `invalid` for one that is larger than allowed */
export async function answerText(body: NodeJS.ReadableStream, action: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const buffer = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    bytes += buffer.length;
    if (bytes > ANSWER_MIB_MAX * 1024 * 1024) {
      throw new CloudError("invalid", `azure ${action}: the answer is larger than allowed (${ANSWER_MIB_MAX} MiB)`);
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
