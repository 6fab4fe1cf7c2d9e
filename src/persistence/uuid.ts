const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether PostgreSQL accepts the text as an id. A look-up by any other text finds nothing. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}
