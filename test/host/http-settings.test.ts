import { describe, expect, test } from "vitest";
import { OperatorError } from "../../src/core/operator-error.js";
import { readConfig, type Config, type Environment } from "../../src/host/settings/config.js";
import { bodyBytesInFlight } from "../../src/host/settings/http-settings.js";
import { createTestApp } from "../../src/test-app.js";

const read = (environment: Environment): Config => readConfig(environment, []);

function problemOf(environment: Environment): string {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
  return "";
}

describe("an address that other machines reach", () => {
  test.each(["0.0.0.0", "::", "192.168.1.5", "box.example", "localhost.example", "::ffff:10.0.0.1", "128.0.0.1"])(
    "is refused without authorization: %s",
    (HOST) => {
      const message = problemOf({ HOST });
      expect(message.split("\n")).toHaveLength(1);
      for (const name of [`HOST is ${HOST}`, "AUTHORIZATION=on", "ALLOW_UNAUTHENTICATED=on"])
        expect(message).toContain(name);
    },
  );

  test.each(["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "a.localhost", "::1", "::ffff:127.0.0.1"])(
    "is not %s",
    (HOST) => {
      expect(read({ HOST }).HOST).toBe(HOST);
    },
  );

  test("is accepted with authorization, and where the operator allows it", () => {
    expect(read({ HOST: "0.0.0.0", AUTHORIZATION: "on" }).HOST).toBe("0.0.0.0");
    expect(read({ HOST: "0.0.0.0", ALLOW_UNAUTHENTICATED: "on" }).HOST).toBe("0.0.0.0");
    expect(problemOf({ HOST: "0.0.0.0", ALLOW_UNAUTHENTICATED: "yes" })).toContain("ALLOW_UNAUTHENTICATED: ");
  });

  test("stops the start of the program", async () => {
    await expect(createTestApp({ environment: { HOST: "0.0.0.0" } })).rejects.toThrow(OperatorError);
  });
});

describe("ALLOWED_HOSTS", () => {
  test("is a list of names in any case", () => {
    expect(read({ ALLOWED_HOSTS: " Box, records.example ,my_service" }).ALLOWED_HOSTS).toEqual([
      "box",
      "records.example",
      "my_service",
    ]);
    expect(read({}).ALLOWED_HOSTS).toEqual([]);
  });

  test.each(["*", "*.example", "http://box", "box:4000", "a,,b", "10.0.0.1", "[::1]", "a b", "box/"])(
    "refuses %s",
    (ALLOWED_HOSTS) => {
      expect(problemOf({ ALLOWED_HOSTS })).toContain("ALLOWED_HOSTS: must be host names");
    },
  );
});

describe("CORS_ORIGINS", () => {
  test("is a list of origins, in the form in which browsers send them", () => {
    const { CORS_ORIGINS } = read({
      CORS_ORIGINS: "https://App.example:443, http://localhost:3000,http://[::1]:80,chrome-extension://abcd",
    });
    expect(CORS_ORIGINS).toEqual([
      "https://app.example",
      "http://localhost:3000",
      "http://[::1]",
      "chrome-extension://abcd",
    ]);
  });

  test.each([
    "app.example",
    "https://app.example/",
    "https://app.example/x",
    "null",
    "https://*.example",
    "a,,b",
    "https://u@x",
  ])("refuses %s", (CORS_ORIGINS) => {
    expect(problemOf({ CORS_ORIGINS })).toContain("CORS_ORIGINS: must be origins");
  });

  test("refuses * and says why", () => {
    expect(problemOf({ CORS_ORIGINS: "https://a.example,*" })).toMatch(
      /CORS_ORIGINS: \* is not accepted: every web page/,
    );
  });
});

describe("the bytes of bodies in flight", () => {
  const megabytes = 1_048_576;

  test("are 256 MB, or twice the largest body", () => {
    expect(bodyBytesInFlight({}, 10 * megabytes)).toBe(256 * megabytes);
    expect(bodyBytesInFlight({}, 200 * megabytes)).toBe(400 * megabytes);
  });

  test("are those of the setting, at least the largest body", () => {
    expect(bodyBytesInFlight(read({ MAX_BODY_BYTES_IN_FLIGHT: "5000" }), 1000)).toBe(5000);
    expect(bodyBytesInFlight(read({ MAX_BODY_BYTES_IN_FLIGHT: "5000" }), 9000)).toBe(9000);
    expect(read({}).MAX_REQUESTS_IN_FLIGHT).toBe(256);
    expect(problemOf({ MAX_REQUESTS_IN_FLIGHT: "0" })).toContain("MAX_REQUESTS_IN_FLIGHT: must be from 1");
  });
});
