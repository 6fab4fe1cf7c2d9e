import type { ProviderMode } from "../../application/providers.js";
import { registerStringEnum } from "../schema/string-enum.js";

export const ProviderModes = registerStringEnum<ProviderMode>({
  name: "ProviderMode",
  description: "Who answers for a provider.",
  meanings: {
    embedded: "A service in this program, over its own database.",
    remote: "The real service. Only writing is defined; its collections are managed and read with its own tools.",
  },
});
