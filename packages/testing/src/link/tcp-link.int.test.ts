import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "vitest";
import { openTcpLink } from "./tcp-link.ts";

async function anEchoServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}

async function say(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = (await once(socket, "data")) as [Buffer];
  return answer.toString();
}

test("bytes pass, a cut resets, and a mended link takes new connections", async () => {
  await using echo = await anEchoServer();
  await using link = await openTcpLink({ port: echo.port });
  const first = connect(link.port, "127.0.0.1");
  expect(await say(first, "hello")).toBe("hello");
  const closed = once(first, "error");
  link.cut();
  expect(await closed).toMatchObject([{ code: "ECONNRESET" }]);
  await expect(once(connect(link.port, "127.0.0.1"), "data")).rejects.toMatchObject({ code: "ECONNRESET" });
  link.mend();
  const second = connect(link.port, "127.0.0.1");
  expect(await say(second, "again")).toBe("again");
  second.destroy();
});

test("a stalled link holds bytes back and loses none", async () => {
  await using echo = await anEchoServer();
  await using link = await openTcpLink({ port: echo.port });
  const socket = connect(link.port, "127.0.0.1");
  expect(await say(socket, "before")).toBe("before");
  link.stall();
  const heard: string[] = [];
  socket.on("data", (data: Buffer) => heard.push(data.toString()));
  socket.write("held");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual([]);
  link.mend();
  await expect.poll(() => heard.join("")).toBe("held");
  socket.destroy();
});
