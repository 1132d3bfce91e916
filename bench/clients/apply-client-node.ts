import { AppsV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { sampleDeployment } from "../stub/sample-objects.ts";
import { tell } from "./address.ts";
import { measureApply } from "./apply-load.ts";
import { clientNodeConfig } from "./client-node-config.ts";

const apps = clientNodeConfig().makeApiClient(AppsV1Api);
const request = {
  name: "web",
  namespace: "default",
  body: sampleDeployment("web"),
  fieldManager: "bench",
  force: true,
};
const options = setHeaderOptions("Content-Type", PatchStrategy.ServerSideApply);
tell(await measureApply(() => apps.patchNamespacedDeployment(request, options)));
