/** The secret in the output of `keys create`. */
export function secretIn(output: string): string {
  return /^rgk_[\w-]{43}$/m.exec(output)?.[0] ?? fail(output);
}

/** The id in the output of `keys create`. */
export function idIn(output: string): string {
  return /^Key (\S+) /m.exec(output)?.[1] ?? fail(output);
}

/** The status of a GraphQL request with that key, or without one. */
export async function statusOf(url: string, key: string | undefined): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query: "{ recordProviders { id } }" }),
  });
  return response.status;
}

function fail(output: string): never {
  throw new Error(`the output shows no key:\n${output}`);
}
