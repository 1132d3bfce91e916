/** The parts of a container image's name. Source: github.com/distribution/reference, "Grammar". */
export interface ImageReference {
  /** Absent: the runtime's default registry. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…`; where it is given the runtime ignores the tag. */
  readonly digest?: string;
}

const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const REGISTRY = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Longer names are refused by registries; it also bounds the expressions above. */
const NAME_LENGTH_MAX = 255;

/** Splits an image name; `undefined` where it is not one. */
export function parseImageReference(image: string): ImageReference | undefined {
  const at = image.indexOf("@");
  const digest = at === -1 ? undefined : image.slice(at + 1);
  const named = at === -1 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(":");
  // A colon before the last slash belongs to the registry's port.
  const tag = colon > named.lastIndexOf("/") ? named.slice(colon + 1) : undefined;
  const name = tag === undefined ? named : named.slice(0, colon);
  const registry = registryOf(name);
  const repository = registry === undefined ? name : name.slice(registry.length + 1);
  const reference = {
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
  return isImageReference(reference) ? reference : undefined;
}

/** The first part names a registry only if it has a dot or a colon, or is `localhost`; otherwise it belongs to the repository. */
function registryOf(name: string): string | undefined {
  const slash = name.indexOf("/");
  if (slash === -1) return undefined;
  const first = name.slice(0, slash);
  return /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase() ? first : undefined;
}

export function isImageReference({ registry, repository, tag, digest }: ImageReference): boolean {
  if (repository.length + (registry?.length ?? 0) > NAME_LENGTH_MAX) return false;
  return (
    REPOSITORY.test(repository) &&
    (registry === undefined || REGISTRY.test(registry)) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest))
  );
}

export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  const name = registry === undefined ? repository : `${registry}/${repository}`;
  return `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
