/**
 * Replaces `@prisma/debug` in the bundle. The package keeps what the latest hundred calls were given, so the adapters
 * would keep the parameters of the latest hundred statements: the records of whole batches.
 */
export const Debug = () => ignore;

function ignore() {
  return;
}
