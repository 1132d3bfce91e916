import type { ImageOverride } from "../policy/override-policy.ts";
import { formatImageReference, isImageReference, parseImageReference, type ImageReference } from "./image-reference.ts";

/**
 * The image with the given parts replaced, or what is wrong. A new tag drops a digest that is not renewed with it, and a new
 * digest drops the old tag: what is left of the old name must not point elsewhere than the new part does.
 */
export function overrideImage(
  image: string,
  override: ImageOverride,
): { readonly image: string } | { readonly message: string } {
  const before = parseImageReference(image);
  if (before === undefined) return { message: `"${image}" is not an image name: registry/repository:tag@digest` };
  const after = withParts(before, override);
  if (!isImageReference(after))
    return { message: `gives "${formatImageReference(after)}", which is not an image name` };
  return { image: formatImageReference(after) };
}

function withParts(before: ImageReference, override: ImageOverride): ImageReference {
  const isPinnedAnew = override.tag !== undefined || override.digest !== undefined;
  const { registry = before.registry, repository = before.repository } = override;
  const tag = isPinnedAnew ? override.tag : before.tag;
  const digest = isPinnedAnew ? override.digest : before.digest;
  return {
    ...(registry === undefined || registry === "" ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
