import type { MirrorTask } from "../../src/application/mirrored-tasks.js";

/** For tests whose services answer no tasks. */
export const mirrorsNothing: MirrorTask = () => Promise.reject(new Error("this test mirrors no tasks"));
