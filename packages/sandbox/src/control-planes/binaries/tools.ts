/** A program of a control plane, and the Go package it is built from (versions: `go.mod` beside this folder). */
export interface Tool {
  readonly name: ToolName;
  readonly goPackage: string;
}

export type ToolName = "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok" | "kubectl";

/** In the order they are built: the first compiles most of what the others share. */
export const TOOLS: readonly Tool[] = [
  { name: "kube-apiserver", goPackage: "k8s.io/kubernetes/cmd/kube-apiserver" },
  { name: "kube-controller-manager", goPackage: "k8s.io/kubernetes/cmd/kube-controller-manager" },
  { name: "kube-scheduler", goPackage: "k8s.io/kubernetes/cmd/kube-scheduler" },
  { name: "etcd", goPackage: "go.etcd.io/etcd/server/v3" },
  { name: "kwok", goPackage: "sigs.k8s.io/kwok/cmd/kwok" },
  { name: "kubectl", goPackage: "k8s.io/kubernetes/cmd/kubectl" },
];
