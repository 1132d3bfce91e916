/** The body of an answer as text, unpacked; `undefined` where it is longer than `bytesMax`: no more of it is read. */
export async function limitedText({ body }: Response, bytesMax: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return undefined; // to leave the loop closes the connection
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
