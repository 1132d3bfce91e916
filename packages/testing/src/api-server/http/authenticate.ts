import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { FakeUser } from "../auth/user.ts";

/** Who sent a request: the bearer of a known token, or the holder of a certificate of the server's own authority. */
export async function authenticateRequest(
  message: IncomingMessage,
  authenticateToken: (token: string) => Promise<FakeUser | undefined>,
): Promise<FakeUser | undefined> {
  const match = /^Bearer (.+)$/i.exec(message.headers.authorization ?? "");
  if (match !== null) return authenticateToken(match[1] ?? "");
  return message.socket instanceof TLSSocket && message.socket.authorized ? certificateUser(message.socket) : undefined;
}

/** Common name and organizations, as the server reads a client certificate. */
function certificateUser(socket: TLSSocket): FakeUser | undefined {
  const { subject } = socket.getPeerCertificate();
  const name: string | readonly string[] | undefined = subject?.CN;
  if (typeof name !== "string") return undefined;
  const groups: string | readonly string[] = (subject.O as string | readonly string[] | undefined) ?? [];
  return { name, groups: typeof groups === "string" ? [groups] : [...groups] };
}
