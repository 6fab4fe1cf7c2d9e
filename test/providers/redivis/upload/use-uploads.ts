import { useRestClient, type Answer, type Asked } from "../rest-client.js";
import { reference } from "../redivis-service.js";

export const table = `/tables/${reference}`;
export const schema = [
  { name: "a", type: "string" },
  { name: "b", type: "integer" },
];
let count = 0;

/** A name that no other upload has. */
export function nextName(): string {
  return `upload ${++count}`;
}

export interface Uploads extends ReturnType<typeof useRestClient> {
  /** Asks for a new upload of the table. */
  readonly create: (body: unknown, asked?: Asked, at?: string) => Promise<Answer>;
}

export function useUploads(): Uploads {
  const client = useRestClient();
  return {
    ...client,
    create: (body, asked = {}, at = table) => client.ask("POST", `${at}/uploads`, { body, ...asked }),
  };
}
