import { existsSync } from "node:fs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser for end-to-end tests: an installed one, none is downloaded.
 * @param {NodeJS.ProcessEnv} environment
 */
export function findChromium(environment) {
  return [environment.CHROMIUM_PATH ?? "", ...usualPlaces].find((path) => path !== "" && existsSync(path));
}
