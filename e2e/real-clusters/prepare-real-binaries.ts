import { COMPONENTS, type FoundBinaries, type NoBinaries, prepareBinaries } from "@flotilla/sandbox/control-planes";

/** The programs of a control plane and kubectl; builds those that are missing and says so. */
export function prepareRealBinaries(say: (line: string) => void): Promise<FoundBinaries | NoBinaries> {
  return prepareBinaries([...COMPONENTS, "kubectl"], {
    env: process.env,
    onStep: ({ done, total, message }) => say(`${done}/${total} ${message}`),
  });
}
