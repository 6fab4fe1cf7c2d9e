import type { ProviderMode } from "../../application/providers.js";
import { registerStringEnum } from "../schema/string-enum.js";

export const ProviderModes = registerStringEnum<ProviderMode>({
  name: "ProviderMode",
  description: "The service behind a provider.",
  meanings: {
    embedded: "A service in this program, over its own database.",
    remote: "The real service. This server only writes to it; its own tools manage and read its collections.",
  },
});
