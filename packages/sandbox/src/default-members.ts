import type { SandboxMember } from "./sandbox-member.ts";

/**
 * A small fleet in which every kind of reason shows: regions that cost differently, sizes that differ, a member of another
 * continent, one that is tainted. Prices are in the range of the clouds' public ones and made up for the sandbox.
 */
export const DEFAULT_MEMBERS: readonly SandboxMember[] = [
  {
    name: "aws-dublin",
    cloud: "aws",
    region: "eu-west-1",
    kubernetesVersion: "v1.35.1",
    pools: [
      {
        instanceType: "m7i-flex.xlarge",
        nodes: 3,
        cpu: "3920m",
        memory: "14Gi",
        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        nodePerHour: "0.1823 USD",
      },
    ],
    labels: { tier: "gold" },
    controlPlanePerHour: "0.10 USD",
  },
  {
    name: "gcp-eemshaven",
    cloud: "gcp",
    region: "europe-west4",
    kubernetesVersion: "v1.36.3",
    pools: [
      {
        instanceType: "e2-standard-4",
        nodes: 3,
        cpu: "3920m",
        memory: "13Gi",
        zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
        nodePerHour: "0.1475 USD",
      },
    ],
    labels: { tier: "gold" },
    controlPlanePerHour: "0.10 USD",
  },
  {
    name: "azure-amsterdam",
    cloud: "azure",
    signIn: "certificate",
    region: "westeurope",
    kubernetesVersion: "v1.35.1",
    pools: [
      {
        instanceType: "Standard_D4s_v5",
        nodes: 2,
        cpu: "3860m",
        memory: "13Gi",
        zones: ["westeurope-1", "westeurope-2"],
        nodePerHour: "0.2320 USD",
      },
    ],
    labels: { tier: "silver" },
    controlPlanePerHour: "0.10 USD",
  },
  {
    name: "aws-virginia",
    cloud: "aws",
    region: "us-east-1",
    kubernetesVersion: "v1.35.1",
    pools: [
      {
        instanceType: "c7i.2xlarge",
        nodes: 2,
        cpu: "7910m",
        memory: "14Gi",
        zones: ["us-east-1a", "us-east-1b"],
        nodePerHour: "0.3570 USD",
      },
    ],
    labels: { tier: "gold" },
    controlPlanePerHour: "0.10 USD",
  },
  {
    name: "gcp-oregon",
    cloud: "gcp",
    region: "us-west1",
    kubernetesVersion: "v1.36.3",
    pools: [
      {
        instanceType: "e2-standard-4",
        nodes: 2,
        cpu: "3920m",
        memory: "13Gi",
        zones: ["us-west1-a", "us-west1-b"],
        nodePerHour: "0.1340 USD",
      },
    ],
    labels: { tier: "bronze" },
    taints: [{ key: "maintenance", value: "upgrade", effect: "NoSchedule" }],
    controlPlanePerHour: "0.10 USD",
  },
];
