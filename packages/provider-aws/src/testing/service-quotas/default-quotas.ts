/** A limit as AWS sets it for a new account. */
export interface DefaultQuota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly value: number;
  readonly isAdjustable: boolean;
  /** Whether the account has a value of its own from the start; the real service lacks some. */
  readonly isApplied: boolean;
}

/** Services whose quotas the emulator knows, with their full names. */
export const QUOTA_SERVICES: Readonly<Record<string, string>> = {
  ec2: "Amazon Elastic Compute Cloud (Amazon EC2)",
  eks: "Amazon Elastic Kubernetes Service (Amazon EKS)",
  vpc: "Amazon Virtual Private Cloud (Amazon VPC)",
};

/** Codes, names and values of the service quota pages of EC2, EKS and VPC; on-demand and spot families count vCPUs. */
export const DEFAULT_QUOTAS: readonly DefaultQuota[] = [
  quota("ec2", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5),
  quota("ec2", "L-34B43A08", "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 5),
  quota("ec2", "L-DB2E81BA", "Running On-Demand G and VT instances", 0),
  quota("ec2", "L-417A185B", "Running On-Demand P instances", 0),
  quota("ec2", "L-0263D0A3", "EC2-VPC Elastic IPs", 5),
  quota("eks", "L-1194D53C", "Clusters", 100),
  quota("eks", "L-6D54EA21", "Managed node groups per cluster", 30),
  defaultOnly("eks", "L-BD136A63", "Nodes per managed node group", 450),
  quota("vpc", "L-F678F1CE", "VPCs per Region", 5),
  defaultOnly("vpc", "L-407747CB", "Subnets per VPC", 200),
];

function quota(service: string, code: string, name: string, value: number): DefaultQuota {
  return { service, code, name, value, isAdjustable: true, isApplied: true };
}

function defaultOnly(service: string, code: string, name: string, value: number): DefaultQuota {
  return { ...quota(service, code, name, value), isApplied: false };
}
