const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL's hostname is this machine: `localhost`, 127.0.0.0/8 or `[::1]`. Names are not looked up. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
