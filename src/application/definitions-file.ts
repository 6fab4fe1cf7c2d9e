import { readFile } from "node:fs/promises";
import { z } from "zod";
import { JsonSyntaxError, parseJsonBytes } from "../json/parse.js";
import { systemRequest } from "../core/request-scope.js";
import { ProviderFailure } from "../core/failure.js";
import { OperatorError } from "../core/operator-error.js";
import { isJsonObject, type JsonObject } from "../json/value.js";
import type { ManageCollections } from "./manage-collections.js";
import type { ProviderDirectory } from "./providers.js";

/** The file cannot be read, or a definition in it is refused. */
class DefinitionsFileError extends OperatorError {
  override readonly name = "DefinitionsFileError";
}

const definitions = z.record(z.string(), z.array(z.custom<JsonObject>(isJsonObject, "must be an object")));

/**
 * Creates the collections of a file `{"<provider>": [<definition>, …]}`. A collection that exists is left unchanged;
 * the credentials of every definition are saved again. A definition with credentials only creates no collection.
 * @throws DefinitionsFileError
 */
export async function applyDefinitionsFile(
  path: string,
  { directory, manage }: { readonly directory: ProviderDirectory; readonly manage: ManageCollections },
): Promise<void> {
  for (const [provider, wanted] of Object.entries(await readDefinitions(path))) {
    if (directory.find(provider) === undefined)
      throw new DefinitionsFileError(`${path}: no provider ${provider} is registered`);
    for (const [index, definition] of wanted.entries()) {
      try {
        await manage.ensure(systemRequest, provider, definition);
      } catch (error) {
        if (error instanceof ProviderFailure)
          throw new DefinitionsFileError(`${path}: ${provider}.${index}: ${error.message}`, { cause: error });
        throw error;
      }
    }
  }
}

async function readDefinitions(path: string): Promise<z.output<typeof definitions>> {
  try {
    const parsed = definitions.safeParse(parseJsonBytes(await readFile(path)));
    if (parsed.success) return parsed.data;
    throw new DefinitionsFileError(`${path}: ${z.prettifyError(parsed.error)}`);
  } catch (error) {
    if (error instanceof JsonSyntaxError || (error instanceof Error && "code" in error))
      throw new DefinitionsFileError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
