// Ends what a launcher started when the launcher itself is gone, however it went (also SIGKILL): reads lines `+PID` and
// `-PID` from stdin, and at end of input kills every process still listed and removes the folder given as argument. Ends
// everything after a lifetime too, if one is given, so that a hanging run cannot leave servers behind for ever.
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const [folder, keepFolder, lifetimeMs] = process.argv.slice(2);
const pids = new Set<number>();

function endAll(): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself between the last line and now.
    }
  }
  if (folder !== undefined && keepFolder !== "keep") rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit(0);
}

// The launcher's terminal or group may be interrupted; the watchdog must outlive it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
if (Number(lifetimeMs) > 0) setTimeout(endAll, Number(lifetimeMs));
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) pids.add(pid);
  else pids.delete(pid);
});
lines.on("close", endAll);
