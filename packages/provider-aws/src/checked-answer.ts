import { Readable } from "node:stream";
import { CloudError } from "@flotilla/core";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { isErrorDocument } from "./is-error-document.ts";

type SdkResponse = Awaited<ReturnType<NodeHttpHandler["handle"]>>["response"];

/** Sixteen times the largest page we know of (two megabytes of price list): what is longer is no answer of AWS. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/**
 * An answer, read to its end, that the SDKs can be given: they read without limit, follow what a page of a proxy seems to say,
 * and tell an error by the status alone.
 *
 * @throws CloudError for what is no answer of AWS; what reading it throws.
 */
export async function checkedAnswer(response: SdkResponse, host: string): Promise<SdkResponse> {
  const { statusCode: status, body } = response;
  try {
    refuseRedirect(response, host);
    refusePage(response, host);
    const bytes = await wholeOf(body as AsyncIterable<Uint8Array>, host);
    const isHiddenError = status < 300 && isErrorDocument(bytes, header(response, "x-amzn-errortype"));
    response.body = bytes; // the SDKs take what is read already, and that is cheaper than another stream
    response.statusCode = isHiddenError ? BAD_REQUEST : status;
    return response;
  } catch (error) {
    if (body instanceof Readable) body.destroy();
    throw error;
  }
}

/** What most services answer their errors with; the code in the document says the rest. */
const BAD_REQUEST = 400;

async function wholeOf(body: AsyncIterable<Uint8Array>, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let left = ANSWER_BYTES_MAX;
  for await (const chunk of body) {
    left -= chunk.length;
    if (left < 0) throw tooLarge(host);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(host: string): CloudError {
  const message = `aws: ${host} answered with more than ${ANSWER_BYTES_MAX} bytes, which is larger than allowed; is there a proxy between?`;
  return new CloudError("invalid", message, { code: "AnswerTooLarge" });
}

/** No call of ours is answered by another place, and what is signed for one host is for no other. */
function refuseRedirect(response: SdkResponse, host: string): void {
  const { statusCode: status } = response;
  if (status < 300 || status >= 400) return;
  const location = header(response, "location");
  const target = location === "" ? undefined : URL.parse(location, `https://${host}`)?.host;
  const message = `aws: ${host} answered HTTP ${status} and leads to ${target ?? "no address"}; redirects are not followed. Is there a proxy between?`;
  throw new CloudError("policy", message, { code: "Redirect", status });
}

/**
 * No AWS service answers HTML: that is a proxy or a captive portal. An XML parser would take the page for an empty answer,
 * and an account would seem to have nothing. Who asks for fewer calls is believed, whoever it is.
 */
function refusePage(response: SdkResponse, host: string): void {
  const { statusCode: status } = response;
  if (status === 429 || !header(response, "content-type").toLowerCase().startsWith("text/html")) return;
  const message = `aws: ${host} answered HTTP ${status} with a web page; is there a proxy between?`;
  throw new CloudError("transient", message, { code: "HtmlAnswer", status });
}

function header({ headers }: SdkResponse, wanted: string): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}
