/** A template that this cloud cannot run is a mistake in this cloud or in the template: it says which, and does not go on. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
}
