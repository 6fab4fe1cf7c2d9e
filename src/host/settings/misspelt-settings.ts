export interface MisspeltSetting {
  readonly name: string;
  /** The setting that the name resembles. */
  readonly meant: string;
}

/**
 * Names that differ from a setting by one edit or by underscores alone. Any other name belongs to another program:
 * an orchestrator's variables start with the names of its services, which may be those of providers.
 */
export function findMisspeltSettings(
  names: readonly string[],
  settings: readonly string[],
): readonly MisspeltSetting[] {
  const known = new Set(settings);
  return names.flatMap((name) => {
    if (known.has(name)) return [];
    const meant = settings.find(
      (setting) => withoutUnderscores(setting) === withoutUnderscores(name) || isOneEditFrom(name, setting),
    );
    return meant === undefined ? [] : [{ name, meant }];
  });
}

function withoutUnderscores(name: string): string {
  return name.replaceAll("_", "");
}

/** One character inserted, removed or replaced, or two neighbours swapped. */
function isOneEditFrom(name: string, setting: string): boolean {
  if (Math.abs(name.length - setting.length) > 1) return false;
  let start = 0;
  while (start < name.length && name[start] === setting[start]) start += 1;
  const [rest, settingRest] = [name.slice(start), setting.slice(start)];
  return (
    rest.slice(1) === settingRest.slice(1) ||
    rest.slice(1) === settingRest ||
    rest === settingRest.slice(1) ||
    (rest.slice(2) === settingRest.slice(2) && rest[0] === settingRest[1] && rest[1] === settingRest[0])
  );
}
